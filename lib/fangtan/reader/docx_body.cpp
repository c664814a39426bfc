// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/docx_body.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <pugixml.hpp>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "fangtan/base/error.hpp"
#include "fangtan/reader/docx_elements.hpp"
#include "fangtan/reader/speaker_table.hpp"
#include "fangtan/text/boundary.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::reader {
namespace {

using Kind = DocxKind;

// Paragraphs that follow each other: of the body, of a cell, of a text box.
struct Flow {
    std::vector<std::string> lines;
    std::string carried;  // of paragraphs whose end is deleted: they go on in the next one
};

struct Paragraph {
    std::string text;
    std::vector<std::string> boxes;  // lines of the text boxes that hang on it
    std::vector<std::size_t> comments;  // that stand in it
    std::size_t number = 0;
    bool hidden = false;
};

struct Field {
    std::size_t paragraph;
    bool instruction = true;
    bool swallowed = false;  // text that is no result
};

class BodyReader {
 public:
    BodyReader(const DocxStyles& styles, const std::string& name, Extracted& out, std::vector<Comment>* comments)
        : styles_(styles), name_(name), out_(out), comments_(comments), begun_(comments == nullptr ? 0 : comments->size()) {
        for (std::size_t i = 0; i < begun_.size(); ++i) numbers_.emplace((*comments)[i].id, i);
    }

    void run(pugi::xml_node document) {
        Flow body;
        flow_ = &body;
        walk(document);
        finish(body);
        for (const Field& field : fields_) {
            if (!field.swallowed) continue;
            throw Error(ErrorKind::input, name_, "a field that begins in paragraph " + std::to_string(field.paragraph) +
                                                     " does not end, so that its instruction cannot be told from text; open the file in Word, update its fields and save it");
        }
        if (!signs_.empty()) body.lines.push_back(std::exchange(signs_, {}));
        out_.text = joined_lines(body.lines);
    }

 private:
    [[nodiscard]] std::string where() const { return "paragraph " + std::to_string(paragraph_ == nullptr ? paragraphs_ : paragraph_->number); }

    void walk(pugi::xml_node parent) {
        for (const pugi::xml_node child : parent.children()) {
            if (child.type() == pugi::node_element) visit(child);
        }
    }

    void visit(pugi::xml_node element) {
        switch (docx_kind_of(element.name())) {
            case Kind::container: return walk(element);
            case Kind::properties: return;
            case Kind::paragraph: return paragraph(element);
            case Kind::table: return table(element);
            case Kind::row: return row(element);
            case Kind::cell: return cell(element);
            case Kind::run: return text_run(element);
            case Kind::text: return add(docx_text_of(element));
            case Kind::tab: return add("\t");
            case Kind::line_break: return add("\n");
            case Kind::hyphen: return add("-");
            case Kind::symbol: return symbol(element);
            case Kind::deleted:
                if (docx_holds_text(element)) leave_out(out_, "deleted text", where());
                return signs_of_left_out(element);
            case Kind::alternatives: return alternatives(element);
            case Kind::field_mark: return field_mark(element);
            case Kind::footnote: return note("footnote");
            case Kind::endnote: return note("endnote");
            case Kind::comment: return comment(element);
            case Kind::comment_begin: return comment_begin(element);
            case Kind::comment_end: return comment_end(element);
            case Kind::reading:
                if (docx_holds_text(element)) leave_out(out_, "reading above characters", where());
                return;
            case Kind::box: return box(element);
            case Kind::picture: return leave_out(out_, "picture", where());
            case Kind::drawn_text:
                if (!element.text().empty()) leave_out(out_, "text in a drawing", where());
                return;
            case Kind::embedded: return leave_out(out_, "embedded document", where());
        }
    }

    void add(std::string_view text) {
        if (text.empty()) return;
        ++met_;
        if (hidden_) {
            if (!is_blank_text(text)) leave_out(out_, "hidden text", where());
            return;
        }
        const auto instruction = std::find_if(fields_.begin(), fields_.end(), [](const Field& field) { return field.instruction; });
        if (instruction != fields_.end()) {
            if (is_blank_text(text)) return;
            instruction->swallowed = true;
            return leave_out(out_, "instruction of a field", where());
        }
        if (!is_blank_text(text)) ++progress_;
        if (paragraph_ != nullptr) {
            paragraph_->text += text;
        } else {
            flow_->lines.emplace_back(text);
        }
    }

    void note(const char* what) {
        if (!hidden_) out_.left_out.push_back({what, where()});
    }

    std::optional<std::size_t> number_of(pugi::xml_node element) const {
        const auto known = numbers_.find(element.attribute("w:id").value());
        return known == numbers_.end() ? std::nullopt : std::optional(known->second);
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
        const std::optional<std::size_t> number = number_of(element);
        if (!number || paragraph_ == nullptr) return;
        (*comments_)[*number].paragraph = paragraph_->number;
        paragraph_->comments.push_back(*number);
    }

    void comment_begin(pugi::xml_node element) {
        const std::optional<std::size_t> number = number_of(element);
        if (!number || begun_[*number]) return;
        begun_[*number] = met_;
        put_sign(*number, SignKind::range_begin);
    }

