// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/suggestion.hpp"

#include <algorithm>
#include <cmath>

#include "fangtan/analysis/keyness.hpp"
#include "fangtan/analysis/word_wording.hpp"
#include "fangtan/analysis/wording.hpp"
#include "fangtan/codebook/terms.hpp"
#include "fangtan/coding/unit.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

constexpr double kSignificant = 3.84;  // χ² with one degree of freedom, p = 0.05

void mark(const std::vector<CodedSpan>& coded, Span unit, std::vector<bool>& here) {
    std::fill(here.begin(), here.end(), false);
    for (const CodedSpan& coding : coded) {
        if (coding.span.begin < unit.end && unit.begin < coding.span.end) here[coding.code] = true;
    }
}

bool overlaps_any(const std::string& text, const std::vector<std::string>& terms) {
    return std::any_of(terms.begin(), terms.end(), [&](const std::string& term) { return text.find(term) != std::string::npos; });
}

struct Headings {
    const char* title;
    const char* candidate;
    const char* coded;
    const char* unreached;
    const char* gain;
    const char* note;
};

const Headings& headings(Language language) {
    static constexpr Headings kHans = {"规则建议", "候选词", "已编码单位", "规则未及", "新增单位", "已编码单位：含该词且编有此码的单位；规则未及：其中没有规则命中的；新增单位：含该词而未编此码的，写成规则就会加上。"};
    static constexpr Headings kHant = {"規則建議", "候選詞", "已編碼單位", "規則未及", "新增單位", "已編碼單位：含該詞且編有此碼的單位；規則未及：其中沒有規則命中的；新增單位：含該詞而未編此碼的，寫成規則就會加上。"};
    static constexpr Headings kEnglish = {"Suggested rules", "Candidate", "Coded units", "Unreached", "New units",
                                          "Coded units hold the candidate and have the code; unreached: no rule codes them; new units hold it and do not have the code: a rule would add them."};
    return language == Language::zh_hans ? kHans : language == Language::zh_hant ? kHant : kEnglish;
}

}  // namespace

Suggester::Suggester(const Codebook& codebook, const StopWords& stop_words, const SuggestOptions& options)
    : codebook_(codebook),
      stop_words_(stop_words),
      options_(options),
      coded_units_(codebook.codes().size(), 0),
      coded_here_(codebook.codes().size()),
      reached_here_(codebook.codes().size()) {}

void Suggester::add(const Transcript& transcript, const std::vector<CodedSpan>& coded, const std::vector<CodedSpan>& reached, Tokenizer& tokenizer) {
    std::vector<Span> units;
    for (const Turn& turn : transcript.turns) {
        if (turn.body.empty() || (transcript.speakers[turn.speaker].interviewer && !options_.include_interviewer)) continue;
        units.clear();
        coding::append_units(transcript.text, turn.body, options_.unit, units);
        for (const Span& unit : units) {
            mark(coded, unit, coded_here_);
            mark(reached, unit, reached_here_);
            add_unit(transcript.text, unit, tokenizer);
        }
    }
}

void Suggester::add_unit(std::string_view text, Span unit, Tokenizer& tokenizer) {
    ++units_;
    for (std::size_t code = 0; code < coded_here_.size(); ++code) coded_units_[code] += coded_here_[code] ? 1 : 0;
    tokens_.clear();
    tokenizer.append_tokens(text, unit, tokens_);
    std::map<std::string, Candidate> found;
    const auto is_word = [&](std::size_t i) { return tokens_[i].kind == TokenKind::word || tokens_[i].kind == TokenKind::latin; };
    for (std::size_t first = 0; first < tokens_.size(); ++first) {
        for (std::size_t last = first; last < tokens_.size() && last < first + options_.longest && is_word(last); ++last) add_candidates(text, first, last, found);
    }
    for (auto& [folded, candidate] : found) {
        Candidate& all = candidates_.try_emplace(folded, std::move(candidate)).first->second;
        ++all.units;
        for (std::uint32_t code = 0; code < coded_here_.size(); ++code) {
            if (!coded_here_[code]) continue;
            Held& held = all.by_code[code];
            ++held.coded;
            held.unreached += reached_here_[code] ? 0 : 1;
        }
    }
}

