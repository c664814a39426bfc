// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/word_table.hpp"

#include <algorithm>

#include "fangtan/analysis/collocation.hpp"
#include "fangtan/analysis/dispersion.hpp"
#include "fangtan/analysis/keyness.hpp"
#include "fangtan/analysis/word_wording.hpp"
#include "fangtan/analysis/wording.hpp"
#include "fangtan/table/rounding.hpp"
#include "fangtan/text/character.hpp"
#include "fangtan/text/fold.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan::analysis {
namespace {

constexpr int kDecimals = 2;             // of statistics
constexpr int kProbabilityDecimals = 4;
constexpr int kDispersionDecimals = 3;
constexpr int kShareDecimals = 1;

Cell decimal(double value, int decimals = kDecimals) { return Decimal{value, decimals}; }

Cell decimal(const std::optional<double>& value, int decimals = kDecimals) {
    if (!value) return std::monostate{};
    return Decimal{*value, decimals};
}

Cell per_ten_thousand(std::uint64_t frequency, std::uint64_t tokens) {
    if (tokens == 0) return std::monostate{};
    return decimal(10'000 * static_cast<double>(frequency) / static_cast<double>(tokens));
}

// What is the same in the three tables: filter, first column, notes.
class TableBase {
 public:
    TableBase(const WordCounts& counts, const WordTableSpec& spec) : counts_(counts), spec_(spec), filter_(spec.filter), words_(word_wording(spec.language)), common_(wording(spec.language)) {
        table_.decimals = kShareDecimals;
        table_.note_heading = common_.note;
        table_.path_headings = {spec.length > 1 ? words_.sequence : words_.word};
    }

 protected:
    [[nodiscard]] bool is_listed(const CountedWord& word) const {
        if (filter_.codebook && filter_.in_codebook != CodebookChoice::all && is_in_codebook(word) != (filter_.in_codebook == CodebookChoice::inside)) return false;
        if (word.term) return true;
        if (spec_.length == 1 && filter_.stop_words.contains(word.folded)) return false;
        std::uint32_t length = 0;
        bool chinese = false;
        for (std::size_t at = 0; at < word.folded.size(); at += utf8::length(word.folded[at])) {
            const char32_t c = utf8::at(word.folded, at);
            length += is_white_space(c) ? 0 : 1;
            chinese = chinese || is_han(c);
        }
        return length >= filter_.minimum_length.value_or(chinese ? 2 : 1);
    }

    // The words of an n-gram stand between blanks, and so do terms of several words.
    [[nodiscard]] bool is_in_codebook(const CountedWord& word) const {
        if (filter_.codebook->find(word.folded) != filter_.codebook->end()) return true;
        if (spec_.length == 1) return false;
        const std::string whole = " " + word.folded + " ";
        for (std::size_t begin = 0; begin + 1 < whole.size(); begin = whole.find(' ', begin + 1)) {
            for (std::size_t end = whole.find(' ', begin + 1); end != std::string::npos; end = whole.find(' ', end + 1)) {
                if (filter_.codebook->find(std::string_view(whole).substr(begin + 1, end - begin - 1)) != filter_.codebook->end()) return true;
            }
        }
        return false;
    }

    void add_codebook_heading() {
        if (filter_.codebook) table_.columns.emplace_back(words_.codebook);
    }

    TableRow& add_row(const CountedWord& word) {
        TableRow row;
        row.code = word.folded;
        row.path = {word.shown};
        if (filter_.codebook) row.cells.emplace_back(std::string(is_in_codebook(word) ? words_.yes : words_.no));
        table_.rows.push_back(std::move(row));
        return table_.rows.back();
    }

    void add_general_notes() {
        table_.notes.push_back(tokens_note(spec_.language, counts_.tokens, counts_.documents, counts_.participants, spec_.numbers));
        if (spec_.length > 1) table_.notes.push_back(sequence_note(spec_.language, spec_.length));
        table_.notes.push_back(stop_words_note(spec_.language, filter_.stop_words.size(), filter_.own_stop_words, filter_.stop_words.sha256()));
        if (!filter_.minimum_length && spec_.length == 1) table_.notes.push_back(one_character_note(spec_.language));
        table_.notes.push_back(segmenter_note(spec_.language, spec_.segmenter));
        if (!spec_.skipped.empty()) table_.notes.push_back(skipped_note(spec_.language, spec_.skipped));
    }

    const WordCounts& counts_;
    const WordTableSpec& spec_;
    const WordFilter& filter_;
    const WordWording& words_;
    const Wording& common_;
    Table table_;
};

class FrequencyTable : private TableBase {
 public:
    FrequencyTable(const WordCounts& counts, const WordColumns& columns, const WordTableSpec& spec) : TableBase(counts, spec), columns_(columns) {}

    Table run() {
        table_.title = words_.frequency_title;
        add_codebook_heading();
        table_.columns.insert(table_.columns.end(), {words_.frequency, words_.per_ten_thousand, words_.documents, words_.document_share});
        if (spec_.dispersion) table_.columns.insert(table_.columns.end(), {"D", "DP"});
        std::vector<std::string> names;
        if (!spec_.by.empty()) names = printed_names(columns_, spec_.language);
        for (const std::string& name : names) {
            // A group may be called D.
            const bool taken = std::find(table_.columns.begin(), table_.columns.end(), name) != table_.columns.end();
            table_.columns.push_back(taken ? name + " " + words_.frequency : name);
        }
        std::vector<const CountedWord*> listed;
        for (const CountedWord& word : counts_.words) {
            if (word.frequency >= filter_.minimum_count && is_listed(word)) listed.push_back(&word);
        }
        std::stable_sort(listed.begin(), listed.end(), [](const CountedWord* a, const CountedWord* b) { return a->frequency > b->frequency; });
        if (filter_.top) listed.resize(std::min(listed.size(), *filter_.top));
        for (const CountedWord* word : listed) add(*word);
        add_notes(names);
        return std::move(table_);
    }

 private:
    void add(const CountedWord& word) {
        TableRow& row = add_row(word);
        row.cells.emplace_back(word.frequency);
        row.cells.push_back(per_ten_thousand(word.frequency, counts_.tokens));
        row.cells.emplace_back(word.documents);
        row.cells.emplace_back(Percentage{word.documents, counts_.documents, rounded_half_up(word.documents, counts_.documents, kShareDecimals)});
        if (!spec_.dispersion && spec_.by.empty()) return;
        parts_.clear();
        for (const std::uint64_t tokens : columns_.tokens) parts_.push_back({0, tokens});
        for (const PartCount& part : word.parts) parts_[columns_.column_of_part[part.part]].frequency += part.frequency;
        if (spec_.dispersion) {
            row.cells.push_back(decimal(juilland_d(parts_), kDispersionDecimals));
            row.cells.push_back(decimal(deviation_of_proportions(parts_), kDispersionDecimals));
        }
        if (spec_.by.empty()) return;
        for (const PartFrequency& part : parts_) row.cells.emplace_back(part.frequency);
    }

    void add_notes(const std::vector<std::string>& names) {
        add_general_notes();
        if (!names.empty()) {
            std::string list;
            const char* const comma = spec_.language == Language::english ? ", " : "，";
            for (std::size_t i = 0; i < names.size(); ++i) list += (i > 0 ? comma : "") + names[i] + " " + std::to_string(columns_.tokens[i]);
            table_.notes.push_back(column_tokens_note(spec_.language, list));
            if (columns_.names.back().empty()) table_.notes.push_back(nobody_tokens_note(spec_.language, columns_.tokens.back()));
        }
        if (spec_.dispersion) table_.notes.push_back(dispersion_note(spec_.language, columns_.names.size(), spec_.by.empty()));
    }

    const WordColumns& columns_;
    std::vector<PartFrequency> parts_;
};

class KeynessTable : private TableBase {
 public:
    KeynessTable(const WordCounts& counts, const WordColumns& columns, std::size_t key, const WordTableSpec& spec) : TableBase(counts, spec), columns_(columns), key_(key) {}

    Table run() {
        const std::string group = printed_names(columns_, spec_.language)[key_];
        table_.title = words_.keyness_title + std::string(common_.colon) + group + words_.against;
        add_codebook_heading();
        for (const char* whose : {words_.in_group, words_.in_rest}) {
            for (const char* what : {words_.frequency, words_.per_ten_thousand}) table_.columns.push_back(std::string(whose) + what);
        }
        table_.columns.insert(table_.columns.end(), {words_.log_likelihood, words_.log_ratio, "%DIFF", "BIC", "p"});
        std::vector<Entry> entries;
        for (const CountedWord& word : counts_.words) {
            if (word.frequency < filter_.minimum_count || !is_listed(word)) continue;
            const KeynessCounts counts = counts_of(word);
            entries.push_back({&word, counts, direction(counts) * log_likelihood_four_cells(counts)});
        }
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.signed_statistic > b.signed_statistic; });
        if (filter_.top) keep_ends(entries);
        for (const Entry& entry : entries) add(entry);
        add_general_notes();
        table_.notes.push_back(keyness_note(spec_.language, columns_.tokens[key_], counts_.tokens - columns_.tokens[key_]));
        table_.notes.push_back(keyness_size_note(spec_.language));
        return std::move(table_);
    }

