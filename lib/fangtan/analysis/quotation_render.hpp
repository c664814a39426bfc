// SPDX-License-Identifier: Apache-2.0
//
// Quotations as papers print them, and as rows. All are pure functions: the
// same quotations give the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fangtan/analysis/quotation.hpp"

namespace fangtan::analysis {

// How a quotation says where it is from: "（{participant}，{role}）".
class SourceFormat {
 public:
    // Fields in braces: participant, role, group, document, turn, start, end, or one of `attributes`; {{ and }} are braces.
    // Throws Error(usage), naming `option`: an unknown field, a brace without its other half.
    SourceFormat(std::string_view format, const std::vector<std::string>& attributes, const std::string& option);

    // "（{participant}，{role}）" or " ({participant}, {role})".
    [[nodiscard]] static std::string usual(Language language);

    // A field of which nothing is known is left out together with the text between it and the field before it, or, if none
    // before it is known, between it and the next. If nothing is known, the document stands there.
    [[nodiscard]] std::string source_of(const Quotation& quotation) const;

 private:
    std::vector<std::string> texts_;   // before each field, and behind the last
    std::vector<std::string> fields_;
};

// The text in quotation marks: “…” (zh-Hans, en) or 「…」 (zh-Hant). Pairs of “”, ‘’, 「」 and 『』 inside it become those of the
// next level and back, whichever they are: “…‘…“…”…’…”, 「…『…「…」…』…」. A mark whose other half is not in the passage stays as
// it is, but for the outer kind, which becomes the inner one, so that it cannot be taken for the passage's own. Apostrophes
// and straight marks stay. Linear.
[[nodiscard]] std::string in_quotation_marks(std::string_view text, Language language);

enum class QuotationFormat { text, markdown, csv, tsv, jsonl, html, docx };

struct QuotationStyle {
    QuotationFormat format = QuotationFormat::text;
    Language language = Language::zh_hans;
    std::string source = {};  // for SourceFormat; empty: the usual one
    bool memos = false;   // print them too; rows have them always
    bool excel = false;   // csv and tsv: byte-order mark, CR LF, cells guarded against formulas
};

// Throws Error(usage) for a faulty style.source. Linear in what is printed.
[[nodiscard]] std::string render(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style);

// What all forms print of a quotation of a group. Internal to rendering.
struct PrintedQuotation {
    std::string text;    // with marks and source
    std::string before;  // with … where the turn goes on
    std::string after;
    std::string codes;   // "编码：甲；乙", if the group is not a code
    std::vector<std::string> memos;  // if asked for
};
struct PrintedGroup {
    std::string heading;  // empty: no groups
    std::vector<PrintedQuotation> quotations;
};
struct PrintedQuotations {
    std::string title;
    std::string sentence;  // how many there are
    std::string memo;      // before a memo
    std::vector<PrintedGroup> groups;
};
[[nodiscard]] PrintedQuotations printed(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style);

// Of those codings of a quotation that belong to the group; all, if groups are no codes. Internal to rendering.
[[nodiscard]] std::vector<std::uint32_t> codings_in(const QuotationInput& input, const Quotation& quotation, const QuotationGroup& group);

[[nodiscard]] std::string quotation_page(const PrintedQuotations& printed, Language language);
[[nodiscard]] std::string quotation_document(const PrintedQuotations& printed, Language language);  // .docx
[[nodiscard]] std::string quotation_rows(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style);
[[nodiscard]] std::string quotation_json(const QuotationInput& input, const Quotations& quotations, const QuotationStyle& style);

[[nodiscard]] std::string_view tag_of(Language language);  // zh-Hans, zh-Hant, en

}  // namespace fangtan::analysis
