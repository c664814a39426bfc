// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/tabulate_filter.hpp"
#include "fangtan/analysis/comparison.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "fangtan/analysis/field_pattern.hpp"
#include "fangtan/analysis/keyness.hpp"
#include "fangtan/analysis/tally.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/natural_order.hpp"

namespace fangtan::analysis {
namespace {

__extension__ using Wide = unsigned __int128;

// Columns of the tally; a coding of neither group is not added.
constexpr std::array<const char*, 2> kColumn = {"1", "2"};
constexpr std::uint8_t kNeither = 2;

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string perhaps(const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest(word, known);
    return near.empty() ? "" : "; did you mean " + near + "?";
}

class Comparer {
 public:
    Comparer(const CodingSet& set, const ComparisonSpec& spec) : set_(set), by_documents_(!spec.documents[0].empty() || !spec.documents[1].empty()) { result_.spec = spec; }

    Comparison run() {
        if (!(spec().confidence > 0 && spec().confidence < 1)) throw Error(ErrorKind::usage, "--confidence", "must lie between 0 and 1");
        find_people();
        by_documents_ ? choose_documents() : choose_groups();
        TabulateSpec rows;
        rows.level = result_.spec.level;
        layout_ = lay_out_rows(set_.codes, rows);
        Tally tally(layout_.plan);
        for (const char* const column : kColumn) static_cast<void>(tally.column(column));
        count(tally);
        find_bases(tally);
        add_codes(tally);
        sort_codes();
        return std::move(result_);
    }

 private:
    [[nodiscard]] const ComparisonSpec& spec() const { return result_.spec; }

    // Who takes part: who speaks in a document or is coded there.
    void find_people() {
        people_.resize(set_.documents.size());
        for (std::size_t i = 0; i < set_.documents.size(); ++i) {
            const DocumentEntry& document = set_.documents[i];
            people_[i].insert(document.participants.begin(), document.participants.end());
            for (const SpeechEntry& speech : document.speech) people_[i].insert(speech.participant);
        }
        for (const CodingEntry& coding : set_.codings) {
            if (is_counted(coding.status, spec().status)) people_[coding.document].insert(coding.participant);
        }
        for (std::set<std::uint32_t>& here : people_) here.erase(kNobody);
    }

    void choose_groups() {
        const std::string& by = spec().by;
        std::vector<std::string> known = known_dimensions(set_.participants);
        std::erase_if(known, [](const std::string& name) { return name == "document" || name == "speaker" || name == "coder"; });
        if (std::find(known.begin(), known.end(), by) == known.end()) {
            throw Error(ErrorKind::usage, "--by " + by, "no participant has this attribute; known are " + listed(known) + perhaps(by, known));
        }
        std::set<std::string, NaturalLess> values;
        for (const std::set<std::uint32_t>& here : people_) {
            for (const std::uint32_t participant : here) values.insert(attribute_of(set_.participants[participant], by));
        }
        values.erase(std::string());
        const std::vector<std::string> names(values.begin(), values.end());
        result_.names = spec().groups;
        if (result_.names[0].empty() && result_.names[1].empty()) {
            if (names.size() != 2) {
                throw Error(ErrorKind::usage, "--by " + by,
                            names.empty() ? "nobody who speaks or is coded has a value; two are needed"
                                          : (names.size() == 1 ? "there is only one value, " : "there are " + std::to_string(names.size()) + " values, ") + listed(names) +
                                                (names.size() == 1 ? "; two are needed" : "; choose two with --groups"));
            }
            result_.names = {names[0], names[1]};
        }
        for (const std::string& name : result_.names) {
            if (!values.contains(name)) throw Error(ErrorKind::usage, "--groups " + name, "nobody who speaks or is coded has this " + by + "; known are " + listed(names) + perhaps(name, names));
        }
        if (result_.names[0] == result_.names[1]) throw Error(ErrorKind::usage, "--groups " + result_.names[0], "is named twice; two different groups are compared");
        group_of_participant_.assign(set_.participants.size(), kNeither);
        for (std::size_t i = 0; i < set_.participants.size(); ++i) {
            const std::string value = attribute_of(set_.participants[i], by);
            if (value == result_.names[0]) group_of_participant_[i] = 0;
            if (value == result_.names[1]) group_of_participant_[i] = 1;
        }
    }

    void choose_documents() {
        result_.names = spec().documents;
        group_of_document_.assign(set_.documents.size(), kNeither);
        for (std::uint8_t group = 0; group < 2; ++group) {
            const FieldPattern pattern(result_.names[group]);
            const std::string option = std::string(group == 0 ? "--documents-first " : "--documents-second ") + result_.names[group];
            bool any = false;
            for (std::size_t i = 0; i < set_.documents.size(); ++i) {
                if (!pattern.fits(set_.documents[i].id)) continue;
                if (group_of_document_[i] != kNeither) throw Error(ErrorKind::usage, option, "fits " + set_.documents[i].id + ", and so does " + result_.names[0] + "; a document belongs to one side");
                group_of_document_[i] = group;
                any = true;
            }
            if (!any) throw Error(ErrorKind::usage, option, "fits no document");
        }
    }

    [[nodiscard]] std::uint8_t group_of(std::uint32_t document, std::uint32_t participant) const {
        if (by_documents_) return group_of_document_[document];
        return participant == kNobody ? kNeither : group_of_participant_[participant];
    }

