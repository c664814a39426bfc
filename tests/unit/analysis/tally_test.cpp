// SPDX-License-Identifier: Apache-2.0
//
// The tally, which remembers no more than the last segment, against sets that
// remember everything.
#include "fangtan/analysis/tally.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

namespace {

// One coding with names instead of numbers.
struct Coding {
    std::uint32_t start;
    std::uint32_t end;
    std::uint32_t code;
    std::string column;
    std::string participant;  // empty: nobody
};
using Document = std::vector<Coding>;

struct NaiveCounts {
    std::set<std::tuple<std::size_t, std::uint32_t, std::uint32_t>> segments;  // document, start, end
    std::set<std::size_t> documents;
    std::set<std::pair<std::size_t, std::uint32_t>> characters;
    std::set<std::string> participants;
    std::uint64_t references = 0;  // of a total: added up
};

class NaiveTally {
 public:
    NaiveTally(const RowPlan& plan, const std::vector<Document>& documents) : plan_(plan) {
        for (std::size_t document = 0; document < documents.size(); ++document) {
            for (const Coding& coding : documents[document]) {
                bool in_total = false;
                for (const std::uint32_t row : plan.rows_of_code[coding.code]) {
                    for (const std::string& column : {coding.column, kAll}) add(row, column, document, coding);
                    in_total = in_total || plan.in_total[row];
                }
                if (!in_total) continue;
                for (const std::string& column : {coding.column, kAll}) add(plan.rows, column, document, coding);
            }
        }
        for (auto& [key, counts] : counts_) counts.references = counts.segments.size();
        std::map<std::string, std::uint64_t> totals;
        for (const auto& [key, counts] : counts_) {
            if (key.first < plan.rows && plan.in_total[key.first]) totals[key.second] += counts.references;
        }
        for (auto& [key, counts] : counts_) {
            if (key.first == plan.rows) counts.references = totals[key.second];
        }
    }

    [[nodiscard]] NaiveCounts at(std::size_t row, const std::string& column) const {
        const auto found = counts_.find({row, column});
        return found == counts_.end() ? NaiveCounts{} : found->second;
    }

    static inline const std::string kAll = "(all)";

 private:
    void add(std::size_t row, const std::string& column, std::size_t document, const Coding& coding) {
        NaiveCounts& counts = counts_[{row, column}];
        counts.segments.insert({document, coding.start, coding.end});
        counts.documents.insert(document);
        for (std::uint32_t at = coding.start; at < coding.end; ++at) counts.characters.insert({document, at});
        if (!coding.participant.empty()) counts.participants.insert(coding.participant);
    }

    const RowPlan& plan_;
    std::map<std::pair<std::size_t, std::string>, NaiveCounts> counts_;
};

void add(Tally& tally, const Document& document) {
    std::vector<TalliedCoding> codings;
    for (const Coding& coding : document) {
        codings.push_back({coding.start, coding.end, coding.code, tally.column(coding.column), coding.participant.empty() ? kNobody : tally.participant(coding.participant)});
    }
    tally.add_document(codings);
}

void check_same(const Counts& got, const NaiveCounts& expected) {
    REQUIRE(got.references == expected.references);
    REQUIRE(got.documents == expected.documents.size());
    REQUIRE(got.characters == expected.characters.size());
    REQUIRE(got.participant_count() == expected.participants.size());
}

RowPlan random_plan(Random& random) {
    RowPlan plan;
    plan.rows = 1 + random.below(6);
    for (std::size_t row = 0; row < plan.rows; ++row) plan.in_total.push_back(random.chance(70));
    for (std::size_t code = 0; code < 5; ++code) {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < plan.rows; ++row) {
            if (random.chance(40)) rows.push_back(row);
        }
        plan.rows_of_code.push_back(std::move(rows));
    }
    return plan;
}

}  // namespace

TEST_CASE("what is counted of one document") {
    RowPlan plan;
    plan.rows = 3;  // two codes and the parent of both
    plan.rows_of_code = {{0, 2}, {1, 2}};
    plan.in_total = {true, true, false};
    Tally tally(plan);
    add(tally, {{0, 10, 0, "P1", "P1"},     // one segment with both codes …
                {0, 10, 1, "P1", "P1"},
                {5, 15, 0, "P1", "P1"},     // … one that overlaps it …
                {5, 15, 0, "P1", "P1"},     // … coded twice …
                {20, 22, 1, "P2", ""}});    // … and one of nobody
    CHECK(tally.at(0, "P1").references == 2);
    CHECK(tally.at(1, "P1").references == 1);
    CHECK(tally.at(2, "P1").references == 2);       // no double counting in the parent
    CHECK(tally.at(3, "P1").references == 3);       // the total adds up its rows
    CHECK(tally.at(0, "P1").characters == 15);
    CHECK(tally.over_all_columns(2).references == 3);
    CHECK(tally.over_all_columns(2).characters == 17);
    CHECK(tally.over_all_columns(2).documents == 1);
    CHECK(tally.over_all_columns(2).participant_count() == 1);
    CHECK(tally.at(1, "P2").participant_count() == 0);
    CHECK(tally.at(0, "P2").references == 0);
    CHECK(tally.at(0, "nobody").references == 0);   // a column nobody asked for
}

TEST_CASE("the tally, whole or in parts, agrees with the naive one") {
    std::uint64_t counted = 0;
    for (std::uint64_t seed = 1; seed <= testing::cases(4'000); ++seed) {
        CAPTURE(seed);
        Random random(seed);
        const RowPlan plan = random_plan(random);
        static const std::vector<std::string> columns = {"P1", "P2", "P10", ""};
        static const std::vector<std::string> participants = {"", "A", "B", "C"};
        std::vector<Document> documents(random.below(5));
        for (Document& document : documents) {
            for (std::size_t n = random.below(14); n > 0; --n) {
                const auto start = static_cast<std::uint32_t>(random.below(12));
                document.push_back({start, start + 1 + static_cast<std::uint32_t>(random.below(6)), static_cast<std::uint32_t>(random.below(5)), random.pick(columns), random.pick(participants)});
            }
        }
        // Shares of the documents go to several tallies, which meet names in another order.
        std::vector<Tally> tallies(1 + random.below(3), Tally(plan));
        for (const Document& document : documents) add(tallies[random.below(tallies.size())], document);
        for (std::size_t i = 1; i < tallies.size(); ++i) tallies[0].merge(tallies[i]);
        const NaiveTally naive(plan, documents);
        for (std::size_t row = 0; row <= plan.rows; ++row) {
            for (const std::string& column : columns) check_same(tallies[0].at(row, column), naive.at(row, column));
            check_same(tallies[0].over_all_columns(row), naive.at(row, NaiveTally::kAll));
            counted += tallies[0].over_all_columns(row).references;
        }
    }
    CHECK(counted > 20 * testing::cases(4'000));
}
