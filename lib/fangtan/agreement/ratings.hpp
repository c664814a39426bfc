// SPDX-License-Identifier: Apache-2.0
//
// Who put which unit into which category: the input of every coefficient for
// units that are given. Units that were rated alike are kept once with their
// number, in an order of their own: results do not depend on the order of
// units, and their cost follows the number of different units.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace fangtan::agreement {

inline constexpr std::int32_t kMissing = -1;

// The categories in their order, which is the order of the scale where levels are ordinal.
struct Scale {
    std::vector<std::string> names;
    std::vector<double> values;  // one for each name, or none where categories are no numbers
    bool ordered = false;        // the order means something though there are no numbers

    [[nodiscard]] std::size_t size() const { return names.size(); }
};

// How often coder 1 said the row and coder 2 the column, over the units that both rated.
class Contingency {
 public:
    explicit Contingency(std::size_t categories) : size_(categories), cells_(categories * categories, 0) {}

    void add(std::size_t row, std::size_t column, std::uint64_t units) { cells_[row * size_ + column] += units; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::uint64_t at(std::size_t row, std::size_t column) const { return cells_[row * size_ + column]; }
    [[nodiscard]] std::uint64_t total() const;
    [[nodiscard]] std::vector<std::uint64_t> rows() const;     // totals by category of coder 1
    [[nodiscard]] std::vector<std::uint64_t> columns() const;  // … of coder 2
    // One category against all others: [0] is the category.
    [[nodiscard]] Contingency collapsed(std::size_t category) const;

 private:
    std::size_t size_;
    std::vector<std::uint64_t> cells_;
};

// A unit as the symmetric coefficients see it: how many coders chose which category.
struct UnitCounts {
    struct Entry {
        std::uint32_t category = 0;
        std::uint32_t coders = 0;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    std::span<const Entry> entries;  // ascending by category; coders > 0
    std::uint32_t ratings = 0;       // the sum of coders, at least 1
    std::uint64_t units = 0;         // how many units are like this
};

class Ratings {
 public:
    // `cells`: unit after unit, one cell for each coder: index of the category, or kMissing. `times`: how often each
    // unit occurs, or empty for once. Throws Error(internal) if the sizes do not fit or a category is out of range.
    // O(c log c) for c cells.
    Ratings(std::size_t coders, Scale scale, std::span<const std::int32_t> cells, std::span<const std::uint64_t> times = {});

    // Two coders from the table of both (rows: coder 1).
    [[nodiscard]] static Ratings from_table(Scale scale, const Contingency& table);

    [[nodiscard]] std::size_t coders() const { return coders_; }
    [[nodiscard]] std::size_t categories() const { return scale_.size(); }
    [[nodiscard]] const Scale& scale() const { return scale_; }

    [[nodiscard]] std::uint64_t units() const { return units_; }                 // with at least one rating
    [[nodiscard]] std::uint64_t pairable_units() const { return pairable_; }     // with at least two
    [[nodiscard]] std::uint64_t complete_units() const { return complete_; }     // rated by all coders
    [[nodiscard]] std::uint64_t unrated_units() const { return unrated_; }       // dropped
    [[nodiscard]] std::uint64_t ratings_of(std::size_t coder) const { return ratings_of_[coder]; }
    // Ratings by category over all units and coders.
    [[nodiscard]] const std::vector<std::uint64_t>& category_totals() const { return totals_; }
    [[nodiscard]] std::size_t categories_used() const;

    // Different units, ascending; `pattern` < patterns().
    [[nodiscard]] std::size_t patterns() const { return pattern_units_.size(); }
    [[nodiscard]] std::span<const std::int32_t> pattern(std::size_t pattern) const {
        return std::span(pattern_cells_).subspan(pattern * coders_, coders_);
    }
    [[nodiscard]] std::uint64_t pattern_units(std::size_t pattern) const { return pattern_units_[pattern]; }

    // The same without regard to who rated: fewer, ascending, alike for any order of coders.
    [[nodiscard]] std::size_t count_patterns() const { return counts_.size(); }
    [[nodiscard]] UnitCounts counts(std::size_t pattern) const;

    // O(patterns).
    [[nodiscard]] Contingency contingency(std::size_t coder1, std::size_t coder2) const;

 private:
    struct CountPattern {
        std::size_t first = 0;
        std::size_t last = 0;
        std::uint32_t ratings = 0;
        std::uint64_t units = 0;
    };
    void collect_counts();

    std::size_t coders_;
    Scale scale_;
    std::vector<std::int32_t> pattern_cells_;
    std::vector<std::uint64_t> pattern_units_;
    std::vector<UnitCounts::Entry> entries_;
    std::vector<CountPattern> counts_;
    std::vector<std::uint64_t> totals_;
    std::vector<std::uint64_t> ratings_of_;
    std::uint64_t units_ = 0;
    std::uint64_t pairable_ = 0;
    std::uint64_t complete_ = 0;
    std::uint64_t unrated_ = 0;
};

// The categories that occur among these names, each once: numbers by their size if all of them are numbers (with
// their values), else the names by code points. Empty names are missing ratings and left out.
[[nodiscard]] Scale scale_of(std::span<const std::string> names);

}  // namespace fangtan::agreement
