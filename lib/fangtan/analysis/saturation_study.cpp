// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/saturation_study.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "fangtan/base/draw.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/text/diagnostic_text.hpp"
#include "fangtan/text/natural_order.hpp"

namespace fangtan::analysis {
namespace {

// How often each number of codes was met: a million orders take no more room than one.
using Histogram = std::vector<std::uint64_t>;

double percentile(const Histogram& counts, std::uint64_t all, double share) {
    const double place = share * static_cast<double>(all - 1);
    const auto below = static_cast<std::uint64_t>(place);
    const auto at = [&](std::uint64_t rank) {
        std::uint64_t passed = 0;
        for (std::size_t value = 0; value < counts.size(); ++value) {
            passed += counts[value];
            if (passed > rank) return static_cast<double>(value);
        }
        return static_cast<double>(counts.size() - 1);
    };
    const double low = at(below);
    return below + 1 >= all ? low : low + (place - static_cast<double>(below)) * (at(below + 1) - low);
}

class OrderDrawing {
 public:
    // `codes`: of the interviews in question, numbered from 0 to below `different`.
    OrderDrawing(const InterviewCodes& codes, std::size_t different, const SaturationStudySpec& spec)
        : codes_(codes), spec_(spec), seen_(different, 0), counts_(codes.size(), Histogram(different + 1, 0)), reached_at_(codes.size(), 0) {}

    OrderBand run() {
        std::vector<std::size_t> order(codes_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        Draw draw(spec_.seed);
        for (std::uint64_t round = 1; round <= spec_.orders; ++round) {
            // Fisher & Yates; from the order of the round before, which is as good as any.
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[draw.below(i)]);
            take(order, round);
        }
        OrderBand band;
        std::uint64_t reached = 0;
        for (std::size_t i = 0; i < codes_.size(); ++i) {
            band.low.push_back(percentile(counts_[i], spec_.orders, kBandLow));
            band.middle.push_back(percentile(counts_[i], spec_.orders, 0.5));
            band.high.push_back(percentile(counts_[i], spec_.orders, kBandHigh));
            band.reached.push_back(reached += reached_at_[i]);
        }
        return band;
    }

 private:
    void take(const std::vector<std::size_t>& order, std::uint64_t round) {
        std::vector<std::uint64_t> new_by_interview;
        std::size_t together = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::size_t before = together;
            for (const std::uint32_t code : codes_[order[i]]) {
                together += seen_[code] == round ? 0 : 1;
                seen_[code] = round;
            }
            new_by_interview.push_back(together - before);
            ++counts_[i][together];
        }
        const Saturation result = saturation(new_by_interview, {spec_.base, spec_.runs[0], spec_.threshold});
        if (result.saturated_after) ++reached_at_[*result.saturated_after + spec_.runs[0] - 1];
    }

    const InterviewCodes& codes_;
    const SaturationStudySpec& spec_;
    std::vector<std::uint64_t> seen_;  // by code: the round that met it last
    std::vector<Histogram> counts_;
    std::vector<std::uint64_t> reached_at_;
};

// Codes deeper than the level count in their ancestor there.
std::vector<std::uint32_t> counted_as(const CodingSet& set, const std::optional<std::uint32_t>& level) {
    std::vector<std::uint32_t> result(set.codes.size());
    for (std::uint32_t code = 0; code < set.codes.size(); ++code) {
        const CodeEntry& entry = set.codes[code];
        result[code] = level && entry.path.size() > *level && entry.parent ? result[*entry.parent] : code;
    }
    return result;
}

void check(const SaturationStudySpec& spec) {
    if (spec.runs.empty()) throw Error(ErrorKind::usage, "", "no run was given; the base-and-run method needs one");
    if (spec.s_times == 0) throw Error(ErrorKind::usage, "", "S must reach its share at least once");
    for (const std::size_t run : spec.runs) static_cast<void>(saturation({}, {spec.base, run, spec.threshold}));  // throws what is wrong with it
}

}  // namespace