    void comment_end(pugi::xml_node element) {
        const std::optional<std::size_t> number = number_of(element);
        if (!number || !begun_[*number]) return;
        if (*begun_[*number] < met_) (*comments_)[*number].has_range = true;  // else it is about nothing but its place
        put_sign(*number, SignKind::range_end);
    }

    // A comment may begin in what was deleted and end in what was not.
    void signs_of_left_out(pugi::xml_node element) {
        if (comments_ == nullptr) return;
        for (const pugi::xml_node child : element.children()) {
            switch (docx_kind_of(child.name())) {
                case Kind::comment: comment(child); break;
                case Kind::comment_begin: comment_begin(child); break;
                case Kind::comment_end: comment_end(child); break;
                case Kind::text:
                case Kind::deleted: ++met_; signs_of_left_out(child); break;
                default: signs_of_left_out(child);
            }
        }
    }

    void paragraph(pugi::xml_node element) {
        Paragraph here;
        here.number = ++paragraphs_;
        const pugi::xml_node properties = element.child("w:pPr");
        const pugi::xml_attribute named = properties.child("w:pStyle").attribute("w:val");
        const std::string_view style_id = named ? std::string_view(named.value()) : std::string_view(styles_.default_paragraph());
        const DocxStyle style = style_id.empty() ? DocxStyle() : styles_.of(style_id);
        here.hidden = style.hidden.value_or(false);
        here.text = std::exchange(flow_->carried, {}) + std::exchange(signs_, {});
        Paragraph* const outer = std::exchange(paragraph_, &here);
        const bool outer_hidden = std::exchange(hidden_, here.hidden);
        walk(element);
        hidden_ = outer_hidden;
        paragraph_ = outer;
        for (const std::size_t number : here.comments) {
            here.text = sign_of(number, SignKind::paragraph_begin) + here.text + sign_of(number, SignKind::paragraph_end);
        }
        const pugi::xml_node mark = properties.child("w:rPr");
        if (mark.child("w:del") || mark.child("w:moveFrom")) {
            flow_->carried = std::move(here.text);
        } else {
            end_paragraph(here, properties, style);
        }
        flow_->lines.insert(flow_->lines.end(), here.boxes.begin(), here.boxes.end());
    }

    void end_paragraph(Paragraph& here, pugi::xml_node properties, const DocxStyle& style) {
        constexpr int kTextLevel = 9;
        constexpr int kMarksMaximum = 6;
        const pugi::xml_attribute direct = properties.child("w:outlineLvl").attribute("w:val");
        int level = direct ? direct.as_int(kTextLevel) : style.level.value_or(kTextLevel);
        if (style.is_title) level = 0;
        if (level < 0 || level >= kTextLevel || cells_ > 0 || is_blank_text(here.text)) {
            flow_->lines.push_back(std::move(here.text));
            return;
        }
        std::replace(here.text.begin(), here.text.end(), '\n', ' ');
        const std::string_view whole = here.text;
        const std::string heading(trimmed(whole, span_of(0, static_cast<std::uint32_t>(whole.size()))).of(whole));
        if (style.is_title && !std::exchange(titled_, true)) state_title(heading);
        flow_->lines.push_back(std::string(static_cast<std::size_t>(std::min(level + 1, kMarksMaximum)), '#') + " " + heading);
    }

    // What the title page says goes before what was once typed into the file's properties.
    void state_title(const std::string& title) {
        const auto stated = std::find_if(out_.metadata.begin(), out_.metadata.end(), [](const auto& entry) { return entry.first == "title"; });
        if (stated == out_.metadata.end()) {
            out_.metadata.insert(out_.metadata.begin(), {"title", title});
        } else {
            stated->second = title;
        }
    }

    void text_run(pugi::xml_node element) {
        const pugi::xml_node properties = element.child("w:rPr");
        std::optional<bool> hidden = docx_toggle(properties, "w:vanish");
        const std::string_view style = properties.child("w:rStyle").attribute("w:val").value();
        if (!hidden && !style.empty()) hidden = styles_.of(style).hidden;
        const bool outer = std::exchange(hidden_, hidden.value_or(hidden_));
        walk(element);
        hidden_ = outer;
    }

    // A character of a font that draws pictures where others have letters.
    void symbol(pugi::xml_node element) {
        const std::string_view font = element.attribute("w:font").value();
        const std::string_view digits = element.attribute("w:char").value();
        std::uint32_t code = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
        const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
        const bool is_private = code >= 0xE000 && code <= 0xF8FF;
        const bool is_character = code >= 0x20 && code <= 0x10FFFF && !(code >= 0xD800 && code <= 0xDFFF) && !is_private;
        const bool draws = font.starts_with("Wingdings") || font.starts_with("Webdings") || font == "Symbol";
        if (!is_number || !is_character || draws) return leave_out(out_, "symbol of the font " + utf8::escaped(font), where());
        std::string text;
        utf8::append(text, static_cast<char32_t>(code));
        add(text);
    }

