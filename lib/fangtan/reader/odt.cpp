// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <iterator>
#include <pugixml.hpp>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/comment_signs.hpp"
#include "fangtan/reader/docx_package.hpp"
#include "fangtan/reader/formats.hpp"
#include "fangtan/reader/odt_package.hpp"
#include "fangtan/reader/speaker_table.hpp"
#include "fangtan/reader/xml.hpp"
#include "fangtan/reader/zip_archive.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

constexpr std::size_t kBlanksMaximum = 1'000;         // of one text:s
constexpr std::size_t kAllBlanksMaximum = 1'000'000;  // of a document's text:s together
constexpr int kMarksMaximum = 6;

enum class Kind {
    container,  // everything that is not named: what it holds is read
    nothing,
    paragraph,
    heading,
    table,
    row,
    cell,
    span,
    blanks,
    tab,
    line_break,
    note,
    comment,
    comment_end,
    changes,
    change,
    hidden_text,
    reading,
    box,
    picture,
    embedded,
    section,
};

Kind kind_of(std::string_view element) {
    static const std::unordered_map<std::string_view, Kind> kinds = {
        {"text:p", Kind::paragraph}, {"text:h", Kind::heading}, {"table:table", Kind::table}, {"table:table-row", Kind::row},
        {"table:table-cell", Kind::cell}, {"table:covered-table-cell", Kind::cell}, {"text:span", Kind::span}, {"text:s", Kind::blanks},
        {"text:tab", Kind::tab}, {"text:line-break", Kind::line_break}, {"text:note", Kind::note}, {"office:annotation", Kind::comment}, {"office:annotation-end", Kind::comment_end},
        {"text:tracked-changes", Kind::changes}, {"text:change", Kind::change}, {"text:hidden-text", Kind::hidden_text},
        {"text:hidden-paragraph", Kind::hidden_text}, {"text:ruby-text", Kind::reading}, {"draw:text-box", Kind::box}, {"draw:image", Kind::picture},
        {"draw:object", Kind::embedded}, {"text:section", Kind::section}, {"text:script", Kind::nothing},
        {"x:title", Kind::nothing}, {"x:desc", Kind::nothing},  // svg: what a picture shows
        {"office:forms", Kind::nothing}, {"text:sequence-decls", Kind::nothing},
        {"text:variable-decls", Kind::nothing}, {"text:user-field-decls", Kind::nothing}, {"table:table-columns", Kind::nothing}};
    const auto found = kinds.find(element);
    return found == kinds.end() ? Kind::container : found->second;
}

std::string_view trimmed_text(std::string_view text) { return trimmed(text, span_of(0, static_cast<std::uint32_t>(text.size()))).of(text); }

// What the automatic styles say, by name.
struct Styles {
    std::unordered_set<std::string> hidden;
    std::unordered_set<std::string> title{"Title"};

    explicit Styles(pugi::xml_node content) {
        for (const pugi::xml_node style : content.child("office:automatic-styles").children("style:style")) {
            const std::string name = style.attribute("style:name").value();
            if (std::string_view(style.child("style:text-properties").attribute("text:display").value()) == "none") hidden.insert(name);
            if (std::string_view(style.attribute("style:parent-style-name").value()) == "Title") title.insert(name);
        }
    }
};

struct Paragraph {
    std::string text;
    std::vector<std::string> boxes;  // lines of the text boxes that hang on it
    std::vector<std::size_t> comments;  // that stand in it
    std::size_t number = 0;
};

class ContentReader {
 public:
    // With `comments` (empty at first) the text has their signs.
    ContentReader(pugi::xml_node content, std::string place, Extracted& out, std::vector<Comment>* comments = nullptr)
        : content_(content), place_(std::move(place)), styles_(content), out_(out), comments_(comments) {}

    void run() {
        std::vector<std::string> lines;
        lines_ = &lines;
        walk(content_.child("office:body").child("office:text"));
        if (!signs_.empty()) lines.push_back(std::exchange(signs_, {}));
        out_.text = joined_lines(lines);
    }

