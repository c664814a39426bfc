// SPDX-License-Identifier: Apache-2.0
#include "fangtan/transcript/quotes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fangtan/text/boundary.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/utf8.hpp"
#include "fangtan/transcript/heading.hpp"
#include "fangtan/transcript/quotes_marks.hpp"
#include "fangtan/transcript/quotes_source.hpp"

namespace fangtan::transcript {
namespace {

constexpr std::size_t kLinkMaximum = 30;    // characters that may stand between two parts, or a part and its source
constexpr std::size_t kBlockMinimum = 4;    // characters of a quotation without marks

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }
bool is_end_mark(char32_t c) { return is_one_of(c, U"。！？!?…"); }

// A quotation and the index of its source.
struct Found {
    Span body;
    std::size_t source;
};

// The quotations of one paragraph.
class ParagraphReader {
 public:
    ParagraphReader(std::string_view text, Span paragraph, const ParticipantTable* participants, bool continues)
        : text_(text), paragraph_(paragraph), participants_(participants), quoted_(quoted_parts(text, paragraph, continues)) {}

    void run() {
        block_begin_ = paragraph_.begin.value;
        std::size_t next = 0;
        for (std::uint32_t at = paragraph_.begin.value; at < paragraph_.end.value;) {
            if (next < quoted_.size() && quoted_[next].open.value <= at) {
                at = take_mark(quoted_[next++]);
                continue;
            }
            if (const std::uint32_t behind = source_at(at)) {
                at = behind;
                continue;
            }
            at += utf8::length(text_[at]);
        }
        accept_blocks();
    }

    [[nodiscard]] const std::vector<Found>& found() const { return found_; }
    [[nodiscard]] const std::vector<Source>& sources() const { return sources_; }
    // How many sources stand behind a quotation.
    [[nodiscard]] std::size_t used_sources() const {
        std::size_t used = 0;
        for (std::size_t i = 0; i < found_.size(); ++i) used += i == 0 || found_[i].source != found_[i - 1].source ? 1 : 0;
        return used;
    }
    [[nodiscard]] bool begins_with_mark() const { return !quoted_.empty() && quoted_.front().open == paragraph_.begin; }
    // “…… without end and source: the next paragraph may go on and name it.
    [[nodiscard]] std::optional<Span> left_open() const {
        if (!begins_with_mark() || quoted_.front().closed || !sources_.empty()) return std::nullopt;
        return trimmed(text_, span_of(quoted_.front().inner.begin.value, paragraph_.end.value));
    }

 private:
    std::uint32_t take_mark(const QuotedPart& part) {
        if (!part.closed) {
            if (!missing_close_ && may_stay_open(part)) missing_close_ = part.inner.begin.value;
            return part.inner.begin.value;
        }
        if (!parts_.empty() && !links(parts_.back().close.value, part.open.value)) parts_.clear();
        parts_.push_back(part);
        take_source_inside(part.inner);
        return part.close.value;
    }

    // “……。（P1）”: the source stands before the closing mark.
    void take_source_inside(Span inner) {
        const Span said = trimmed(text_, inner);
        if (said.empty() || !is_one_of(utf8::before(text_, said.end.value), U"）)】〕")) return;
        std::uint32_t at = said.end.value;
        for (int characters = 0; characters < 60 && at > said.begin.value; ++characters) {
            do {
                --at;
            } while (utf8::is_continuation(text_[at]));
            if (closing_bracket(text_, at, said.end.value) == 0) continue;
            const QuotedPart whole = parts_.back();
            parts_.back().inner = span_of(said.begin.value, at);
            parts_.back().close = ByteOffset{at};
            if (source_at(at) == 0) parts_.back() = whole;
            return;
        }
    }

    // An opening mark without its closing one means a quotation only where one would begin.
    [[nodiscard]] bool may_stay_open(const QuotedPart& part) const {
        return part.open == paragraph_.begin || is_one_of(utf8::before(text_, part.open.value), U"：:，。");
    }

