// SPDX-License-Identifier: Apache-2.0
//
// The coding matrix as papers print it: codes by participant, group, document
// or attribute, with counts of references (参考点) and sources (材料来源), each with
// its own denominator.
//
//   references   distinct coded segments; a parent's are those of its subtree, each once
//   documents    documents with at least one of them
//   participants people with at least one of them
//   characters   characters that at least one of them covers
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fangtan/analysis/tabulate_filter.hpp"
#include "fangtan/analysis/tally.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/table/table.hpp"

namespace fangtan {

enum class CountKind { references, documents, participants, characters };
enum class PercentKind { total, row, column, base, none };
enum class RowOrder { codebook, count, name };
enum class Rounding { half_up, sum };
enum class StatusChoice { not_rejected, proposed, accepted, all };
enum class CellKind { count, count_and_share };
enum class TestKind { none, chi_square, likelihood };
enum class Language { zh_hans, zh_hant, english };

struct TabulateSpec {
    std::string by;                        // empty, participant, group, document, speaker, coder, or an attribute
    std::vector<std::string> then_by;      // further attributes of people: columns are the combinations that occur
    std::optional<CountKind> count;        // without `by`, none means references and documents
    std::optional<PercentKind> percent;    // none: total without `by`, no percentages with it
    std::optional<std::uint32_t> level;    // rolls deeper codes up to this level of the tree
    bool parents = false;                  // a row of their own for parents, with all below them
    RowOrder order = RowOrder::codebook;
    bool zero_rows = true;
    bool totals = true;
    int decimals = 0;
    Rounding rounding = Rounding::half_up;
    StatusChoice status = StatusChoice::not_rejected;
    Language language = Language::zh_hans;
    CellKind cell = CellKind::count;
    TestKind test = TestKind::none;        // with `by`, and without minimum_cell
    std::uint64_t minimum_cell = 0;        // counts from 1 to one less are withheld
    std::vector<FilterCondition> filter;
    bool source_note = false;              // a note about what was counted: documents and their dates, people, unit
    std::vector<std::string> units;        // for that note: what rules were evaluated in
};

// Which column a coding falls into, and what it is measured against.
struct DocumentFacts {
    std::string_view id;
    std::string_view date;  // "2022-03-12", or empty
    std::uint64_t characters = 0;
    std::vector<std::string_view> participants;                               // who speak in it
    std::vector<std::pair<std::string_view, std::uint64_t>> speech;           // participant (may be empty), characters
    bool speech_known = false;
};

// One coding as the counter takes it. Views must live until the document is counted.
struct CountedCoding {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t code = 0;
    std::string_view participant;  // empty: nobody
    std::string_view speaker;
    std::string_view coder;
    CodingStatus status = CodingStatus::proposed;
};

namespace analysis {

// The rows of a table, in the order of the codebook. A code deeper than spec.level counts in its ancestor there.
// A parent has a row for codings of its own, which is left out while it is empty, and one for all below it if
// spec.parents is set.
struct RowLayout {
    enum class Kind { code, own, subtotal };
    struct Row {
        std::uint32_t code = 0;
        Kind kind = Kind::code;
    };
    std::vector<Row> rows;
    RowPlan plan;
};
[[nodiscard]] RowLayout lay_out_rows(const std::vector<CodeEntry>& codes, const TabulateSpec& spec);

// Counts documents one after the other; counters of different documents add up.
class Counter {
 public:
    // All must outlive the counter. `known`: participants with their groups and attributes.
    Counter(const RowLayout& layout, const TabulateSpec& spec, const std::vector<Participant>& known);

    // `codings` are those of the document, in any order.
    void add(const DocumentFacts& document, const std::vector<CountedCoding>& codings);
    void merge(const Counter& other);

    // Whether the filter takes the coding.
    [[nodiscard]] bool takes(const DocumentFacts& document, const CountedCoding& coding) const;
    // Throws Error(usage) if a value of the filter was nowhere.
    void refuse_unknown_values() const { filter_.refuse_unknown_values(); }

    std::uint64_t rejected = 0;        // codings left out because they were rejected; the caller counts them
    std::vector<std::string> skipped;  // files that were set aside

 private:
    friend class TableMaker;
    struct Base {
        std::uint64_t documents = 0;   // in which somebody of the column speaks
        std::uint64_t characters = 0;  // said there by the column
    };
    // Where a coding counts.
    struct Place {
        std::uint32_t column = 0;
        std::uint32_t participant = kNobody;
        bool nowhere = false;  // there are columns, but none is the coding's
    };
    void count(const DocumentFacts& document, const std::vector<CountedCoding>& codings);
    void note_dates(std::uint64_t documents, std::string_view first, std::string_view last);
    [[nodiscard]] Place place_of(const DocumentFacts& document, const CountedCoding& coding);
    [[nodiscard]] const std::string& column_of(std::string_view participant);

    const RowLayout& layout_;
    const TabulateSpec& spec_;
    const std::vector<Participant>& known_;
    std::unordered_map<std::string_view, const Participant*> known_by_id_;
    Tally tally_;
    std::map<std::string, Base, std::less<>> columns_;
    std::map<std::string, std::string, std::less<>> column_of_participant_;  // everybody who speaks or is coded
    Base all_;
    bool speech_known_ = true;
    std::uint64_t without_column_ = 0;
    std::uint64_t dated_ = 0;       // documents with a date, and the range
    std::string first_date_;
    std::string last_date_;
    std::vector<TalliedCoding> scratch_;
    TabulateFilter filter_;
    std::vector<CountedCoding> kept_;
};

struct TableNames {
    std::string codebook;
    std::vector<std::string> levels;  // headings of the tree's levels; may be empty
};

[[nodiscard]] Table make_table(const std::vector<CodeEntry>& codes, const RowLayout& layout, const Counter& counter, const TableNames& names);

// Everything in one, for codings that were read.
[[nodiscard]] Table tabulate(const CodingSet& set, const TabulateSpec& spec);

[[nodiscard]] bool is_counted(CodingStatus status, StatusChoice choice);

// What --by may say: participant, group, role, document, speaker, coder, and the attributes of the participants.
[[nodiscard]] std::vector<std::string> known_dimensions(const std::vector<Participant>& participants);

}  // namespace analysis
}  // namespace fangtan