 private:
    [[nodiscard]] std::string where() const { return "paragraph " + std::to_string(paragraph_ == nullptr ? paragraphs_ : paragraph_->number); }

    void walk(pugi::xml_node parent) {
        for (const pugi::xml_node child : parent.children()) {
            if (child.type() == pugi::node_pcdata) {
                add_collapsed(child.value());
            } else {
                visit(child);
            }
        }
    }

    void visit(pugi::xml_node element) {
        switch (kind_of(element.name())) {
            case Kind::container: return walk(element);
            case Kind::nothing: return;
            case Kind::paragraph: return paragraph(element, 0);
            case Kind::heading: return paragraph(element, std::clamp(element.attribute("text:outline-level").as_int(1), 1, kMarksMaximum));
            case Kind::table: return table(element);
            case Kind::row:
                if (rows_ != nullptr) rows_->emplace_back();
                covered_by_row_ = false;
                return walk(element);
            case Kind::cell: return cell(element);
            case Kind::span: return span(element);
            case Kind::blanks: return blanks(element);
            case Kind::tab: return add("\t");
            case Kind::line_break: return add("\n");
            case Kind::note: return note(std::string_view(element.attribute("text:note-class").value()) == "endnote" ? "endnote" : "footnote");
            case Kind::comment: return comment(element);
            case Kind::comment_end: return comment_end(element);
            case Kind::changes: return changes(element);
            case Kind::change:
                ++met_;
                if (deletions_.contains(element.attribute("text:change-id").value())) leave_out(out_, "deleted text", where());
                return;
            case Kind::hidden_text: return hidden_text(element);
            case Kind::reading: return leave_out(out_, "reading above characters", where());
            case Kind::box: return box(element);
            case Kind::picture: return leave_out(out_, "picture", where());
            case Kind::embedded: return leave_out(out_, "embedded document", where());
            case Kind::section:
                if (std::string_view(element.attribute("text:display").value()) == "none") return leave_out(out_, "hidden text", where());
                return walk(element);
        }
    }

    void note(const char* what) {
        if (!hidden_) out_.left_out.push_back({what, where()});
    }

    void put_sign(std::size_t number, SignKind kind) {
        if (paragraph_ != nullptr) {
            paragraph_->text += sign_of(number, kind);
        } else {
            signs_ += sign_of(number, kind);
        }
    }

    void comment(pugi::xml_node element) {
        note("comment");
        if (comments_ == nullptr) return;
        Comment comment;
        comment.author = plain_text_of(element.child("dc:creator"));
        for (const pugi::xml_node part : element.children()) {
            const std::string line = std::string_view(part.name()).starts_with("text:") ? plain_text_of(part) : std::string();
            if (!line.empty()) comment.note += (comment.note.empty() ? "" : "\n") + line;
        }
        const std::size_t number = comments_->size();
        const std::string name = element.attribute("office:name").value();
        if (!name.empty()) open_.insert_or_assign(name, std::pair(number, met_));
        if (paragraph_ != nullptr) {
            comment.paragraph = paragraph_->number;
            paragraph_->comments.push_back(number);
        }
        comments_->push_back(std::move(comment));
        put_sign(number, SignKind::range_begin);
    }

    void comment_end(pugi::xml_node element) {
        const auto begun = open_.find(element.attribute("office:name").value());
        if (comments_ == nullptr || begun == open_.end()) return;
        (*comments_)[begun->second.first].has_range = begun->second.second < met_;  // else it is about nothing but its place
        put_sign(begun->second.first, SignKind::range_end);
    }

