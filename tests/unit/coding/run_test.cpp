// SPDX-License-Identifier: Apache-2.0
//
// Results come in the order of the documents, whatever the threads do.
#include "fangtan/coding/run.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "../../support/random.hpp"

using namespace fangtan;
using testing::Random;

namespace {

std::string before_of(std::size_t i) { return "<" + std::to_string(i) + ">"; }

// What one thread would write.
std::string in_order(const std::vector<std::vector<std::string>>& results) {
    std::string all;
    for (std::size_t i = 0; i < results.size(); ++i) {
        all += before_of(i);
        for (const std::string& piece : results[i]) all += piece;
    }
    return all;
}

}  // namespace

TEST_CASE("the same bytes for every number of threads") {
    for (unsigned threads = 1; threads <= 8; ++threads) {
        for (std::uint64_t seed = 1; seed <= testing::cases(30); ++seed) {
            CAPTURE(threads);
            CAPTURE(seed);
            Random random(seed);
            std::vector<std::vector<std::string>> results(random.below(60));
            for (auto& pieces : results) {
                for (std::size_t n = random.below(4); n > 0; --n) pieces.emplace_back(random.below(30), static_cast<char>('a' + random.below(26)));
            }
            std::vector<std::atomic<int>> worked(results.size());
            std::atomic<bool> wrong_worker = false;
            std::vector<std::size_t> begun;
            std::string written;
            coding::run_in_order(
                results.size(), threads,
                [&](unsigned worker, std::size_t i, coding::OrderedSlot& slot) {
                    if (worker >= threads) wrong_worker = true;
                    ++worked[i];
                    if (i % 5 == 0) std::this_thread::yield();
                    for (std::string piece : results[i]) {
                        slot.put(piece);
                        if (!piece.empty()) wrong_worker = true;  // put() takes it all
                    }
                },
                [&](std::size_t i) {
                    begun.push_back(i);
                    return before_of(i);
                },
                [&](std::string_view bytes) { written += bytes; });
            CHECK(written == in_order(results));
            CHECK_FALSE(wrong_worker.load());
            bool each_once = begun.size() == results.size();
            for (std::size_t i = 0; i < begun.size() && each_once; ++i) each_once = begun[i] == i && worked[i] == 1;
            CHECK(each_once);
        }
    }
}

TEST_CASE("documents that wait with much to write do not stop the others") {
    // Every document but the first holds back more than a document may, and the first comes last.
    for (unsigned threads = 2; threads <= 8; threads += 3) {
        CAPTURE(threads);
        constexpr std::size_t kDocuments = 12;
        constexpr std::size_t kPiece = std::size_t{3} << 20;
        std::atomic<unsigned> others = 0;
        std::atomic<unsigned> taken = 0;       // pieces that were put while the first document was at work
        unsigned taken_meanwhile = 0;
        std::size_t written = 0;
        std::vector<char> order;
        coding::run_in_order(
            kDocuments, threads,
            [&](unsigned, std::size_t i, coding::OrderedSlot& slot) {
                if (i == 0) {
                    // Until all other threads have begun something.
                    while (others.load() + 1 < threads) std::this_thread::yield();
                    std::this_thread::sleep_for(std::chrono::milliseconds(50));
                    taken_meanwhile = taken.load();
                } else {
                    ++others;
                }
                for (int n = 0; n < 3; ++n) {
                    std::string piece(kPiece, static_cast<char>('a' + i));
                    slot.put(piece);
                    ++taken;
                }
            },
            [](std::size_t) { return std::string(); },
            [&](std::string_view bytes) {
                written += bytes.size();
                if (order.empty() || order.back() != bytes.front()) order.push_back(bytes.front());
            });
        CHECK(written == 3 * kPiece * kDocuments);
        CHECK(taken_meanwhile < threads);  // one piece each: two are more than a document may hold back
        CHECK(std::string(order.begin(), order.end()) == "abcdefghijkl");
    }
}

TEST_CASE("the failure of the earliest document ends the run, and nothing later is written") {
    for (unsigned threads = 1; threads <= 8; ++threads) {
        for (std::uint64_t seed = 1; seed <= testing::cases(30); ++seed) {
            CAPTURE(threads);
            CAPTURE(seed);
            Random random(seed);
            const std::size_t count = 1 + random.below(40);
            std::set<std::size_t> bad = {random.below(count)};
            while (random.chance(60)) bad.insert(random.below(count));
            std::string written;
            std::string expected;
            for (std::size_t i = 0; i < *bad.begin(); ++i) expected += before_of(i) + "x";
            std::string what;
            try {
                coding::run_in_order(
                    count, threads,
                    [&](unsigned, std::size_t i, coding::OrderedSlot& slot) {
                        // Later failures may well come first in time.
                        if (i == *bad.begin() && threads > 1) std::this_thread::sleep_for(std::chrono::microseconds(200));
                        if (bad.contains(i)) throw std::runtime_error(std::to_string(i));
                        std::string piece = "x";
                        slot.put(piece);
                    },
                    before_of, [&](std::string_view bytes) { written += bytes; });
            } catch (const std::runtime_error& error) {
                what = error.what();
            }
            CHECK(what == std::to_string(*bad.begin()));
            CHECK(written == expected);
        }
    }
}

TEST_CASE("a failure while others wait to write ends them too") {
    for (const unsigned threads : {2U, 4U}) {
        CAPTURE(threads);
        std::atomic<unsigned> others = 0;
        CHECK_THROWS_WITH_AS(coding::run_in_order(
                                 10, threads,
                                 [&](unsigned, std::size_t i, coding::OrderedSlot& slot) {
                                     if (i == 0) {
                                         while (others.load() + 1 < threads) std::this_thread::yield();
                                         std::this_thread::sleep_for(std::chrono::milliseconds(10));
                                         throw std::runtime_error("first");
                                     }
                                     ++others;
                                     for (int n = 0; n < 3; ++n) {
                                         std::string piece(std::size_t{3} << 20, 'x');
                                         slot.put(piece);
                                     }
                                 },
                                 [](std::size_t) { return std::string(); }, [](std::string_view) {}),
                             "first", std::runtime_error);
    }
}

TEST_CASE("a failure of writing ends the run") {
    for (unsigned threads = 1; threads <= 4; ++threads) {
        CAPTURE(threads);
        for (const bool large : {false, true}) {
            std::size_t pieces = 0;
            CHECK_THROWS_WITH_AS(coding::run_in_order(
                                     20, threads,
                                     [&](unsigned, std::size_t, coding::OrderedSlot& slot) {
                                         std::string piece(large ? std::size_t{5} << 20 : 10, 'x');
                                         slot.put(piece);
                                     },
                                     [](std::size_t) { return std::string(); },
                                     [&](std::string_view) {
                                         if (++pieces == 5) throw std::runtime_error("disk full");
                                     }),
                                 "disk full", std::runtime_error);
            CHECK(pieces == 5);
        }
    }
}

TEST_CASE("nothing to do") {
    std::string written;
    coding::run_in_order(
        0, 4, [](unsigned, std::size_t, coding::OrderedSlot&) {}, before_of, [&](std::string_view bytes) { written += bytes; });
    CHECK(written.empty());
}
