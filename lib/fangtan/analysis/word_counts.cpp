// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/word_counts.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include "fangtan/text/fold.hpp"
#include "fangtan/text/natural_order.hpp"
#include "fangtan/text/sound_mark.hpp"

namespace fangtan::analysis {
namespace {

// Who a turn belongs to in tables, as in those of codings.
std::string_view counted_as(const Speaker& speaker) {
    return speaker.interviewer && speaker.participant.empty() ? std::string_view(speaker.label) : std::string_view(speaker.participant);
}

std::string_view part_name(const Transcript& transcript, const Speaker& speaker, PartKind kind) {
    switch (kind) {
        case PartKind::participant: return counted_as(speaker);
        case PartKind::speaker: return speaker.label.empty() ? counted_as(speaker) : std::string_view(speaker.label);
        case PartKind::document: return transcript.id;
        case PartKind::none: break;
    }
    return {};
}

// Nobody stands behind all names.
bool name_less(std::string_view a, std::string_view b) {
    if (a.empty() != b.empty()) return b.empty();
    return natural_less(a, b);
}

std::string column_of_person(const std::string& id, const std::string& by, const WordCounts& counts, const std::map<std::string_view, const Participant*>& known) {
    const auto listed = known.find(id);
    Participant unlisted;
    if (listed == known.end()) {
        const auto role = counts.roles.find(id);
        unlisted = {id, group_of_id(id), role == counts.roles.end() ? std::string() : role->second, {}};
    }
    const Participant& participant = listed == known.end() ? unlisted : *listed->second;
    if (by == "participant") return participant.id;
    if (by == "group") return participant.group;
    if (by == "role") return participant.role;
    for (const auto& [name, value] : participant.attributes) {
        if (name == by) return value;
    }
    return {};
}

// Parts that stand there several times, added up.
std::vector<PartCount> added_up(std::vector<PartCount> parts) {
    std::sort(parts.begin(), parts.end(), [](const PartCount& a, const PartCount& b) { return a.part < b.part; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (kept > 0 && parts[kept - 1].part == parts[i].part) {
            parts[kept - 1].frequency += parts[i].frequency;
        } else {
            parts[kept++] = parts[i];
        }
    }
    parts.resize(kept);
    return parts;
}

}  // namespace

WordCounter::WordCounter(WordCountOptions options) : options_(std::move(options)) {}

std::uint32_t WordCounter::form_of(std::string_view text) {
    const std::uint32_t form = form_names_.number(text);
    if (form == forms_.size()) {
        forms_.push_back({word_names_.number(fold(text)), 0});
        words_.resize(word_names_.size());
    }
    return form;
}

std::uint32_t WordCounter::single_of(std::string_view text) {
    const std::uint32_t single = single_names_.number(text);
    if (single == singles_.size()) {
        singles_.push_back(fold(text));
        single_is_stop_.push_back(is_stop_word(singles_.back()) ? 1 : 0);
    }
    return single;
}

WordCounter::Word& WordCounter::count(std::uint32_t form, const Place& place) {
    ++forms_[form].count;
    Word& word = words_[forms_[form].word];
    ++word.frequency;
    if (word.last_document != place.document) {
        word.last_document = place.document;
        ++word.documents;
    }
    if (options_.parts != PartKind::none) {
        if (word.parts.empty() || word.parts.back().part != place.part) word.parts.push_back({place.part, 0});
        ++word.parts.back().frequency;
    }
    if (place.person != kNobody && (word.people.empty() || word.people.back() != place.person)) word.people.push_back(place.person);
    return word;
}

void WordCounter::add(const Transcript& transcript, std::size_t number, const Tokenize& tokenize) {
    ++documents_;
    find_roles(transcript, number);
    // One speaker's turns after the other, so that a word's lists of parts and people stay short.
    std::vector<std::uint32_t> order;
    for (std::uint32_t turn = 0; turn < transcript.turns.size(); ++turn) {
        if (options_.include_interviewer || !transcript.speakers[transcript.turns[turn].speaker].interviewer) order.push_back(turn);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return transcript.turns[a].speaker < transcript.turns[b].speaker; });
    for (const std::uint32_t turn : order) {
        const Speaker& speaker = transcript.speakers[transcript.turns[turn].speaker];
        take_items(transcript.text, transcript.turns[turn].body, tokenize);
        Place place;
        place.document = number;
        if (options_.parts != PartKind::none) place.part = part_names_.number(part_name(transcript, speaker, options_.parts));
        if (!speaker.participant.empty()) place.person = people_.number(speaker.participant);
        part_tokens_.resize(part_names_.size(), 0);
        if (options_.parts != PartKind::none) part_tokens_[place.part] += items_.size();
        tokens_ += items_.size();
        if (options_.length > 1) {
            count_sequences(place);
        } else {
            count_words(place);
            if (!options_.node.empty()) count_windows();
        }
    }
}

// The first that a corpus in its order says of somebody counts, whoever reads it first.
void WordCounter::find_roles(const Transcript& transcript, std::size_t number) {
    for (const Speaker& speaker : transcript.speakers) {
        if (speaker.participant.empty() || speaker.interviewer) continue;
        Role& role = roles_[speaker.participant];
        if (number < role.document) role = {number, speaker.role};
    }
}

void WordCounter::take_items(std::string_view text, Span body, const Tokenize& tokenize) {
    items_.clear();
    tokens_of_turn_.clear();
    marks_.clear();
    if (body.empty()) return;
    tokenize(text, body, tokens_of_turn_);
    append_sound_marks(text, body, marks_);
    std::size_t mark = 0;
    bool follows = false;
    std::uint32_t end = body.begin.value;
    for (const Token& token : tokens_of_turn_) {
        while (mark < marks_.size() && marks_[mark].end <= token.span.begin) ++mark;
        const bool silent = mark < marks_.size() && marks_[mark].begin < token.span.end;
        const bool counted = !silent && (token.kind == TokenKind::word || token.kind == TokenKind::latin || (options_.numbers && token.kind == TokenKind::number) || token.term);
        if (text.substr(end, token.span.begin.value - end).find('\n') != std::string_view::npos) follows = false;
        end = token.span.end.value;
        if (counted) {
            Item item;
            item.follows = follows;
            item.term = token.term;
            if (options_.length > 1) {
                item.form = single_of(token.span.of(text));
                item.edge = token.term || single_is_stop_[item.form] == 0;
            } else {
                item.form = form_of(token.span.of(text));
            }
            items_.push_back(item);
        }
        follows = counted;
    }
}

void WordCounter::count_words(const Place& place) {
    for (const Item& item : items_) {
        Word& word = count(item.form, place);
        word.term = word.term || item.term;
    }
}

void WordCounter::count_sequences(const Place& place) {
    std::size_t run = 0;  // items that end here and follow each other
    std::string text;
    for (std::size_t last = 0; last < items_.size(); ++last) {
        run = items_[last].follows ? run + 1 : 1;
        if (run < options_.length) continue;
        const std::size_t first = last + 1 - options_.length;
        if (!items_[first].edge || !items_[last].edge) continue;
        text.clear();
        for (std::size_t i = first; i <= last; ++i) {
            if (i > first) text += ' ';
            text += single_names_.name(items_[i].form);
        }
        (void)count(form_of(text), place);
    }
}

void WordCounter::count_windows() {
    const std::optional<std::uint32_t> node = word_names_.find(options_.node);
    if (!node) return;
    const auto is_node = [&](std::size_t i) { return forms_[items_[i].form].word == *node; };
    const std::size_t far = items_.size() + options_.window + std::size_t{1};
    std::vector<std::size_t> next(items_.size(), far);  // distance to the node that follows
    std::size_t distance = far;
    for (std::size_t i = items_.size(); i-- > 0;) {
        distance = is_node(i) ? 0 : std::min(distance + 1, far);
        next[i] = distance;
    }
    distance = far;
    for (std::size_t i = 0; i < items_.size(); ++i) {
        distance = is_node(i) ? 0 : std::min(distance + 1, far);
        if (distance == 0) {
            ++node_;
        } else if (std::min(distance, next[i]) <= options_.window) {
            ++window_tokens_;
            Word& word = words_[forms_[items_[i].form].word];
            ++(next[i] <= distance ? word.left : word.right);
        }
    }
}

void WordCounter::merge(const WordCounter& other) {
    tokens_ += other.tokens_;
    documents_ += other.documents_;
    node_ += other.node_;
    window_tokens_ += other.window_tokens_;
    std::vector<std::uint32_t> parts;
    for (std::uint32_t i = 0; i < other.part_names_.size(); ++i) {
        parts.push_back(part_names_.number(other.part_names_.name(i)));
        part_tokens_.resize(part_names_.size(), 0);
        part_tokens_[parts.back()] += other.part_tokens_[i];
    }
    std::vector<std::uint32_t> people;
    for (std::uint32_t i = 0; i < other.people_.size(); ++i) people.push_back(people_.number(other.people_.name(i)));
    for (const auto& [id, role] : other.roles_) {
        Role& own = roles_[id];
        if (role.document < own.document) own = role;
    }
    for (std::uint32_t i = 0; i < other.forms_.size(); ++i) forms_[form_of(other.form_names_.name(i))].count += other.forms_[i].count;
    for (std::uint32_t i = 0; i < other.words_.size(); ++i) {
        const Word& from = other.words_[i];
        Word& to = words_[word_names_.number(other.word_names_.name(i))];
        to.frequency += from.frequency;
        to.documents += from.documents;
        to.left += from.left;
        to.right += from.right;
        to.term = to.term || from.term;
        for (const PartCount& part : from.parts) to.parts.push_back({parts[part.part], part.frequency});
        for (const std::uint32_t person : from.people) to.people.push_back(people[person]);
    }
}

WordCounts WordCounter::result() const {
    WordCounts counts;
    counts.tokens = tokens_;
    counts.documents = documents_;
    counts.participants = people_.size();
    counts.node = node_;
    counts.window_tokens = window_tokens_;
    for (const auto& [id, role] : roles_) counts.roles.emplace(id, role.role);

    std::vector<std::uint32_t> order(part_names_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return name_less(part_names_.name(a), part_names_.name(b)); });
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        counts.parts.push_back({part_names_.name(order[i]), part_tokens_[order[i]]});
    }

    std::vector<std::uint32_t> shown(words_.size(), kNobody);
    for (std::uint32_t form = 0; form < forms_.size(); ++form) {
        std::uint32_t& best = shown[forms_[form].word];
        const bool better = best == kNobody || forms_[form].count > forms_[best].count ||
                            (forms_[form].count == forms_[best].count && form_names_.name(form) < form_names_.name(best));
        if (better) best = form;
    }
    for (std::uint32_t i = 0; i < words_.size(); ++i) {
        const Word& from = words_[i];
        CountedWord word;
        word.folded = word_names_.name(i);
        word.shown = form_names_.name(shown[i]);
        word.term = from.term;
        word.frequency = from.frequency;
        word.documents = from.documents;
        word.left = from.left;
        word.right = from.right;
        std::vector<std::uint32_t> people = from.people;
        std::sort(people.begin(), people.end());
        word.participants = static_cast<std::uint64_t>(std::unique(people.begin(), people.end()) - people.begin());
        word.parts = from.parts;
        for (PartCount& part : word.parts) part.part = place[part.part];
        word.parts = added_up(std::move(word.parts));
        counts.words.push_back(std::move(word));
    }
    std::sort(counts.words.begin(), counts.words.end(), [](const CountedWord& a, const CountedWord& b) { return a.folded < b.folded; });
    return counts;
}