SaturationStudy::Verdict SaturationStudy::verdict() const {
    const Saturation& deciding = runs.front();
    if (deciding.runs.empty() || deciding.base_codes == 0) return Verdict::cannot_say;
    return deciding.saturated_after ? Verdict::saturated : Verdict::not_saturated;
}

std::vector<std::size_t> SaturationStudy::without_codes() const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (codes[i].empty()) result.push_back(i);
    }
    return result;
}

std::vector<std::string> interview_ids(const CodingSet& set, InterviewUnit unit) {
    std::vector<std::uint32_t> documents(set.documents.size());
    std::iota(documents.begin(), documents.end(), 0U);
    std::stable_sort(documents.begin(), documents.end(), [&](std::uint32_t a, std::uint32_t b) { return natural_less(set.documents[a].id, set.documents[b].id); });
    std::vector<std::string> ids;
    if (unit == InterviewUnit::document) {
        for (const std::uint32_t document : documents) ids.push_back(set.documents[document].id);
        return ids;
    }
    std::vector<std::vector<std::uint32_t>> people(set.documents.size());
    for (std::size_t i = 0; i < set.documents.size(); ++i) {
        people[i] = set.documents[i].participants;
        for (const SpeechEntry& speech : set.documents[i].speech) people[i].push_back(speech.participant);
    }
    for (const CodingEntry& coding : set.codings) people[coding.document].push_back(coding.participant);
    std::vector<bool> met(set.participants.size(), false);
    for (const std::uint32_t document : documents) {
        for (const std::uint32_t participant : people[document]) {
            if (participant == kNobody || met[participant]) continue;
            met[participant] = true;
            ids.push_back(set.participants[participant].id);
        }
    }
    return ids;
}

std::vector<std::string> interview_ids_by_date(const CodingSet& set, InterviewUnit unit, std::vector<std::string>& undated) {
    std::map<std::string, std::string, std::less<>> dates;
    const auto add = [&](const std::string& id, const std::string& date) {
        const auto [known, is_new] = dates.emplace(id, date);
        if (!is_new && !date.empty() && (known->second.empty() || date < known->second)) known->second = date;
    };
    for (const DocumentEntry& document : set.documents) {
        if (unit == InterviewUnit::document) {
            add(document.id, document.date);
        } else {
            for (const std::uint32_t person : document.participants) add(set.participants[person].id, document.date);
        }
    }
    std::vector<std::string> ids = interview_ids(set, unit);
    for (const std::string& id : ids) {
        if (dates[id].empty()) undated.push_back(id);
    }
    std::stable_sort(ids.begin(), ids.end(), [&](const std::string& a, const std::string& b) { return dates[a] < dates[b]; });
    return ids;
}

std::optional<std::vector<std::string>> read_interview_order(std::string_view text, const std::string& file, const std::vector<std::string>& known,
                                                             Diagnostics& diagnostics) {
    const std::set<std::string, std::less<>> names(known.begin(), known.end());
    std::map<std::string, std::uint32_t> lines;
    std::vector<std::string> order;
    const std::size_t errors = diagnostics.errors();
    std::uint32_t number = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        const std::size_t from = line.find_first_not_of(" \t\r");
        if (from == std::string_view::npos) continue;
        const std::string id(line.substr(from, line.find_last_not_of(" \t\r") + 1 - from));
        const Position position{number, static_cast<std::uint32_t>(from + 1)};  // what stands before it is one byte each
        if (!names.contains(id) && id.starts_with('#')) continue;
        if (!names.contains(id)) {
            const std::string near = nearest(id, known);
            diagnostics.error(file, position, "there is no interview \"" + id + "\" in the codings; " +
                                                  (near.empty() ? "a line holds one id, as the codings name it" : "did you mean \"" + near + "\"?"), std::string(line));
        } else if (const auto [place, added] = lines.emplace(id, number); !added) {
            diagnostics.error(file, position, "\"" + id + "\" stands in line " + std::to_string(place->second) + " already; every interview is named once", std::string(line));
        } else {
            order.push_back(id);
        }
    }
    std::string missing;
    for (const std::string& id : known) {
        if (!lines.contains(id)) missing += (missing.empty() ? "" : ", ") + id;
    }
    if (!missing.empty()) diagnostics.error(file, {}, "these interviews of the codings are missing: " + missing + "; add each in its place");
    return diagnostics.errors() > errors ? std::nullopt : std::optional(std::move(order));
}