 private:
    struct Entry {
        const CountedWord* word = nullptr;
        KeynessCounts counts;
        double signed_statistic = 0;
    };

    [[nodiscard]] KeynessCounts counts_of(const CountedWord& word) const {
        KeynessCounts counts{0, word.frequency, columns_.tokens[key_], counts_.tokens - columns_.tokens[key_]};
        for (const PartCount& part : word.parts) {
            if (columns_.column_of_part[part.part] == key_) counts.group += part.frequency;
        }
        counts.rest -= counts.group;
        return counts;
    }

    // Those of no direction are key neither way.
    void keep_ends(std::vector<Entry>& entries) const {
        std::vector<Entry> kept;
        std::size_t over = 0;
        while (over < entries.size() && over < *filter_.top && direction(entries[over].counts) > 0) kept.push_back(entries[over++]);
        std::size_t under = entries.size();
        while (under > over && entries.size() - under < *filter_.top && direction(entries[under - 1].counts) < 0) --under;
        kept.insert(kept.end(), entries.begin() + static_cast<std::ptrdiff_t>(under), entries.end());
        entries = std::move(kept);
    }

    void add(const Entry& entry) {
        TableRow& row = add_row(*entry.word);
        const KeynessCounts& counts = entry.counts;
        row.cells.emplace_back(counts.group);
        row.cells.push_back(per_ten_thousand(counts.group, counts.group_size));
        row.cells.emplace_back(counts.rest);
        row.cells.push_back(per_ten_thousand(counts.rest, counts.rest_size));
        row.cells.push_back(decimal(entry.signed_statistic));
        row.cells.push_back(decimal(log_ratio(counts)));
        row.cells.push_back(decimal(percent_difference(counts), 1));
        row.cells.push_back(decimal(bayes_factor(counts)));
        row.cells.push_back(decimal(chi_square_p(log_likelihood_four_cells(counts)), kProbabilityDecimals));
    }

