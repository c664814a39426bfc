// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/relocate.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "fangtan/coding/alignment.hpp"
#include "fangtan/text/code_point_index.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::coding {
namespace {

struct Range {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    friend auto operator<=>(const Range&, const Range&) = default;
};

bool overlap(const Range& a, const Range& b) { return a.start < b.end && b.start < a.end; }

// A span of the old text, of codings or of their origins.
struct Passage {
    Range old;
    std::u32string text;
    std::optional<std::uint32_t> turn;  // its old number
    std::string participant;
    std::size_t places = 0;
    std::optional<Range> found;
    double similarity = 0;
};

std::u32string folded(std::u32string_view text) {
    std::u32string result(text);
    for (char32_t& c : result) c = fold(c);
    return result;
}

class Search {
 public:
    Search(const OldDocument& old, const Transcript& now)
        : old_(old), now_(now), text_(utf8::to_code_points(now.text)), folded_(folded(text_)), old_text_(old.text ? utf8::to_code_points(*old.text) : std::u32string()) {
        const CodePointIndex index(now.text);
        for (const Turn& turn : now.turns) turns_.push_back({index.to_character(turn.body.begin).value, index.to_character(turn.body.end).value});
    }

    std::vector<Relocated> run(const std::vector<StoredCoding>& codings) {
        for (const StoredCoding& coding : codings) {
            add({coding.start, coding.end}, coding.text.value_or(""), coding);
            if (coding.origin) add({coding.origin->start, coding.origin->end}, coding.origin->text, coding);
        }
        find_exact();
        find_similar();
        std::vector<Relocated> result;
        for (const StoredCoding& coding : codings) result.push_back(relocated(coding));
        return result;
    }

 private:
    using Key = std::pair<Range, std::u32string>;

    // What the coding says its text is, else what stands in the old transcript; empty where nobody knows.
    [[nodiscard]] std::u32string text_of(const Range& range, const std::string& said) const {
        if (!said.empty()) return utf8::to_code_points(said);
        return range.end <= old_text_.size() ? old_text_.substr(range.start, range.end - range.start) : std::u32string();
    }

    void add(const Range& range, const std::string& said, const StoredCoding& coding) {
        std::u32string text = text_of(range, said);
        const auto [at, is_new] = numbers_.try_emplace(Key(range, text), passages_.size());
        if (is_new) passages_.push_back({range, std::move(text), coding.turn, coding.participant, 0, {}, 0});
    }

    [[nodiscard]] const Passage& passage(const Range& range, const std::string& said) const { return passages_[numbers_.at(Key(range, text_of(range, said)))]; }

    // The turn that holds the range as a whole.
    [[nodiscard]] std::optional<std::uint32_t> turn_of(const Range& range) const {
        const auto after = std::upper_bound(turns_.begin(), turns_.end(), range.start, [](std::uint32_t at, const Range& turn) { return at < turn.start; });
        if (after == turns_.begin() || (after - 1)->end < range.end) return std::nullopt;
        return static_cast<std::uint32_t>(after - turns_.begin() - 1);
    }

    [[nodiscard]] const std::string& who(std::uint32_t turn) const {
        const Speaker& speaker = now_.speakers[now_.turns[turn].speaker];
        return speaker.interviewer && speaker.participant.empty() ? speaker.label : speaker.participant;
    }

    [[nodiscard]] bool somebody_else(const Passage& passage, const Range& place) const {
        if (passage.participant.empty()) return false;
        const auto turn = turn_of(place);
        return !turn || who(*turn) != passage.participant;
    }

    [[nodiscard]] std::size_t context(const Passage& passage, const Range& place) const {
        if (!old_.text) return 0;
        std::size_t before = 0;
        while (before < kContext && before < passage.old.start && before < place.start && old_text_[passage.old.start - before - 1] == text_[place.start - before - 1]) ++before;
        std::size_t behind = 0;
        while (behind < kContext && passage.old.end + behind < old_text_.size() && place.end + behind < text_.size() && old_text_[passage.old.end + behind] == text_[place.end + behind]) ++behind;
        return before + behind;
    }