// The tokens first to last as one candidate, unless it begins or ends with a stop word or is a single Han character.
void Suggester::add_candidates(std::string_view text, std::size_t first, std::size_t last, std::map<std::string, Candidate>& found) const {
    const auto stops = [&](std::size_t i) { return stop_words_.contains(fold(tokens_[i].span.of(text))); };
    if (stops(first) || (last != first && stops(last))) return;
    const std::string_view shown = Span{tokens_[first].span.begin, tokens_[last].span.end}.of(text);
    if (utf8::count(shown) < 2) return;
    // A rule has one line.
    std::string line;
    for (std::size_t i = 0; i < shown.size(); i += utf8::length(shown[i])) {
        const char32_t c = utf8::at(shown, i);
        if (!is_white_space(c)) {
            utf8::append(line, c);
        } else if (line.back() != ' ') {
            line += ' ';
        }
    }
    Candidate candidate;
    candidate.shown = line;
    candidate.words = static_cast<std::uint32_t>(last - first + 1);
    found.try_emplace(fold(line), std::move(candidate));
}

std::vector<Suggestion> Suggester::suggestions() const {
    std::vector<Suggestion> all;
    for (std::uint32_t code = 0; code < coded_units_.size(); ++code) {
        const std::vector<std::string> terms = codebook::plain_terms(codebook_.codes()[code], codebook::TermChoice::positive);
        struct Ranked {
            Suggestion suggestion;
            const std::string* folded;
            std::uint32_t words;
        };
        std::vector<Ranked> ranked;
        for (const auto& [folded, candidate] : candidates_) {
            const auto held = candidate.by_code.find(code);
            if (held == candidate.by_code.end() || held->second.coded < options_.minimum_count || overlaps_any(folded, terms)) continue;
            const std::uint64_t gain = candidate.units - held->second.coded;
            if (gain == 0 && held->second.unreached == 0) continue;  // a rule that would change nothing
            const KeynessCounts counts{held->second.coded, gain, coded_units_[code], units_ - coded_units_[code]};
            const double statistic = log_likelihood_four_cells(counts);
            if (direction(counts) <= 0 || statistic < kSignificant) continue;
            const double rest = std::max(0.5, static_cast<double>(gain)) / static_cast<double>(counts.rest_size);
            const double ratio = std::log2(static_cast<double>(counts.group) / static_cast<double>(counts.group_size) / rest);
            ranked.push_back({{code, candidate.shown, held->second.coded, held->second.unreached, gain, statistic, ratio}, &folded, candidate.words});
        }
        std::sort(ranked.begin(), ranked.end(), [](const Ranked& a, const Ranked& b) {
            if (a.suggestion.log_likelihood != b.suggestion.log_likelihood) return a.suggestion.log_likelihood > b.suggestion.log_likelihood;
            return a.words != b.words ? a.words < b.words : *a.folded < *b.folded;
        });
        // A sequence that occurs exactly where a word of it does says nothing the word does not.
        std::vector<const Ranked*> kept;
        for (const Ranked& each : ranked) {
            if (kept.size() == options_.top) break;
            const bool said = std::any_of(kept.begin(), kept.end(), [&](const Ranked* other) {
                return other->suggestion.coded == each.suggestion.coded && other->suggestion.gain == each.suggestion.gain &&
                       (each.folded->find(*other->folded) != std::string::npos || other->folded->find(*each.folded) != std::string::npos);
            });
            if (!said) kept.push_back(&each);
        }
        for (const Ranked* each : kept) all.push_back(each->suggestion);
    }
    return all;
}

Table suggestion_table(const std::vector<Suggestion>& suggestions, const Codebook& codebook, const SuggestOptions& options, const SegmenterIdentity& segmenter) {
    const Headings& words = headings(options.language);
    const Wording& common = wording(options.language);
    const WordWording& keyness = word_wording(options.language);
    Table table;
    table.title = words.title + std::string(common.colon) + codebook.name();
    table.path_headings = {common.code, words.candidate};
    table.columns = {words.coded, words.unreached, words.gain, keyness.log_likelihood, keyness.log_ratio};
    for (const Suggestion& suggestion : suggestions) {
        const Code& code = codebook.codes()[suggestion.code];
        table.rows.push_back({code.id,
                              {code.name, suggestion.text},
                              {suggestion.coded, suggestion.unreached, suggestion.gain, Decimal{suggestion.log_likelihood, 2}, Decimal{suggestion.log_ratio, 2}}});
    }
    table.note_heading = common.note;
    table.notes = {words.note, segmenter_note(options.language, segmenter)};
    return table;
}

}  // namespace fangtan::analysis