    // The byte behind the source that begins at `at`, or 0.
    std::uint32_t source_at(std::uint32_t at) {
        const std::uint32_t close = closing_bracket(text_, at, paragraph_.end.value);
        if (close == 0) return 0;
        const std::uint32_t inside = at + utf8::length(text_[at]);
        auto source = parse_source(text_.substr(inside, close - inside), participants_);
        if (!source) return 0;
        const std::uint32_t behind = close + utf8::length(text_[close]);
        sources_.push_back(std::move(*source));
        give_to_source(at);
        parts_.clear();
        missing_close_.reset();
        block_begin_ = behind;
        while (block_begin_ < paragraph_.end.value && is_one_of(utf8::at(text_, block_begin_), U"。，；;,.！？!?、”」』\" \u3000\n")) {
            block_begin_ += utf8::length(text_[block_begin_]);
        }
        return behind;
    }

    void give_to_source(std::uint32_t at) {
        const std::size_t before = found_.size();
        if (!parts_.empty()) {
            const bool adjacent = stands_behind(parts_.back().close.value, at);
            const bool linked = adjacent || links(parts_.back().close.value, at);
            if (linked) {
                const std::size_t enumerated = adjacent ? enumeration() : parts_.size();
                for (std::size_t i = 0; i < parts_.size(); ++i) {
                    if (i >= enumerated || is_speech(parts_[i])) add(parts_[i].inner);
                }
            }
        }
        if (found_.size() == before && missing_close_) add(span_of(*missing_close_, at));
        if (found_.size() > before) {
            only_blocks_ = false;
            return;
        }
        if (only_blocks_) blocks_.push_back({span_of(block_begin_, at), sources_.size() - 1});
    }

    void add(Span body) {
        const Span inner = trimmed(text_, body);
        if (!inner.empty()) found_.push_back({inner, sources_.size() - 1});
    }

    // Only marks, blanks and the signs of notes (① [3]) between a quotation and its source.
    [[nodiscard]] bool stands_behind(std::uint32_t from, std::uint32_t to) const {
        std::size_t characters = 0;
        for (; from < to; from += utf8::length(text_[from])) {
            const char32_t c = utf8::at(text_, from);
            const bool note = (c >= U'①' && c <= U'⑳') || is_one_of(c, U"[]［］^0123456789*");
            if (!note && !is_white_space(c) && !is_one_of(c, U"。．.！？!?…，,；;、：:—-")) return false;
            if (!is_white_space(c) && ++characters > 8) return false;
        }
        return true;
    }

    // 他停了一下，又说：goes on in the same sentence.
    [[nodiscard]] bool links(std::uint32_t from, std::uint32_t to) const {
        std::size_t characters = 0;
        for (; from < to; from += utf8::length(text_[from])) {
            const char32_t c = utf8::at(text_, from);
            if (is_end_mark(c) || is_one_of(c, U"；;") || ++characters > kLinkMaximum) return false;
        }
        return true;
    }

    // A term in marks holds no punctuation and no colon stands before it.
    [[nodiscard]] bool is_speech(const QuotedPart& part) const {
        const std::string_view inner = part.inner.of(text_);
        for (std::size_t i = 0; i < inner.size(); i += utf8::length(inner[i])) {
            if (is_one_of(utf8::at(inner, i), U"。！？!?…，；：,;")) return true;
        }
        return part.open > paragraph_.begin && is_one_of(utf8::before(text_, part.open.value), U"：:");
    }

    // “天天跑”、“夜夜守”（P1）: the first of the last parts with nothing but a comma between them.
    [[nodiscard]] std::size_t enumeration() const {
        std::size_t first = parts_.size() - 1;
        for (; first > 0; --first) {
            const std::uint32_t from = parts_[first - 1].close.value;
            const std::string_view between = text_.substr(from, parts_[first].open.value - from);
            if (!between.empty() && between != "、") break;
        }
        return first;
    }

    // Quotations without marks: the whole paragraph, or the pieces of one that ends with a source.
    void accept_blocks() {
        if (blocks_.empty() || !only_blocks_ || block_begin_ < paragraph_.end.value) return;
        for (const Found& block : blocks_) {
            // The source may stand on the next line, behind a dash.
            const std::size_t line = block.body.of(text_).find('\n');
            const std::uint32_t end = line == std::string_view::npos ? block.body.end.value : block.body.begin.value + static_cast<std::uint32_t>(line);
            const Span body = without_introduction(trimmed(text_, span_of(block.body.begin.value, end)));
            if (utf8::count(body.of(text_)) < kBlockMinimum || is_report(body, block)) continue;
            found_.push_back({body, block.source});
        }
    }