    // White space of the XML is one blank, and none at the beginning of a line.
    void add_collapsed(std::string_view raw) {
        if (paragraph_ == nullptr) return;
        std::string text;
        for (const char c : raw) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                text += c;
                after_blank_ = false;
            } else if (!std::exchange(after_blank_, true)) {
                text += ' ';
            }
        }
        put(text);
    }
    void add(std::string_view text) {
        put(text);
        after_blank_ = text == "\n";
    }
    void put(std::string_view text) {
        if (paragraph_ == nullptr || text.empty()) return;
        ++met_;
        if (hidden_) {
            if (!trimmed_text(text).empty()) leave_out(out_, "hidden text", where());
            return;
        }
        paragraph_->text += text;
    }

    void blanks(pugi::xml_node element) {
        const pugi::xml_attribute stated = element.attribute("text:c");
        const std::string_view digits = stated ? std::string_view(stated.value()) : std::string_view("1");
        std::size_t count = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
        const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
        if (!is_number || count > kBlanksMaximum || count > kAllBlanksMaximum - blanks_) {
            throw Error(ErrorKind::input, place_, where() + " asks for " + (is_number || read.ec == std::errc::result_out_of_range ? "too many" : "an unknown number of") +
                                                      " blanks in a row (text:c); open the document in its program, remove them and save it");
        }
        blanks_ += count;
        add(std::string(count, ' '));
    }

    void paragraph(pugi::xml_node element, int level) {
        Paragraph here;
        here.number = ++paragraphs_;
        const std::string style = element.attribute("text:style-name").value();
        Paragraph* const outer = std::exchange(paragraph_, &here);
        const bool outer_hidden = std::exchange(hidden_, hidden_ || styles_.hidden.contains(style));
        const bool outer_blank = std::exchange(after_blank_, true);
        here.text = std::exchange(signs_, {});
        walk(element);
        after_blank_ = outer_blank;
        hidden_ = outer_hidden;
        paragraph_ = outer;
        for (const std::size_t number : here.comments) {
            here.text = sign_of(number, SignKind::paragraph_begin) + here.text + sign_of(number, SignKind::paragraph_end);
        }
        // One inside another is the writing on a shape.
        std::vector<std::string>& lines = outer != nullptr ? outer->boxes : *lines_;
        end_paragraph(here, level, styles_.title.contains(style), lines);
        lines.insert(lines.end(), here.boxes.begin(), here.boxes.end());
    }

    void end_paragraph(Paragraph& here, int level, bool is_title, std::vector<std::string>& lines) {
        if (here.text.ends_with(' ')) here.text.pop_back();
        if (is_title) level = 1;
        if (level == 0 || cells_ > 0 || trimmed_text(without_signs(here.text)).empty()) {
            lines.push_back(std::move(here.text));
            return;
        }
        std::replace(here.text.begin(), here.text.end(), '\n', ' ');
        const std::string heading(trimmed_text(here.text));
        if (is_title && !std::exchange(titled_, true)) state_title(heading);
        lines.push_back(std::string(static_cast<std::size_t>(level), '#') + " " + heading);
    }

    void state_title(const std::string& title) {
        const auto stated = std::find_if(out_.metadata.begin(), out_.metadata.end(), [](const auto& entry) { return entry.first == "title"; });
        if (stated == out_.metadata.end()) {
            out_.metadata.insert(out_.metadata.begin(), {"title", title});
        } else {
            stated->second = title;
        }
    }

    void span(pugi::xml_node element) {
        const bool outer = std::exchange(hidden_, hidden_ || styles_.hidden.contains(element.attribute("text:style-name").value()));
        walk(element);
        hidden_ = outer;
    }

    void hidden_text(pugi::xml_node element) {
        const bool is_hidden = std::string_view(element.attribute("text:is-hidden").value()) == "true";
        if (is_hidden) return leave_out(out_, "hidden text", where());
        walk(element);
    }

    // What was deleted stands here, away from its place; a text:change marks the place.
    void changes(pugi::xml_node element) {
        for (const pugi::xml_node region : element.children("text:changed-region")) {
            if (!region.child("text:deletion")) continue;
            deletions_.insert(region.attribute("text:id").value());
            deletions_.insert(region.attribute("xml:id").value());
        }
    }

    void box(pugi::xml_node element) {
        std::vector<std::string> inside;
        std::vector<std::string>* const outer_lines = std::exchange(lines_, &inside);
        Paragraph* const outer = std::exchange(paragraph_, nullptr);
        walk(element);
        paragraph_ = outer;
        lines_ = outer_lines;
        std::vector<std::string>& lines = paragraph_ == nullptr ? *lines_ : paragraph_->boxes;
        std::copy_if(inside.begin(), inside.end(), std::back_inserter(lines), [](const std::string& line) { return !trimmed_text(without_signs(line)).empty(); });
    }

    void table(pugi::xml_node element) {
        const std::size_t number = ++tables_;
        std::vector<TableRow> rows;
        std::vector<TableRow>* const outer_rows = std::exchange(rows_, &rows);
        walk(element);
        rows_ = outer_rows;
        if (comments_ == nullptr) {
            append_table(rows, number, *lines_, out_);
        } else {
            append_signed_table(rows, number, *lines_, out_);
        }
    }

    void cell(pugi::xml_node element) {
        if (rows_ == nullptr || rows_->empty()) return walk(element);
        // A covered cell belongs to the one it is merged with.
        const bool beside = std::string_view(element.name()) == "table:covered-table-cell" && covered_by_row_;
        std::vector<std::string> inside;
        std::vector<std::string>* const outer_lines = std::exchange(lines_, &inside);
        Paragraph* const outer = std::exchange(paragraph_, nullptr);
        ++cells_;
        walk(element);
        --cells_;
        paragraph_ = outer;
        lines_ = outer_lines;
        const int spanned = element.attribute("table:number-columns-spanned").as_int(1);
        if (beside && inside.empty()) return;
        covered_by_row_ = spanned > 1;
        TableCell paragraphs;
        for (const std::string& line : inside) append_paragraph(paragraphs, line);
        rows_->back().push_back(std::move(paragraphs));
    }

    pugi::xml_node content_;
    std::string place_;
    Styles styles_;
    Extracted& out_;
    std::vector<Comment>* comments_;  // null: the text gets no signs
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> open_;  // comments by name: number, met_ where they begin
    std::string signs_;                          // met between paragraphs: they go into the next
    std::size_t met_ = 0;                        // pieces of text, taken over or not
    std::unordered_set<std::string> deletions_;
    std::vector<std::string>* lines_ = nullptr;  // of the body, the cell or the text box at hand
    Paragraph* paragraph_ = nullptr;             // null between paragraphs
    std::vector<TableRow>* rows_ = nullptr;      // of the innermost table
    std::size_t paragraphs_ = 0;
    std::size_t tables_ = 0;
    std::size_t cells_ = 0;
    std::size_t blanks_ = 0;
    bool hidden_ = false;
    bool after_blank_ = true;
    bool titled_ = false;
    bool covered_by_row_ = false;
};

}  // namespace

Extracted extract_odt(std::string_view bytes, const std::string& name) {
    ZipArchive archive(bytes, name);
    check_odt_package(archive, name);
    Extracted extracted;
    add_odt_metadata(archive, name, extracted);
    const XmlTree tree(archive.read("content.xml"), name + ": content.xml");
    if (!tree.root().child("office:body").child("office:text")) {
        throw Error(ErrorKind::input, name, "expected an OpenDocument text (.odt), found a document without text");
    }
    ContentReader(tree.root(), name + ": content.xml", extracted).run();
    const bool any = std::any_of(extracted.left_out.begin(), extracted.left_out.end(), [](const LeftOut& left) { return left.what == "comment"; });
    if (any) {
        Extracted with_signs;
        std::vector<Comment> comments;
        ContentReader(tree.root(), name + ": content.xml", with_signs, &comments).run();
        extracted.marks = marks_of(comments, with_signs.text, extracted.text);
    }
    return extracted;
}

}  // namespace fangtan::reader
