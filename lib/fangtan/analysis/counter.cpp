// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "fangtan/analysis/tabulate.hpp"

namespace fangtan::analysis {
namespace {

constexpr std::string_view kBetween = " / ";
constexpr std::string_view kMissing = "—";

// "民警 / 城北"; empty if none of the attributes has a value.
std::string column_of_attributes(const Participant& participant, const TabulateSpec& spec) {
    std::string column = attribute_of(participant, spec.by);
    if (spec.then_by.empty()) return column;
    bool any = !column.empty();
    if (!any) column = kMissing;
    for (const std::string& name : spec.then_by) {
        const std::string value = attribute_of(participant, name);
        any = any || !value.empty();
        column += kBetween;
        column += value.empty() ? std::string(kMissing) : value;
    }
    return any ? column : std::string();
}

bool is_about_people(const std::string& by) { return !by.empty() && by != "document" && by != "coder" && by != "speaker"; }

}  // namespace

RowLayout lay_out_rows(const std::vector<CodeEntry>& codes, const TabulateSpec& spec) {
    RowLayout layout;
    std::vector<bool> is_parent(codes.size(), false);
    for (const CodeEntry& code : codes) {
        if (code.parent) is_parent[*code.parent] = true;
    }
    const std::vector<bool> wanted = wanted_codes(codes, spec.filter);
    const auto level = [&](std::uint32_t code) { return codes[code].path.size(); };
    const auto rolled_up = [&](std::uint32_t code) { return spec.level && level(code) > *spec.level; };
    std::vector<std::optional<std::uint32_t>> own(codes.size());
    std::vector<std::optional<std::uint32_t>> subtotal(codes.size());
    // A code that is not wanted has a row only if one that is counts in it.
    std::vector<bool> shown_row = wanted;
    for (std::uint32_t code = 0; code < codes.size(); ++code) {
        std::uint32_t above = code;
        while (rolled_up(above) && codes[above].parent) above = *codes[above].parent;
        if (wanted[code]) shown_row[above] = true;
    }
    for (std::uint32_t code = 0; code < codes.size(); ++code) {
        if (rolled_up(code) || !shown_row[code]) continue;
        const bool has_rows_below = is_parent[code] && !(spec.level && level(code) >= *spec.level);
        if (has_rows_below && spec.parents) {
            subtotal[code] = static_cast<std::uint32_t>(layout.rows.size());
            layout.rows.push_back({code, RowLayout::Kind::subtotal});
        }
        own[code] = static_cast<std::uint32_t>(layout.rows.size());
        layout.rows.push_back({code, has_rows_below ? RowLayout::Kind::own : RowLayout::Kind::code});
    }
    layout.plan.rows = layout.rows.size();
    for (const RowLayout::Row& row : layout.rows) layout.plan.in_total.push_back(row.kind != RowLayout::Kind::subtotal);
    for (std::uint32_t code = 0; code < codes.size(); ++code) {
        std::uint32_t shown = code;
        while (rolled_up(shown) && codes[shown].parent) shown = *codes[shown].parent;
        std::vector<std::uint32_t> rows;
        if (!wanted[code]) {
            layout.plan.rows_of_code.emplace_back();
            continue;
        }
        if (own[shown]) rows.push_back(*own[shown]);
        for (std::optional<std::uint32_t> above = shown; above; above = codes[*above].parent) {
            if (subtotal[*above]) rows.push_back(*subtotal[*above]);
        }
        std::sort(rows.begin(), rows.end());
        layout.plan.rows_of_code.push_back(std::move(rows));
    }
    return layout;
}

Counter::Counter(const RowLayout& layout, const TabulateSpec& spec, const std::vector<Participant>& known)
    : layout_(layout), spec_(spec), known_(known), tally_(layout.plan), filter_(spec.filter, known) {
    for (const Participant& participant : known) known_by_id_.emplace(participant.id, &participant);
}

const std::string& Counter::column_of(std::string_view participant) {
    const auto found = column_of_participant_.find(participant);
    if (found != column_of_participant_.end()) return found->second;
    const auto listed = known_by_id_.find(participant);
    std::string column;
    if (is_about_people(spec_.by)) {
        column = column_of_attributes(listed != known_by_id_.end() ? *listed->second : Participant{std::string(participant), group_of_id(participant), {}, {}}, spec_);
    }
    return column_of_participant_.emplace(std::string(participant), std::move(column)).first->second;
}

bool Counter::takes(const DocumentFacts& document, const CountedCoding& coding) const {
    return !layout_.plan.rows_of_code[coding.code].empty() && (filter_.empty() || filter_.takes(document.id, coding));
}

void Counter::add(const DocumentFacts& document, const std::vector<CountedCoding>& codings) {
    if (spec_.filter.empty()) return count(document, codings);
    const std::optional<DocumentFacts> reduced = filter_.reduced(document, codings, kept_);
    std::erase_if(kept_, [&](const CountedCoding& coding) { return layout_.plan.rows_of_code[coding.code].empty(); });
    if (reduced) count(*reduced, kept_);
}

void Counter::count(const DocumentFacts& document, const std::vector<CountedCoding>& codings) {
    ++all_.documents;
    if (!document.date.empty()) note_dates(1, document.date, document.date);
    std::uint64_t spoken = 0;
    std::set<std::string> columns;
    for (const std::string_view participant : document.participants) columns.insert(column_of(participant));
    for (const auto& [participant, characters] : document.speech) {
        spoken += characters;
        const std::string column = participant.empty() ? std::string() : column_of(participant);
        columns.insert(column);
        if (is_about_people(spec_.by)) columns_[column].characters += characters;
    }
    all_.characters += document.speech_known ? spoken : document.characters;
    speech_known_ = speech_known_ && document.speech_known;
    if (is_about_people(spec_.by)) {
        for (const std::string& column : columns) ++columns_[column].documents;
    } else if (spec_.by == "document") {
        columns_[std::string(document.id)] = {1, document.speech_known ? spoken : document.characters};
    }
    scratch_.clear();
    const CountedCoding* before = nullptr;
    Place place;
    for (const CountedCoding& coding : codings) {
        // Codings of one person follow each other.
        const bool same = before != nullptr && before->participant == coding.participant && before->speaker == coding.speaker && before->coder == coding.coder;
        if (!same) place = place_of(document, coding);
        before = &coding;
        without_column_ += place.nowhere ? 1 : 0;
        scratch_.push_back({coding.start, coding.end, coding.code, place.column, place.participant});
    }
    tally_.add_document(scratch_);
}

Counter::Place Counter::place_of(const DocumentFacts& document, const CountedCoding& coding) {
    Place place;
    if (!coding.participant.empty()) {
        (void)column_of(coding.participant);
        place.participant = tally_.participant(coding.participant);
    }
    std::string_view column;
    if (spec_.by == "document") {
        column = document.id;
    } else if (spec_.by == "coder") {
        column = coding.coder;
    } else if (spec_.by == "speaker") {
        column = coding.speaker.empty() ? coding.participant : coding.speaker;
    } else if (!coding.participant.empty()) {
        column = column_of(coding.participant);
    }
    place.nowhere = column.empty() && !spec_.by.empty();
    if (!spec_.by.empty()) columns_.try_emplace(std::string(column));
    place.column = tally_.column(column);
    return place;
}

void Counter::note_dates(std::uint64_t documents, std::string_view first, std::string_view last) {
    if (dated_ == 0 || first < first_date_) first_date_ = first;
    if (dated_ == 0 || last > last_date_) last_date_ = last;
    dated_ += documents;
}

void Counter::merge(const Counter& other) {
    tally_.merge(other.tally_);
    for (const auto& [name, base] : other.columns_) {
        columns_[name].documents += base.documents;
        columns_[name].characters += base.characters;
    }
    for (const auto& entry : other.column_of_participant_) column_of_participant_.insert(entry);
    all_.documents += other.all_.documents;
    if (other.dated_ > 0) note_dates(other.dated_, other.first_date_, other.last_date_);
    all_.characters += other.all_.characters;
    speech_known_ = speech_known_ && other.speech_known_;
    without_column_ += other.without_column_;
    filter_.merge(other.filter_);
    rejected += other.rejected;
    skipped.insert(skipped.end(), other.skipped.begin(), other.skipped.end());
}

bool is_counted(CodingStatus status, StatusChoice choice) {
    switch (choice) {
        case StatusChoice::all: return true;
        case StatusChoice::proposed: return status == CodingStatus::proposed;
        case StatusChoice::accepted: return status == CodingStatus::accepted;
        case StatusChoice::not_rejected: break;
    }
    return status != CodingStatus::rejected;
}

std::vector<std::string> known_dimensions(const std::vector<Participant>& participants) {
    std::vector<std::string> names = {"participant", "group", "role", "document", "speaker", "coder"};
    for (const Participant& participant : participants) {
        for (const auto& attribute : participant.attributes) {
            if (std::find(names.begin(), names.end(), attribute.first) == names.end()) names.push_back(attribute.first);
        }
    }
    return names;
}

}  // namespace fangtan::analysis
