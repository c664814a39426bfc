// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "fangtan/report/report_parts.hpp"
#include "fangtan/text/code_point_index.hpp"

namespace fangtan::report {
namespace {

// What a person reading along calls the speaker.
std::string speaker_text(const Speaker& speaker) { return speaker.participant.empty() ? speaker.label : speaker.participant; }

class TurnWriter {
 public:
    TurnWriter(std::string& page, const ReportContext& context, std::uint32_t document, const Transcript& transcript)
        : page_(page), context_(context), document_(document), transcript_(transcript), index_(transcript.text), by_turn_(transcript.turns.size()) {
        for (const std::uint32_t number : context.of_document[document]) {
            const PageCoding& coding = context.codings[number];
            if (coding.turn == 0 || covers_document(context, coding)) continue;
            const CodingEntry& entry = context.set.codings[coding.coding];
            const ByteOffset end = index_.to_byte({std::min(entry.end, index_.size())});
            for (std::size_t turn = coding.turn - 1; turn < transcript.turns.size() && transcript.turns[turn].body.begin < end; ++turn) by_turn_[turn].push_back(number);
        }
    }

    void write(std::uint32_t turn) {
        const Turn& said = transcript_.turns[turn - 1];
        if (said.body.empty()) return;
        const Speaker& speaker = transcript_.speakers[said.speaker];
        page_ += "<div class=\"turn" + std::string(speaker.interviewer ? " asks" : "") + "\" id=\"t" + std::to_string(document_) + "-" + std::to_string(turn) + "\"><div class=\"who\">";
        append_text(page_, speaker_text(speaker));
        page_ += "</div><p>";
        write_marked(said.body, by_turn_[turn - 1]);
        page_ += "</p></div>\n";
    }

 private:
    // Codings overlap: the text is cut where one begins or ends.
    void write_marked(Span body, const std::vector<std::uint32_t>& codings) {
        struct Piece {
            Span span;
            std::uint32_t number;
        };
        std::vector<Piece> pieces;
        std::set<std::uint32_t> cuts = {body.begin.value, body.end.value};
        for (const std::uint32_t number : codings) {
            const CodingEntry& entry = context_.set.codings[context_.codings[number].coding];
            const std::uint32_t begin = std::max(body.begin, index_.to_byte({entry.start})).value;
            const std::uint32_t end = std::min(body.end, index_.to_byte({std::min(entry.end, index_.size())})).value;
            pieces.push_back({span_of(begin, end), number});
            cuts.insert(begin);
            cuts.insert(end);
        }
        for (auto cut = cuts.begin(); std::next(cut) != cuts.end(); ++cut) {
            const Span part = span_of(*cut, *std::next(cut));
            std::vector<std::uint32_t> here;
            for (const Piece& piece : pieces) {
                if (piece.span.begin <= part.begin && part.end <= piece.span.end) here.push_back(piece.number);
            }
            if (here.empty()) {
                append_text(page_, part.of(transcript_.text));
            } else {
                write_mark(part, here);
            }
        }
    }

    void write_mark(Span part, const std::vector<std::uint32_t>& here) {
        // Without a script, rejected codings do not show.
        std::set<std::uint32_t> codes;
        std::string numbers;
        for (const std::uint32_t number : here) {
            const CodingEntry& entry = context_.set.codings[context_.codings[number].coding];
            if (entry.status != CodingStatus::rejected) codes.insert(entry.code);
            numbers += (numbers.empty() ? "" : " ") + std::to_string(number);
        }
        page_ += "<mark class=\"" + (codes.empty() ? std::string("off") : "k" + std::to_string(*codes.begin()) + (codes.size() > 1 ? " several" : "")) + "\" data-c=\"" + numbers + "\">";
        append_text(page_, part.of(transcript_.text));
        page_ += "</mark>";
    }