    // > of Markdown; 民警说： before the words of the participant.
    [[nodiscard]] Span without_introduction(Span body) const {
        while (!body.empty() && text_[body.begin.value] == '>') body = trimmed(text_, span_of(body.begin.value + 1, body.end.value));
        std::size_t characters = 0;
        for (std::uint32_t at = body.begin.value; at < body.end.value && characters <= kLinkMaximum; at += utf8::length(text_[at]), ++characters) {
            const char32_t c = utf8::at(text_, at);
            if (c == U'我' || c == U'咱' || is_end_mark(c)) return body;
            if (c != U'：' && c != U':') continue;
            if (at == body.begin.value || !is_one_of(utf8::before(text_, at), U"说讲道到示为忆下述称")) return body;
            return trimmed(text_, span_of(at + utf8::length(text_[at]), body.end.value));
        }
        return body;
    }

    // “不少民警提到任务太重（P1、P3）。”: the author reports. The source stands before the full stop, somebody
    // speaks or terms stand in marks, and nobody says I or you.
    [[nodiscard]] bool is_report(Span body, const Found& block) const {
        if (body.empty() || is_end_mark(utf8::before(text_, body.end.value))) return false;
        const std::string_view said = body.of(text_);
        const auto holds = [&](std::string_view word) { return said.find(word) != std::string_view::npos; };
        for (const std::string_view word : {"我", "咱", "俺", "你", "您"}) {
            if (holds(word)) return false;
        }
        if (!quoted_.empty() || !sources_[block.source].others.empty()) return true;
        for (const std::string_view word : {"提到", "认为", "表示", "指出", "谈到", "反映", "坦言", "强调", "承认", "受访者", "访谈中"}) {
            if (holds(word)) return true;
        }
        return false;
    }

    std::string_view text_;
    Span paragraph_;
    const ParticipantTable* participants_;
    std::vector<QuotedPart> quoted_;
    std::vector<QuotedPart> parts_;  // that may belong to the next source
    std::vector<Source> sources_;
    std::vector<Found> found_;
    std::vector<Found> blocks_;
    std::optional<std::uint32_t> missing_close_;
    std::uint32_t block_begin_ = 0;
    bool only_blocks_ = true;
};

// If a bracket opens near the end of `line` and closes on the line behind `at` with a source in between: where it closes, else 0.
std::uint32_t end_of_broken_source(std::string_view text, Span line, std::uint32_t at, const ParticipantTable* participants) {
    constexpr int kNearEnd = 30;  // characters
    std::uint32_t open = line.end.value;
    for (int i = 0; i < kNearEnd && open > line.begin.value; ++i) {
        do {
            --open;
        } while (utf8::is_continuation(text[open]));
        const char32_t c = utf8::at(text, open);
        if (is_one_of(c, U"）)】〕］]")) return 0;
        if (!is_one_of(c, U"（(【〔［[")) continue;
        const auto next_end = static_cast<std::uint32_t>(std::min(text.find('\n', std::min<std::size_t>(text.find_first_not_of(" \n", at), text.size())), text.size()));
        const std::uint32_t close = closing_bracket(text, open, next_end);
        if (close < at) return 0;
        const std::uint32_t inside = open + utf8::length(text[open]);
        return parse_source(text.substr(inside, close - inside), participants) ? close : 0;
    }
    return 0;
}

// Paragraph by paragraph; hands headings and quotations to `Receiver`.
template <class Receiver>
void walk(std::string_view text, const ParticipantTable* participants, Receiver& receiver) {
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto line_end = [&](std::uint32_t at) { return static_cast<std::uint32_t>(std::min<std::size_t>(text.find('\n', at), size)); };
    std::vector<Span> held;  // paragraphs of a quotation that goes on
    for (std::uint32_t at = 0; at < size;) {
        std::uint32_t end = line_end(at);
        Span line = trimmed(text, span_of(at, end));
        at = end + 1;
        if (line.empty()) continue;
        // （P1，民 / 警）: a source broken over two lines joins them.
        while (const std::uint32_t join = end_of_broken_source(text, line, at, participants)) {
            at = line_end(join) + 1;
            line.end = trimmed(text, span_of(line.begin.value, std::min(at - 1, size))).end;
        }
        // A source on a line of its own belongs to the paragraph before it.
        std::uint32_t next = at;
        while (next < size && is_white_space(utf8::at(text, next))) next += utf8::length(text[next]);
        if (next < size) {
            const std::uint32_t next_end = line_end(next);
            const Span source_line = without_dashes(text, trimmed(text, span_of(next, next_end)));
            const std::uint32_t close = closing_bracket(text, source_line.begin.value, source_line.end.value);
            if (close != 0 && close + utf8::length(text[close]) >= source_line.end.value &&
                parse_source(text.substr(source_line.begin.value + utf8::length(text[source_line.begin.value]), close - source_line.begin.value - utf8::length(text[source_line.begin.value])), participants)) {
                line.end.value = source_line.end.value;
                at = next_end + 1;
            }
        }
        ParagraphReader paragraph(text, line, participants, !held.empty());
        paragraph.run();
        if (paragraph.sources().empty() && line.end.value <= end) {
            if (const auto heading = heading_shape(text, line.begin.value, line.end.value)) {
                held.clear();
                receiver.heading(*heading);
                continue;
            }
        }
        if (!held.empty() && paragraph.begins_with_mark() && !paragraph.found().empty()) {
            for (const Span part : held) receiver.quotation(part, paragraph.sources()[paragraph.found().front().source]);
        }
        const auto open = paragraph.left_open();
        if (!open) held.clear();
        if (open) held.push_back(*open);
        receiver.count += paragraph.used_sources();
        for (const Found& found : paragraph.found()) receiver.quotation(found.body, paragraph.sources()[found.source]);
    }
}

struct Counter {
    std::size_t count = 0;
    void heading(const HeadingShape&) {}
    void quotation(Span, const Source&) {}
};

class Filler {
 public:
    explicit Filler(Transcript& transcript) : transcript_(transcript) {
        for (std::size_t i = 0; i < transcript.headings.size(); ++i) paths_.emplace(transcript.headings[i], static_cast<std::uint32_t>(i));
    }