PartKind part_kind_of(const std::string& by) {
    if (by.empty()) return PartKind::none;
    return by == "document" ? PartKind::document : by == "speaker" ? PartKind::speaker : PartKind::participant;
}

WordColumns columns_of(const WordCounts& counts, const std::string& by, const std::vector<Participant>& known) {
    const bool about_people = !by.empty() && part_kind_of(by) == PartKind::participant;
    std::map<std::string_view, const Participant*> known_by_id;
    for (const Participant& participant : known) known_by_id.emplace(participant.id, &participant);
    WordColumns columns;
    std::vector<std::string> name_of_part;
    for (const WordPart& part : counts.parts) {
        name_of_part.push_back(about_people && !part.name.empty() ? column_of_person(part.name, by, counts, known_by_id) : part.name);
        if (part.tokens > 0) columns.names.push_back(name_of_part.back());
    }
    std::sort(columns.names.begin(), columns.names.end(), name_less);
    columns.names.erase(std::unique(columns.names.begin(), columns.names.end()), columns.names.end());
    columns.tokens.resize(columns.names.size(), 0);
    for (std::size_t i = 0; i < counts.parts.size(); ++i) {
        if (counts.parts[i].tokens == 0) {
            columns.column_of_part.push_back(kNobody);
            continue;
        }
        const auto found = std::lower_bound(columns.names.begin(), columns.names.end(), name_of_part[i], name_less);
        const auto column = static_cast<std::uint32_t>(found - columns.names.begin());
        columns.column_of_part.push_back(column);
        columns.tokens[column] += counts.parts[i].tokens;
    }
    return columns;
}

}  // namespace fangtan::analysis
