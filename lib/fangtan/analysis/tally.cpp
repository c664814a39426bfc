// SPDX-License-Identifier: Apache-2.0
#include "fangtan/analysis/tally.hpp"

#include <algorithm>
#include <tuple>

namespace fangtan {

std::uint64_t Counts::participant_count() const {
    return static_cast<std::uint64_t>(std::count(participants.begin(), participants.end(), true));
}

Tally::Tally(const RowPlan& plan) : plan_(plan), running_(1) { all_.counts.resize(plan.rows + 1); }

void Tally::count(ColumnCounts& column, std::vector<Running>& running, const TalliedCoding& coding, std::span<const std::uint32_t> rows) {
    const auto visit = [&](std::size_t row, std::uint64_t new_references) {
        Counts& counts = column.counts[row];
        Running& seen = running[row];
        if (seen.document != document_) {
            seen = {document_, UINT32_MAX, 0, 0};
            ++counts.documents;
        }
        const bool same = seen.start == coding.start && seen.end == coding.end;
        const std::uint32_t from = std::max(coding.start, seen.covered_to);
        if (coding.end > from) counts.characters += coding.end - from;
        seen.covered_to = std::max(seen.covered_to, coding.end);
        seen.start = coding.start;
        seen.end = coding.end;
        counts.references += row == plan_.rows ? new_references : same ? 0 : 1;
        if (coding.participant != kNobody) {
            if (counts.participants.size() <= coding.participant) counts.participants.resize(coding.participant + std::size_t{1}, false);
            counts.participants[coding.participant] = true;
        }
        return !same;
    };
    std::uint64_t new_references = 0;
    bool any_in_total = false;
    for (const std::uint32_t row : rows) {
        const bool is_new = visit(row, 0);
        if (!plan_.in_total[row]) continue;
        any_in_total = true;
        new_references += is_new ? 1 : 0;
    }
    if (any_in_total) visit(plan_.rows, new_references);
}

void Tally::add_document(std::vector<TalliedCoding>& codings) {
    ++document_;
    std::sort(codings.begin(), codings.end(), [](const TalliedCoding& a, const TalliedCoding& b) {
        return std::tie(a.start, a.end, a.code, a.column, a.participant) < std::tie(b.start, b.end, b.code, b.column, b.participant);
    });
    by_column_.resize(columns_.size());
    running_.resize(columns_.size() + 1);
    for (const TalliedCoding& coding : codings) {
        const std::vector<std::uint32_t>& rows = plan_.rows_of_code[coding.code];
        ColumnCounts& column = by_column_[coding.column];
        column.counts.resize(plan_.rows + 1);
        std::vector<Running>& running = running_[coding.column + std::size_t{1}];
        running.resize(plan_.rows + 1);
        running_[0].resize(plan_.rows + 1);
        count(column, running, coding, rows);
        count(all_, running_[0], coding, rows);
    }
}

void Tally::add(ColumnCounts& to, const ColumnCounts& from, const std::vector<std::uint32_t>& participant_numbers) {
    if (to.counts.size() < from.counts.size()) to.counts.resize(from.counts.size());
    for (std::size_t row = 0; row < from.counts.size(); ++row) {
        Counts& sum = to.counts[row];
        const Counts& part = from.counts[row];
        sum.references += part.references;
        sum.documents += part.documents;
        sum.characters += part.characters;
        for (std::size_t i = 0; i < part.participants.size(); ++i) {
            if (!part.participants[i]) continue;
            const std::uint32_t number = participant_numbers[i];
            if (sum.participants.size() <= number) sum.participants.resize(number + std::size_t{1}, false);
            sum.participants[number] = true;
        }
    }
}

void Tally::merge(const Tally& other) {
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < other.participants_.size(); ++i) numbers.push_back(participants_.number(other.participants_.name(i)));
    for (std::uint32_t i = 0; i < other.by_column_.size(); ++i) {
        const std::uint32_t column = columns_.number(other.columns_.name(i));
        by_column_.resize(std::max<std::size_t>(by_column_.size(), column + std::size_t{1}));
        add(by_column_[column], other.by_column_[i], numbers);
    }
    add(all_, other.all_, numbers);
}

const Counts& Tally::at(std::size_t row, std::string_view column) const {
    static const Counts nothing;
    const auto number = columns_.find(column);
    if (!number || *number >= by_column_.size() || row >= by_column_[*number].counts.size()) return nothing;
    return by_column_[*number].counts[row];
}

}  // namespace fangtan
