// SPDX-License-Identifier: Apache-2.0
//
// Counts codings into a matrix of rows (codes, or parents rolled up) and
// columns (participants, groups …). A document is counted at once and then
// forgotten; tallies of different documents add up, so threads and shards
// count apart.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/coding/coding_set.hpp"

namespace fangtan {

// Which rows a code counts in.
struct RowPlan {
    std::size_t rows = 0;
    std::vector<std::vector<std::uint32_t>> rows_of_code;  // by code; ascending
    std::vector<bool> in_total;                            // by row: counts towards the total (subtotals do not)
};

// What is counted of a row in a column. `references` are distinct segments (document, start, end), however
// many codes or coders of the row hold them.
struct Counts {
    std::uint64_t references = 0;
    std::uint64_t documents = 0;
    std::uint64_t characters = 0;  // covered by at least one segment
    std::vector<bool> participants;

    [[nodiscard]] std::uint64_t participant_count() const;
};

// One coding of the document at hand.
struct TalliedCoding {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::uint32_t code = 0;
    std::uint32_t column = 0;
    std::uint32_t participant = kNobody;
};

class Tally {
 public:
    // `plan` must outlive the tally.
    explicit Tally(const RowPlan& plan);

    [[nodiscard]] std::uint32_t column(std::string_view name) { return columns_.number(name); }
    [[nodiscard]] std::uint32_t participant(std::string_view id) { return participants_.number(id); }

    // All codings of one document, in any order (they are sorted in place).
    void add_document(std::vector<TalliedCoding>& codings);

    // Adds what another tally of the same plan counted in other documents.
    void merge(const Tally& other);

    // Row plan.rows is the total over the rows that count towards it: references are added up, the others distinct.
    // An unknown column has counts of zero.
    [[nodiscard]] const Counts& at(std::size_t row, std::string_view column) const;
    [[nodiscard]] const Counts& over_all_columns(std::size_t row) const { return all_.counts[row]; }

 private:
    struct ColumnCounts {
        std::vector<Counts> counts;  // rows, then the total
    };
    // What a row and column have seen of the document at hand. Codings come sorted by start and end, so the last
    // segment is all that needs remembering.
    struct Running {
        std::uint64_t document = 0;
        std::uint32_t start = 0;
        std::uint32_t end = 0;
        std::uint32_t covered_to = 0;
    };

    void count(ColumnCounts& column, std::vector<Running>& running, const TalliedCoding& coding, std::span<const std::uint32_t> rows);
    static void add(ColumnCounts& to, const ColumnCounts& from, const std::vector<std::uint32_t>& participant_numbers);

    const RowPlan& plan_;
    NameList columns_;
    NameList participants_;
    std::vector<ColumnCounts> by_column_;
    ColumnCounts all_;
    std::vector<std::vector<Running>> running_;  // by column, then of all; of the document at hand
    std::uint64_t document_ = 0;
};

}  // namespace fangtan
