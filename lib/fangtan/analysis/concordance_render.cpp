// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/concordance_render.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "fangtan/analysis/concordance_page.hpp"
#include "fangtan/coding/json_text.hpp"
#include "fangtan/text/csv.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::array kColumns = {"document", "file", "turn", "speaker", "participant", "group", "start", "end", "left", "hit", "right"};
constexpr std::array kNumbers = {"hits", "units", "documents", "participants"};
constexpr std::size_t kHitColumns = 24;  // a hit that is wider does not push the others apart

std::array<std::uint64_t, 4> numbers_of(const ConcordanceCounts& counts) { return {counts.hits, counts.units, counts.documents, counts.participants}; }

// "(no group)" where nothing is known.
std::string shown_name(const Concordance& concordance, const ConcordanceGroup& group) {
    return group.name.empty() ? "(no " + concordance.spec.by + ")" : group.name;
}

std::string hits_of(std::uint64_t hits) { return std::to_string(hits) + (hits == 1 ? " hit" : " hits"); }

// --- text ------------------------------------------------------------------------------------------------------

struct TextLine {
    std::string place;
    std::string speaker;
    std::string left;
    std::string hit;
    std::string right;
};

TextLine text_line(const ConcordanceLine& line, const ConcordanceDocument& document) {
    const ConcordanceSpeaker& speaker = document.speakers[line.speaker];
    return {utf8::escaped(document.id + ":" + std::to_string(line.turn)), utf8::escaped(speaker.participant.empty() ? speaker.label : speaker.participant),
            (line.left_goes_on ? "…" : "") + in_one_line(line.left), in_one_line(line.hit), in_one_line(line.right) + (line.right_goes_on ? "…" : "")};
}

class TextRenderer {
 public:
    TextRenderer(const Concordance& concordance, const ConcordanceStyle& style) : concordance_(concordance), style_(style) { measure(); }

    std::string run() {
        for (const ConcordanceGroup& group : concordance_.groups) {
            if (group.lines.empty()) continue;
            if (!concordance_.spec.by.empty()) {
                if (!out_.empty()) out_ += '\n';
                out_ += utf8::escaped(shown_name(concordance_, group)) + " (" + hits_of(group.counts.hits) + ")\n";
            }
            for (const ConcordanceLine* line : group.lines) write(text_line(*line, concordance_.documents[line->document]));
        }
        return std::move(out_);
    }

 private:
    void measure() {
        for (const ConcordanceGroup& group : concordance_.groups) {
            for (const ConcordanceLine* line : group.lines) {
                const TextLine text = text_line(*line, concordance_.documents[line->document]);
                place_ = std::max(place_, display_width(text.place));
                speaker_ = std::max(speaker_, display_width(text.speaker));
                left_ = std::max(left_, display_width(text.left));
                const std::size_t hit = display_width(text.hit);
                if (hit <= kHitColumns) hit_ = std::max(hit_, hit);
            }
        }
    }

    void write(const TextLine& line) {
        out_ += padded_right(line.place, place_) + "  ";
        if (speaker_ > 0) out_ += padded_right(line.speaker, speaker_) + "  ";
        out_ += padded_left(line.left, left_);
        if (left_ > 0) out_ += "  ";
        const std::size_t width = display_width(line.hit);
        out_ += style_.bold ? "\x1b[1m" + line.hit + "\x1b[0m" : line.hit;
        if (!line.right.empty()) out_ += std::string(width < hit_ ? hit_ - width + 2 : 2, ' ') + line.right;
        out_ += '\n';
    }

    const Concordance& concordance_;
    const ConcordanceStyle& style_;
    std::string out_;
    std::size_t place_ = 0;
    std::size_t speaker_ = 0;
    std::size_t left_ = 0;
    std::size_t hit_ = 0;
};

// --- rows ------------------------------------------------------------------------------------------------------

class Rows {
 public:
    explicit Rows(const ConcordanceStyle& style) : style_(style), separator_(style.format == ConcordanceFormat::tsv ? '\t' : ',') {
        if (style.excel) out_ = "\xEF\xBB\xBF";
    }
    void cell(std::string_view text) {
        begin_cell();
        csv::append_cell(out_, style_.excel ? csv::guarded_for_spreadsheet(text) : std::string(text), separator_);
    }
    void number(std::uint64_t value) {
        begin_cell();
        json::append_number(out_, value);
    }
    void end_row() {
        out_ += style_.excel ? "\r\n" : "\n";
        first_ = true;
    }
    std::string take() { return std::move(out_); }

 private:
    void begin_cell() {
        if (!first_) out_ += separator_;
        first_ = false;
    }

    const ConcordanceStyle& style_;
    char separator_;
    std::string out_;
    bool first_ = true;
};