    void field_mark(pugi::xml_node element) {
        const std::string_view type = element.attribute("w:fldCharType").value();
        constexpr std::size_t kNestedMaximum = 64;
        if (type == "begin") {
            if (fields_.size() == kNestedMaximum) throw Error(ErrorKind::input, name_, "more than 64 fields stand in each other at " + where());
            fields_.push_back({paragraph_ == nullptr ? paragraphs_ : paragraph_->number});
        } else if (type == "separate") {
            if (!fields_.empty()) fields_.back().instruction = false;
        } else if (type == "end") {
            if (!fields_.empty()) fields_.pop_back();
        }
    }

    // The same content for newer and for older programs: the first that is text is the text.
    void alternatives(pugi::xml_node element) {
        const std::size_t progress = progress_;
        const std::size_t left_out = out_.left_out.size();
        const std::size_t lines = flow_->lines.size();
        const std::size_t boxes = paragraph_ == nullptr ? 0 : paragraph_->boxes.size();
        const auto counts = std::pair(paragraphs_, tables_);
        for (const pugi::xml_node branch : element.children()) {
            if (branch.type() != pugi::node_element) continue;
            out_.left_out.resize(left_out);
            flow_->lines.resize(lines);
            if (paragraph_ != nullptr) paragraph_->boxes.resize(boxes);
            std::tie(paragraphs_, tables_) = counts;
            walk(branch);
            if (progress_ > progress) return;
        }
    }

    void box(pugi::xml_node element) {
        Flow inside;
        Flow* const outer_flow = std::exchange(flow_, &inside);
        Paragraph* const outer = std::exchange(paragraph_, nullptr);
        const bool outer_hidden = hidden_;
        walk(element);
        finish(inside);
        hidden_ = outer_hidden;
        paragraph_ = outer;
        flow_ = outer_flow;
        std::vector<std::string>& lines = paragraph_ == nullptr ? flow_->lines : paragraph_->boxes;
        std::copy_if(inside.lines.begin(), inside.lines.end(), std::back_inserter(lines), [](const std::string& line) { return !is_blank_text(line); });
    }

    static void finish(Flow& flow) {
        if (!flow.carried.empty()) flow.lines.push_back(std::exchange(flow.carried, {}));
    }

    void table(pugi::xml_node element) {
        finish(*flow_);
        const std::size_t number = ++tables_;
        std::vector<TableRow> rows;
        std::vector<TableRow>* const outer = std::exchange(rows_, &rows);
        walk(element);
        rows_ = outer;
        if (comments_ == nullptr) {
            append_table(rows, number, flow_->lines, out_);
        } else {
            append_signed_table(rows, number, flow_->lines, out_);
        }
    }

    void row(pugi::xml_node element) {
        if (rows_ == nullptr) return walk(element);
        if (element.child("w:trPr").child("w:del")) {
            if (docx_holds_text(element)) leave_out(out_, "deleted text", "table " + std::to_string(tables_));
            return signs_of_left_out(element);
        }
        rows_->emplace_back();
        walk(element);
    }

    void cell(pugi::xml_node element) {
        if (rows_ == nullptr || rows_->empty()) return walk(element);
        Flow inside;
        Flow* const outer_flow = std::exchange(flow_, &inside);
        Paragraph* const outer = std::exchange(paragraph_, nullptr);
        ++cells_;
        if (element.child("w:tcPr").child("w:cellDel")) {
            if (docx_holds_text(element)) leave_out(out_, "deleted text", "table " + std::to_string(tables_));
            signs_of_left_out(element);
        } else {
            walk(element);
        }
        --cells_;
        finish(inside);
        paragraph_ = outer;
        flow_ = outer_flow;
        TableCell paragraphs;
        for (const std::string& line : inside.lines) append_paragraph(paragraphs, line);
        rows_->back().push_back(std::move(paragraphs));
    }

    const DocxStyles& styles_;
    const std::string& name_;
    Extracted& out_;
    std::vector<Comment>* comments_;  // null: the text gets no signs
    std::unordered_map<std::string, std::size_t> numbers_;  // of comments, by id
    std::vector<std::optional<std::size_t>> begun_;  // by comment: met_ where its range begins
    std::string signs_;                              // met between paragraphs: they go into the next
    std::size_t met_ = 0;                            // pieces of text, taken over or not
    Flow* flow_ = nullptr;
    Paragraph* paragraph_ = nullptr;          // null between paragraphs
    std::vector<TableRow>* rows_ = nullptr;   // of the innermost table
    std::vector<Field> fields_;
    std::size_t paragraphs_ = 0;
    std::size_t tables_ = 0;
    std::size_t cells_ = 0;     // how many the place at hand lies in
    std::size_t progress_ = 0;  // pieces of text taken over
    bool hidden_ = false;
    bool titled_ = false;
};

}  // namespace

void read_docx_body(pugi::xml_node document, const DocxStyles& styles, const std::string& name, Extracted& out, std::vector<Comment>* comments) {
    BodyReader(styles, name, out, comments).run(document);
}

}  // namespace fangtan::reader