    void heading(const HeadingShape& shape) {
        outline_.enter(shape, std::string(shape.title.of(transcript_.text)));
        std::vector<std::string> path = outline_.path();
        const auto [entry, added] = paths_.try_emplace(path, static_cast<std::uint32_t>(transcript_.headings.size()));
        if (added) transcript_.headings.push_back(std::move(path));
        heading_ = entry->second;
    }

    void quotation(Span body, const Source& source) {
        const std::string& name = source.participant.empty() ? source.label : source.participant;
        const auto [entry, added] = speakers_.try_emplace({source.participant.empty(), name}, static_cast<std::uint32_t>(transcript_.speakers.size()));
        if (added) transcript_.speakers.push_back({source.label, source.participant, {}, false});
        Speaker& speaker = transcript_.speakers[entry->second];
        if (speaker.role.empty()) speaker.role = source.role;
        transcript_.turns.push_back({entry->second, body, heading_});
        if (!source.others.empty()) note_shared(body, source);
    }

    std::size_t count = 0;

 private:
    void note_shared(Span body, const Source& source) {
        std::string value = source.participant;
        for (const std::string& other : source.others) value += "、" + other;
        const std::string_view text = transcript_.text;
        line_ += static_cast<std::size_t>(std::count(text.begin() + counted_, text.begin() + body.begin.value, '\n'));
        counted_ = body.begin.value;
        transcript_.metadata.emplace_back("source shared, line " + std::to_string(line_), std::move(value));
    }

    Transcript& transcript_;
    Outline outline_;
    std::uint32_t heading_ = 0;
    std::map<std::vector<std::string>, std::uint32_t> paths_;
    std::map<std::pair<bool, std::string>, std::uint32_t> speakers_;
    std::size_t line_ = 1;
    std::uint32_t counted_ = 0;
};

}  // namespace

std::size_t count_quotations(std::string_view text) {
    Counter counter;
    walk(text, nullptr, counter);
    return counter.count;
}

void find_quotations(Transcript& transcript, const ParticipantTable* participants) {
    Filler filler(transcript);
    walk(transcript.text, participants, filler);
}

}  // namespace fangtan::transcript