    const WordColumns& columns_;
    std::size_t key_;
};

class CollocationTable : private TableBase {
 public:
    CollocationTable(const WordCounts& counts, const WordTableSpec& spec) : TableBase(counts, spec) {}

    Table run() {
        table_.title = words_.collocation_title + std::string(common_.colon) + spec_.node;
        add_codebook_heading();
        table_.columns.insert(table_.columns.end(), {words_.together, words_.frequency, words_.expected, words_.log_likelihood, "MI", "logDice", words_.left, words_.right});
        std::vector<Entry> entries;
        for (const CountedWord& word : counts_.words) {
            const std::uint64_t together = word.left + word.right;
            if (together == 0 || together < filter_.minimum_count || !is_listed(word)) continue;
            const CollocationCounts counts{together, counts_.node, word.frequency, counts_.tokens, counts_.window_tokens};
            entries.push_back({&word, counts, direction(counts) * log_likelihood(counts)});
        }
        std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.signed_statistic > b.signed_statistic; });
        if (filter_.top) entries.resize(std::min(entries.size(), *filter_.top));
        for (const Entry& entry : entries) add(entry);
        add_general_notes();
        table_.notes.push_back(window_note(spec_.language, spec_.node, counts_.node, spec_.window, counts_.window_tokens));
        table_.notes.push_back(collocation_note(spec_.language));
        return std::move(table_);
    }

 private:
    struct Entry {
        const CountedWord* word = nullptr;
        CollocationCounts counts;
        double signed_statistic = 0;
    };

    void add(const Entry& entry) {
        TableRow& row = add_row(*entry.word);
        row.cells.emplace_back(entry.counts.together);
        row.cells.emplace_back(entry.counts.collocate);
        row.cells.push_back(decimal(expected_together(entry.counts)));
        row.cells.push_back(decimal(entry.signed_statistic));
        row.cells.push_back(decimal(mutual_information(entry.counts)));
        row.cells.push_back(decimal(log_dice(entry.counts)));
        row.cells.emplace_back(entry.word->left);
        row.cells.emplace_back(entry.word->right);
    }
};

}  // namespace

std::vector<std::string> printed_names(const WordColumns& columns, Language language) {
    std::vector<std::string> names = columns.names;
    if (!names.empty() && names.back().empty()) names.back() = wording(language).nobody;
    return names;
}

Table frequency_table(const WordCounts& counts, const WordColumns& columns, const WordTableSpec& spec) { return FrequencyTable(counts, columns, spec).run(); }

Table keyness_table(const WordCounts& counts, const WordColumns& columns, std::size_t key, const WordTableSpec& spec) {
    return KeynessTable(counts, columns, key, spec).run();
}

Table collocation_table(const WordCounts& counts, const WordTableSpec& spec) { return CollocationTable(counts, spec).run(); }

}  // namespace fangtan::analysis