    // Where a passage should be by what stands around it.
    [[nodiscard]] std::int64_t expected(const Passage& passage) const {
        if (anchors_.empty()) {
            if (old_.characters == 0) return passage.old.start;
            return static_cast<std::int64_t>(static_cast<std::uint64_t>(passage.old.start) * text_.size() / old_.characters);
        }
        auto at = std::lower_bound(anchors_.begin(), anchors_.end(), std::pair(passage.old.start, std::uint32_t{0}));
        if (at == anchors_.end() || (at != anchors_.begin() && passage.old.start - (at - 1)->first <= at->first - passage.old.start)) --at;
        return static_cast<std::int64_t>(passage.old.start) + at->second - at->first;
    }

    [[nodiscard]] std::vector<Range> places_of(const Passage& passage) const {
        std::vector<Range> places;
        if (passage.text.empty()) return places;
        for (std::size_t at = text_.find(passage.text); at != std::u32string::npos; at = text_.find(passage.text, at + 1)) {
            const Range place{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + passage.text.size())};
            if (!passage.turn || turn_of(place)) places.push_back(place);
        }
        return places;
    }

    void find_exact() {
        std::map<std::u32string, std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < passages_.size(); ++i) {
            Passage& passage = passages_[i];
            const Range& range = passage.old;
            if (old_.same && range.end <= text_.size() && std::u32string_view(text_).substr(range.start, range.end - range.start) == passage.text) {
                passage.found = range;
                passage.similarity = 1;
                passage.places = 1;
            } else {
                groups[passage.text].push_back(i);
            }
        }
        std::map<std::u32string_view, std::vector<Range>> places;
        for (const auto& [text, members] : groups) {
            places[text] = places_of(passages_[members.front()]);
            if (members.size() == 1 && places[text].size() == 1) anchors_.emplace_back(passages_[members.front()].old.start, places[text].front().start);
        }
        std::sort(anchors_.begin(), anchors_.end());
        for (const auto& [text, members] : groups) assign(members, places[text]);
    }

    // The best pair first, each passage and each place once.
    void assign(const std::vector<std::size_t>& members, const std::vector<Range>& places) {
        struct Pair {
            bool somebody_else;
            std::size_t context_missing;
            std::int64_t away;
            Range old, place;
            std::size_t member, number;
            auto operator<=>(const Pair&) const = default;
        };
        std::vector<Pair> pairs;
        for (const std::size_t member : members) {
            const Passage& passage = passages_[member];
            const std::int64_t wanted = expected(passage);
            for (std::size_t i = 0; i < places.size(); ++i) {
                pairs.push_back({somebody_else(passage, places[i]), 2 * kContext - context(passage, places[i]), std::llabs(places[i].start - wanted), passage.old, places[i], member, i});
            }
        }
        std::sort(pairs.begin(), pairs.end());
        std::vector<bool> taken(places.size());
        for (const Pair& pair : pairs) {
            Passage& passage = passages_[pair.member];
            if (passage.found || taken[pair.number]) continue;
            taken[pair.number] = true;
            passage.found = pair.place;
            passage.places = places.size();
            passage.similarity = 1;
        }
    }

    void find_similar() {
        std::vector<std::size_t> rest;
        for (std::size_t i = 0; i < passages_.size(); ++i) {
            if (!passages_[i].found && !passages_[i].text.empty()) rest.push_back(i);
        }
        std::sort(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) { return passages_[a].old < passages_[b].old; });
        for (const std::size_t i : rest) {
            Passage& passage = passages_[i];
            const std::u32string wanted = folded(passage.text);
            const std::int64_t at = expected(passage);
            std::vector<Range> regions;
            if (!passage.turn) {
                regions.push_back({0, static_cast<std::uint32_t>(text_.size())});
            } else {
                if (*passage.turn > 0 && *passage.turn <= turns_.size()) regions.push_back(turns_[*passage.turn - 1]);
                const auto near = at < 0 ? std::nullopt : turn_of({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)});
                if (near) regions.push_back(turns_[*near]);
            }
            take_best(passage, wanted, regions, at);
            if (!passage.found && passage.turn) take_best(passage, wanted, turns_, at);
        }
    }

    void take_best(Passage& passage, const std::u32string& wanted, const std::vector<Range>& regions, std::int64_t expected_at) {
        std::optional<std::tuple<double, bool, std::int64_t>> best;
        for (const Range& region : regions) {
            if (static_cast<double>(region.end - region.start) < kSimilarEnough * static_cast<double>(wanted.size())) continue;
            const auto place = best_place(wanted, std::u32string_view(folded_).substr(region.start, region.end - region.start), expected_at - region.start);
            if (!place || place->similarity < kSimilarEnough) continue;
            const Range range{region.start + place->start, region.start + place->end};
            const bool taken = std::any_of(passages_.begin(), passages_.end(), [&](const Passage& other) {
                return &other != &passage && other.found && overlap(*other.found, range) && !overlap(other.old, passage.old);
            });
            if (taken) continue;
            const std::tuple rank(place->similarity, !somebody_else(passage, range), -std::llabs(range.start - expected_at));
            if (best && rank <= *best) continue;
            best = rank;
            passage.found = range;
            passage.similarity = place->similarity;
        }
    }

    [[nodiscard]] std::string text_at(const Range& range) const { return utf8::from_code_points(std::u32string_view(text_).substr(range.start, range.end - range.start)); }

    [[nodiscard]] Relocated relocated(const StoredCoding& coding) const {
        Relocated result;
        result.coding = coding;
        const Passage& where = passage({coding.start, coding.end}, coding.text.value_or(""));
        result.places = where.places;
        result.similarity = where.similarity;
        if (!where.found) return result;
        StoredCoding& after = result.coding;
        const Range place = *where.found;
        after.start = place.start;
        after.end = place.end;
        const bool same_text = std::u32string_view(text_).substr(place.start, place.end - place.start) == where.text;
        result.fate = !same_text ? Fate::changed : place == where.old ? Fate::unchanged : Fate::moved;
        if (coding.text || !same_text) after.text = text_at(place);
        if (coding.turn) set_turn(after, place);
        if (after.evidence && result.fate != Fate::unchanged) move_evidence(after, where, place);
        if (coding.origin) {
            const Passage& from = passage({coding.origin->start, coding.origin->end}, coding.origin->text);
            result.origin_lost = !from.found;
            if (from.found) after.origin = Origin{from.found->start, from.found->end, coding.origin->code, text_at(*from.found)};
            else after.origin.reset();
        }
        return result;
    }

    void set_turn(StoredCoding& coding, const Range& place) const {
        const auto turn = turn_of(place);
        if (!turn) return;
        coding.turn = *turn + 1;
        coding.participant = who(*turn);
        const std::string& label = now_.speakers[now_.turns[*turn].speaker].label;
        coding.speaker = label == coding.participant ? "" : label;
    }

    // Each piece of evidence that still stands in the passage, nearest to where it stood in it; the others are gone.
    static std::vector<std::size_t> finds(std::u32string_view in, std::u32string_view what) {
        std::vector<std::size_t> found;
        for (std::size_t at = in.find(what); at != std::u32string_view::npos; at = in.find(what, at + 1)) found.push_back(at);
        return found;
    }

    void move_evidence(StoredCoding& coding, const Passage& where, const Range& place) const {
        const std::u32string_view here = std::u32string_view(text_).substr(place.start, place.end - place.start);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> kept;
        for (const auto& [start, end] : *coding.evidence) {
            if (start < where.old.start || end > where.old.end || start >= end || end - where.old.start > where.text.size()) continue;
            const std::size_t offset = start - where.old.start;
            const std::vector<std::size_t> found = finds(here, std::u32string_view(where.text).substr(offset, end - start));
            if (found.empty()) continue;
            const auto away = [&](std::size_t at) { return at > offset ? at - offset : offset - at; };
            const auto nearest = static_cast<std::uint32_t>(*std::min_element(found.begin(), found.end(), [&](std::size_t a, std::size_t b) { return away(a) < away(b); }));
            kept.emplace_back(place.start + nearest, place.start + nearest + (end - start));
        }
        coding.evidence = std::move(kept);
    }

    const OldDocument& old_;
    const Transcript& now_;
    const std::u32string text_, folded_, old_text_;
    std::vector<Range> turns_;
    std::vector<Passage> passages_;
    std::map<Key, std::size_t> numbers_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> anchors_;  // starts: old, new
};

}  // namespace

std::string_view name_of(Fate fate) {
    return fate == Fate::unchanged ? "unchanged" : fate == Fate::moved ? "moved" : fate == Fate::changed ? "changed" : "lost";
}

std::vector<Relocated> relocate(const std::vector<StoredCoding>& codings, const OldDocument& old, const Transcript& now) { return Search(old, now).run(codings); }

}  // namespace fangtan::coding