    void count(Tally& tally) {
        std::vector<std::vector<TalliedCoding>> documents(set_.documents.size());
        for (const CodingEntry& coding : set_.codings) {
            if (!is_counted(coding.status, spec().status)) {
                result_.rejected += coding.status == CodingStatus::rejected ? 1 : 0;
                continue;
            }
            const std::uint8_t group = group_of(coding.document, coding.participant);
            if (group == kNeither) {
                ++result_.elsewhere;
                continue;
            }
            const std::uint32_t person = coding.participant == kNobody ? kNobody : tally.participant(set_.participants[coding.participant].id);
            documents[coding.document].push_back({coding.start, coding.end, coding.code, tally.column(kColumn[group]), person});
        }
        for (std::vector<TalliedCoding>& codings : documents) tally.add_document(codings);
    }

    static std::uint64_t number(const Counts& counts, CountKind kind) {
        switch (kind) {
            case CountKind::references: return counts.references;
            case CountKind::documents: return counts.documents;
            case CountKind::participants: return counts.participant_count();
            case CountKind::characters: break;
        }
        return counts.characters;
    }

    void find_bases(const Tally& tally) {
        for (std::uint8_t group = 0; group < 2; ++group) {
            std::uint64_t& base = result_.bases[group];
            switch (spec().count) {
                case CountKind::references: base = tally.at(layout_.plan.rows, kColumn[group]).references; break;
                case CountKind::documents:
                    for (std::uint32_t i = 0; i < people_.size(); ++i) base += speaks_in(i, group) ? 1 : 0;
                    break;
                case CountKind::participants: {
                    std::set<std::uint32_t> members;
                    for (std::uint32_t i = 0; i < people_.size(); ++i) {
                        for (const std::uint32_t person : people_[i]) {
                            if (group_of(i, person) == group) members.insert(person);
                        }
                    }
                    base = members.size();
                    break;
                }
                case CountKind::characters: base = characters_of(group); break;
            }
        }
    }

    [[nodiscard]] bool speaks_in(std::uint32_t document, std::uint8_t group) const {
        if (by_documents_) return group_of_document_[document] == group;
        const std::set<std::uint32_t>& here = people_[document];
        return std::any_of(here.begin(), here.end(), [&](std::uint32_t person) { return group_of_participant_[person] == group; });
    }

    // 0 if a document in which the group takes part does not say who said how much.
    std::uint64_t characters_of(std::uint8_t group) {
        std::uint64_t characters = 0;
        bool known = true;
        for (std::uint32_t i = 0; i < set_.documents.size(); ++i) {
            if (!speaks_in(i, group)) continue;
            known = known && !set_.documents[i].speech.empty();
            for (const SpeechEntry& speech : set_.documents[i].speech) {
                if (group_of(i, speech.participant) == group) characters += speech.characters;
            }
        }
        result_.speech_unknown = result_.speech_unknown || !known;
        return known ? characters : 0;
    }

    void add_codes(const Tally& tally) {
        const auto [first, second] = std::pair(result_.bases[0], result_.bases[1]);
        for (std::size_t row = 0; row < layout_.rows.size(); ++row) {
            ComparedCode code;
            code.code = layout_.rows[row].code;
            code.own = layout_.rows[row].kind == RowLayout::Kind::own;
            for (std::size_t group = 0; group < 2; ++group) code.counts[group] = number(tally.at(row, kColumn[group]), spec().count);
            const std::uint64_t together = code.counts[0] + code.counts[1];
            if (together < spec().minimum || (code.own && together == 0)) continue;
            // Codings of what was not taken for speech can be more than all that was said.
            if (first > 0 && second > 0 && code.counts[0] <= first && code.counts[1] <= second) {
                const KeynessCounts counts{code.counts[0], code.counts[1], first, second};
                code.difference = static_cast<double>(code.counts[0]) / static_cast<double>(first) - static_cast<double>(code.counts[1]) / static_cast<double>(second);
                code.interval = newcombe_interval(code.counts[0], first, code.counts[1], second, spec().confidence);
                code.g2 = log_likelihood_two_cells(counts);
                code.p = chi_square_p(*code.g2);
                code.bayes_factor = bayes_factor(counts);
                code.log_ratio = log_ratio(counts);
            }
            result_.codes.push_back(code);
        }
    }

    // |difference| times both bases, in whole numbers: equal differences must not be told apart by rounding.
    [[nodiscard]] Wide distance(const ComparedCode& code) const {
        const Wide first = Wide{code.counts[0]} * result_.bases[1];
        const Wide second = Wide{code.counts[1]} * result_.bases[0];
        return first > second ? first - second : second - first;
    }

    void sort_codes() {
        if (spec().order == ComparisonOrder::codebook) return;
        std::stable_sort(result_.codes.begin(), result_.codes.end(), [&](const ComparedCode& a, const ComparedCode& b) {
            if (a.difference.has_value() != b.difference.has_value()) return a.difference.has_value();
            if (!a.difference) return false;
            return spec().order == ComparisonOrder::g2 ? *a.g2 > *b.g2 : distance(a) > distance(b);
        });
    }

    const CodingSet& set_;
    bool by_documents_;
    Comparison result_;
    RowLayout layout_;
    std::vector<std::set<std::uint32_t>> people_;   // by document
    std::vector<std::uint8_t> group_of_participant_;
    std::vector<std::uint8_t> group_of_document_;
};

}  // namespace

Comparison compare(const CodingSet& set, const ComparisonSpec& spec) { return Comparer(set, spec).run(); }

}  // namespace fangtan::analysis