SaturationStudy saturation_study(const CodingSet& set, const SaturationStudySpec& spec) {
    check(spec);
    SaturationStudy study;
    study.spec = spec;
    const std::vector<std::string> known = interview_ids(set, spec.unit);
    study.interviews = spec.order.empty() ? known : spec.order;
    std::map<std::string, std::size_t, std::less<>> place;
    for (std::size_t i = 0; i < study.interviews.size(); ++i) place.emplace(study.interviews[i], i);
    if (place.size() != known.size() || !std::all_of(known.begin(), known.end(), [&](const std::string& id) { return place.contains(id); })) {
        throw Error(ErrorKind::internal, "", "the order of the interviews does not name each of them once");
    }

    const std::vector<std::uint32_t> code_of = counted_as(set, spec.level);
    std::vector<std::set<std::uint32_t>> codes(study.interviews.size());
    for (const CodingEntry& coding : set.codings) {
        if (!is_counted(coding.status, spec.status)) {
            study.rejected += coding.status == CodingStatus::rejected ? 1 : 0;
        } else if (spec.unit == InterviewUnit::participant && coding.participant == kNobody) {
            ++study.nobodys;
        } else {
            const std::string& id = spec.unit == InterviewUnit::document ? set.documents[coding.document].id : set.participants[coding.participant].id;
            codes[place.find(id)->second].insert(code_of[coding.code]);
        }
    }
    std::set<std::uint32_t> together;
    for (const std::set<std::uint32_t>& here : codes) {
        study.codes.emplace_back(here.begin(), here.end());
        std::vector<std::uint32_t>& first = study.first.emplace_back();
        for (const std::uint32_t code : here) {
            if (together.insert(code).second) first.push_back(code);
        }
        study.cumulative.push_back(together.size());
    }
    study.steps = saturation_steps(study.codes);

    const std::size_t all = study.interviews.size();
    const std::size_t held = spec.hold_out_third ? all / 3 : spec.hold_out;
    if (spec.hold_out_third && held == 0) throw Error(ErrorKind::usage, "", "a third of " + std::to_string(all) + " interviews is none; nothing can be held back");
    if (held > 0 && held >= all) {
        throw Error(ErrorKind::usage, "", "of " + std::to_string(all) + " interviews " + std::to_string(held) + " cannot be held back; at least one must stay");
    }
    study.spec.hold_out = held;
    study.studied = all - held;
    for (std::size_t i = study.studied; i < all; ++i) study.held_out_new.insert(study.held_out_new.end(), study.first[i].begin(), study.first[i].end());
    std::sort(study.held_out_new.begin(), study.held_out_new.end());

    const InterviewCodes studied(study.codes.begin(), study.codes.begin() + static_cast<std::ptrdiff_t>(study.studied));
    for (const std::size_t run : spec.runs) study.runs.push_back(saturation(new_codes(studied), {spec.base, run, spec.threshold}));
    study.s_saturated_at = saturated_at(saturation_steps(studied), kSaturationShare, spec.s_times);
    if (spec.orders > 0 && study.studied > 0) {
        std::map<std::uint32_t, std::uint32_t> numbers;
        InterviewCodes numbered = studied;
        for (std::vector<std::uint32_t>& here : numbered) {
            for (std::uint32_t& code : here) code = numbers.emplace(code, static_cast<std::uint32_t>(numbers.size())).first->second;
        }
        study.band = OrderDrawing(numbered, numbers.size(), spec).run();
    }
    return study;
}

}  // namespace fangtan::analysis