std::string rows(const Concordance& concordance, const ConcordanceStyle& style) {
    Rows out(style);
    for (const char* column : kColumns) out.cell(column);
    out.end_row();
    for (const ConcordanceGroup& group : concordance.groups) {
        for (const ConcordanceLine* line : group.lines) {
            const ConcordanceDocument& document = concordance.documents[line->document];
            const ConcordanceSpeaker& speaker = document.speakers[line->speaker];
            out.cell(document.id);
            out.cell(document.file);
            out.number(line->turn);
            for (const std::string* text : {&speaker.label, &speaker.participant, &speaker.group}) out.cell(*text);
            out.number(line->start.value);
            out.number(line->end.value);
            for (const std::string* text : {&line->left, &line->hit, &line->right}) out.cell(*text);
            out.end_row();
        }
    }
    return out.take();
}

std::string json_lines(const Concordance& concordance) {
    std::string out;
    for (const ConcordanceGroup& group : concordance.groups) {
        for (const ConcordanceLine* line : group.lines) {
            const ConcordanceDocument& document = concordance.documents[line->document];
            const ConcordanceSpeaker& speaker = document.speakers[line->speaker];
            out += "{\"document\":";
            json::append_string(out, document.id);
            json::append_member(out, "file", document.file);
            json::append_member(out, "turn", line->turn);
            json::append_member(out, "speaker", speaker.label);
            json::append_member(out, "participant", speaker.participant);
            json::append_member(out, "group", speaker.group);
            json::append_member(out, "start", line->start.value);
            json::append_member(out, "end", line->end.value);
            json::append_member(out, "left", line->left);
            json::append_member(out, "hit", line->hit);
            json::append_member(out, "right", line->right);
            out += "}\n";
        }
    }
    return out;
}

// --- counts ----------------------------------------------------------------------------------------------------

// Calls `row` for each group, then for all; without `by` only the latter, whose name is empty.
void each_count(const Concordance& concordance, const std::function<void(const std::string& name, const ConcordanceCounts&)>& row) {
    if (concordance.spec.by.empty()) return row({}, concordance.counts);
    for (const ConcordanceGroup& group : concordance.groups) row(shown_name(concordance, group), group.counts);
    row("(all)", concordance.counts);
}

std::string counts_as_text(const Concordance& concordance) {
    const bool grouped = !concordance.spec.by.empty();
    std::vector<std::vector<std::string>> table(1);
    if (grouped) table[0].push_back(concordance.spec.by);
    table[0].insert(table[0].end(), kNumbers.begin(), kNumbers.end());
    each_count(concordance, [&](const std::string& name, const ConcordanceCounts& counts) {
        std::vector<std::string>& row = table.emplace_back();
        if (grouped) row.push_back(utf8::escaped(name));
        for (const std::uint64_t number : numbers_of(counts)) row.push_back(std::to_string(number));
    });
    std::vector<std::size_t> widths(table[0].size(), 0);
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string out;
    for (const auto& row : table) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += (i == 0 ? "" : "  ") + (grouped && i == 0 ? padded_right(row[i], widths[i]) : padded_left(row[i], widths[i]));
        }
        out += '\n';
    }
    return out;
}

std::string counts_as_rows(const Concordance& concordance, const ConcordanceStyle& style) {
    const bool grouped = !concordance.spec.by.empty();
    Rows out(style);
    if (grouped) out.cell(concordance.spec.by);
    for (const char* name : kNumbers) out.cell(name);
    out.end_row();
    each_count(concordance, [&](const std::string& name, const ConcordanceCounts& counts) {
        if (grouped) out.cell(name);
        for (const std::uint64_t number : numbers_of(counts)) out.number(number);
        out.end_row();
    });
    return out.take();
}

std::string counts_as_json(const Concordance& concordance) {
    std::string out;
    each_count(concordance, [&](const std::string& name, const ConcordanceCounts& counts) {
        out += '{';
        if (!concordance.spec.by.empty()) {
            json::append_string(out, concordance.spec.by);
            out += ':';
            json::append_string(out, name);
            out += ',';
        }
        const std::array<std::uint64_t, 4> numbers = numbers_of(counts);
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            out += (i == 0 ? "\"" : ",\"") + std::string(kNumbers[i]) + "\":";
            json::append_number(out, numbers[i]);
        }
        out += "}\n";
    });
    return out;
}

}  // namespace

std::string render(const Concordance& concordance, const ConcordanceStyle& style) {
    switch (style.format) {
        case ConcordanceFormat::text: return TextRenderer(concordance, style).run();
        case ConcordanceFormat::csv:
        case ConcordanceFormat::tsv: return rows(concordance, style);
        case ConcordanceFormat::jsonl: return json_lines(concordance);
        case ConcordanceFormat::html: break;
    }
    return page_of(concordance, style);
}

std::string render_counts(const Concordance& concordance, const ConcordanceStyle& style) {
    switch (style.format) {
        case ConcordanceFormat::text: return counts_as_text(concordance);
        case ConcordanceFormat::csv:
        case ConcordanceFormat::tsv: return counts_as_rows(concordance, style);
        case ConcordanceFormat::jsonl: return counts_as_json(concordance);
        case ConcordanceFormat::html: break;
    }
    return counts_page_of(concordance, style);
}

}  // namespace fangtan::analysis