    std::string& page_;
    const ReportContext& context_;
    const std::uint32_t document_;
    const Transcript& transcript_;
    const CodePointIndex index_;
    std::vector<std::vector<std::uint32_t>> by_turn_;
};

void append_choice(std::string& page, const char* name, const char* label, const std::vector<std::pair<std::string, std::string>>& options) {
    page += "<label>" + std::string(label) + "<select name=\"" + name + "\">";
    for (const auto& [value, text] : options) page += "<option value=\"" + value + "\">" + text + "</option>";
    page += "</select></label>\n";
}

void append_filter(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    using Options = std::vector<std::pair<std::string, std::string>>;
    page += "<form class=\"filter\" id=\"filter\">\n";
    Options codes = {{"", words.all}};
    for (std::size_t i = 0; i < context.set.codes.size(); ++i) {
        const CodeEntry& code = context.set.codes[i];
        std::string indent;
        for (std::size_t level = 1; level < code.path.size(); ++level) indent += "\xE3\x80\x80";  // an ideographic space
        codes.emplace_back(std::to_string(i), indent + escaped_text(code.name));
    }
    append_choice(page, "code", words.filter_code, codes);
    Options people = {{"", words.all}};
    for (std::size_t i = 0; i < context.set.participants.size(); ++i) people.emplace_back(std::to_string(i), escaped_text(person_text(context.set.participants[i], words)));
    append_choice(page, "person", words.filter_person, people);
    // In the order of their first coding, as report_data() numbers them.
    Options coders = {{"", words.all}};
    std::set<std::uint32_t> seen;
    for (const PageCoding& coding : context.codings) {
        const CodingEntry& entry = context.set.codings[coding.coding];
        const std::uint32_t label = entry.reviewer != kNobody ? entry.reviewer : entry.coder;
        if (seen.insert(label).second) coders.emplace_back(std::to_string(seen.size() - 1), escaped_text(context.set.labels.name(label)));
    }
    append_choice(page, "coder", words.filter_coder, coders);
    append_choice(page, "status", words.filter_status, {{"", words.not_rejected}, {"0", words.status[0]}, {"1", words.status[1]}, {"2", words.status[2]}});
    page += "<label>" + std::string(words.filter_search) + "<input name=\"search\" type=\"search\"></label>\n<button type=\"reset\">" + words.clear + "</button>\n<button type=\"button\" id=\"open-all\">" +
            words.open_all + "</button>\n<output id=\"shown\" aria-live=\"polite\"></output>\n</form>\n";
}

// The coded passages of a document whose text is not at hand.
void append_passages(std::string& page, const ReportContext& context, std::uint32_t document) {
    page += "<ol>";
    for (const std::uint32_t number : context.of_document[document]) {
        const std::uint32_t coding = context.codings[number].coding;
        const CodingEntry& entry = context.set.codings[coding];
        page += "<li><mark class=\"" + (entry.status == CodingStatus::rejected ? std::string("off") : "k" + std::to_string(entry.code)) + "\" data-c=\"" + std::to_string(number) + "\">";
        append_text(page, coding < context.set.texts.size() ? context.set.texts[coding] : "");
        page += "</mark></li>\n";
    }
    page += "</ol>";
}

}  // namespace

void append_transcripts(std::string& page, const ReportContext& context) {
    const ReportWords& words = context.words;
    page += "<section id=\"transcripts\"><h2>" + std::string(words.transcripts) + "</h2>\n";
    if (context.transcripts.empty()) page += "<p class=\"quiet\">" + std::string(words.no_text) + "</p>\n";
    append_filter(page, context);
    for (std::uint32_t document = 0; document < context.set.documents.size(); ++document) {
        const Transcript* transcript = context.transcript_of[document];
        std::uint64_t counted = 0;
        for (const std::uint32_t number : context.of_document[document]) counted += context.set.codings[context.codings[number].coding].status != CodingStatus::rejected ? 1 : 0;
        page += "<article id=\"d" + std::to_string(document) + "\"><details><summary>";
        append_text(page, context.set.documents[document].id);
        page += " <span class=\"quiet\"><span class=\"count\">" + std::to_string(counted) + "</span> " + words.codings + "</span></summary>\n";
        if (transcript == nullptr) {
            append_passages(page, context, document);
        } else {
            TurnWriter writer(page, context, document, *transcript);
            for (std::uint32_t turn = 1; turn <= transcript->turns.size(); ++turn) writer.write(turn);
        }
        page += "</details></article>\n";
    }
    page += "</section>\n";
}

}  // namespace fangtan::report
