// SPDX-License-Identifier: Apache-2.0
//
// The matcher against the naive one: random queries on random texts over a
// small alphabet with variants, widths, case, invisible and astral characters.
#include <doctest/doctest.h>

#include "../../support/random.hpp"
#include "fangtan/query/matcher.hpp"
#include "fangtan/text/boundary.hpp"
#include "naive_matcher.hpp"

using namespace fangtan;
using testing::NaiveMatcher;
using testing::Random;

namespace {

const std::vector<std::string> kText = {"警", "察", "務", "务", "会", "會", "社", "a", "A", "ａ", "b", "1", "１", " ", "。", "，", "\n", "\u200B", "😀", "峯", "峰", "é"};
const std::vector<std::string> kTerm = {"警", "察", "务", "会", "社", "a", "b", "1", "峰", "😀", "é"};
const std::vector<std::string> kRegexes = {"务+会?", "[警社]察", "a+", "警.{0,2}务", "(社|会)1", "[0-9]", "峰|b", "^警", "务$", ".会"};

std::string random_text(Random& random) {
    std::string text;
    for (std::size_t n = random.below(40); n > 0; --n) text += random.pick(kText);
    return text;
}

Query random_term(Random& random) {
    Term term;
    const std::size_t pieces = 1 + random.below(random.chance(25) ? 5 : 1);
    bool has_text = false;
    for (std::size_t i = 0; i < pieces; ++i) {
        const bool after_text = !term.pieces.empty() && term.pieces.back().kind == TermPiece::Kind::text;
        const std::size_t kind = (i + 1 == pieces && !has_text) || (pieces > 1 && !after_text && random.chance(60)) || pieces == 1 ? 0 : 1 + random.below(3);
        if (kind == 0 && after_text) {
            term.pieces.back().text += fold(utf8::to_code_points(random.pick(kTerm))[0]);
        } else if (kind == 0) {
            TermPiece piece{TermPiece::Kind::text, {}};
            for (std::size_t n = 1 + random.below(3); n > 0; --n) piece.text += fold(utf8::to_code_points(random.pick(kTerm))[0]);
            term.pieces.push_back(piece);
            has_text = true;
        } else {
            const auto wild = kind == 1 ? TermPiece::Kind::one : kind == 2 ? TermPiece::Kind::some : TermPiece::Kind::blank;
            const bool doubled = !term.pieces.empty() && term.pieces.back().kind == wild && wild != TermPiece::Kind::one;
            if (doubled || (term.pieces.empty() && wild == TermPiece::Kind::blank)) continue;
            term.pieces.push_back({wild, {}});
        }
    }
    if (!has_text) term.pieces.push_back({TermPiece::Kind::text, U"警"});
    while (term.pieces.back().kind == TermPiece::Kind::blank) term.pieces.pop_back();
    return Query{term};
}

Query random_query(Random& random, int depth, bool placed) {
    const std::size_t kind = depth == 0 ? random.below(5) : random.below(10);
    if (kind < 4) return random_term(random);
    if (kind == 4) return Query{Regex{random.pick(kRegexes), false}};
    const auto sub = [&](bool must_be_placed) { return std::make_unique<Query>(random_query(random, depth - 1, placed || must_be_placed)); };
    if (kind == 5) {
        const auto distance = static_cast<std::uint32_t>(random.below(6));
        auto left = sub(true);
        return Query{Near{std::move(left), sub(true), distance, random.chance(50)}};
    }
    if (kind == 6) {
        auto base = sub(true);
        return Query{Except{std::move(base), sub(true)}};
    }
    std::vector<Query> operands;
    const bool disjunction = placed || kind == 7;
    for (std::size_t n = 2 + random.below(2); n > 0; --n) operands.push_back(random_query(random, depth - 1, placed));
    if (disjunction) return Query{Or{std::move(operands)}};
    if (kind == 8) return Query{And{std::move(operands)}};
    return Query{Not{std::make_unique<Query>(std::move(operands[0]))}};
}

std::string shown(const std::optional<NaiveMatcher::Places>& places) {
    if (!places) return "no";
    std::string text = "yes";
    for (const auto& place : *places) {
        text += " [" + std::to_string(place.span.begin.value) + "," + std::to_string(place.span.end.value) + ":";
        for (const Span span : place.evidence) text += " " + std::to_string(span.begin.value) + "-" + std::to_string(span.end.value);
        text += "]";
    }
    return text;
}

std::string shown(const Scan& scan, const std::vector<Place>& places, bool fires) {
    if (!fires) return "no";
    std::string text = "yes";
    for (const Place& place : places) {
        text += " [" + std::to_string(place.span.begin.value) + "," + std::to_string(place.span.end.value) + ":";
        for (std::uint32_t i = place.evidence_begin; i < place.evidence_end; ++i) {
            text += " " + std::to_string(scan.evidence()[i].begin.value) + "-" + std::to_string(scan.evidence()[i].end.value);
        }
        text += "]";
    }
    return text;
}

}  // namespace

TEST_CASE("the matcher agrees with the naive matcher on random queries and texts") {
    const std::size_t total = testing::cases(100'000);
    std::size_t fired_cases = 0;
    std::size_t done = 0;
    for (std::uint64_t seed = 1; done < total; ++seed) {
        Random random(seed);
        std::vector<Query> queries;
        for (std::size_t n = 1 + random.below(4); n > 0; --n) queries.push_back(random_query(random, static_cast<int>(random.below(3)), false));
        std::vector<const Query*> pointers;
        std::vector<QueryGroup> groups;
        for (const Query& query : queries) {
            pointers.push_back(&query);
            groups.push_back(static_cast<QueryGroup>(groups.size()));
        }
        const Matcher matcher = Matcher::compile(pointers, groups);
        Scan scan(matcher);
        for (int texts = 0; texts < 5; ++texts) {
            const std::string text = random_text(random);
            std::vector<Span> units;
            append_pieces(text, span_of(0, static_cast<std::uint32_t>(text.size())), random.chance(30) ? Boundary::paragraph : Boundary::sentence, units);
            if (units.empty()) {
                ++done;
                continue;
            }
            scan.read(text, {units.front().begin, units.back().end});
            for (const Span unit : units) {
                scan.enter(unit);
                const NaiveMatcher naive(text, unit);
                std::vector<bool> fires(queries.size(), false);
                const std::vector<Fired> fired = scan.fired({});
                std::vector<Span> evidence = scan.evidence();
                for (const Fired& entry : fired) {
                    fires[entry.query] = true;
                    std::set<Span> expected;
                    const auto places = naive.places(queries[entry.query]);
                    if (places) {
                        for (const auto& place : *places) expected.insert(place.evidence.begin(), place.evidence.end());
                    }
                    const std::vector<Span> want(expected.begin(), expected.end());
                    const std::vector<Span> got(evidence.begin() + entry.evidence_begin, evidence.begin() + entry.evidence_end);
                    if (got != want) {
                        CAPTURE(seed);
                        CAPTURE(text);
                        CAPTURE(query::print(queries[entry.query]));
                        REQUIRE(got.size() == want.size());
                        REQUIRE(got == want);
                    }
                }
                for (QueryNumber number = 0; number < queries.size(); ++number) {
                    const std::string expected = shown(naive.places(queries[number]));
                    const std::string got = shown(scan, scan.places(number), fires[number]);
                    if (expected != got) {
                        CAPTURE(seed);
                        CAPTURE(text);
                        CAPTURE(query::print(queries[number]));
                        REQUIRE(expected == got);
                    }
                    fired_cases += fires[number] ? 1 : 0;
                }
            }
            ++done;
        }
    }
    // The property would say little if queries hardly ever fired.
    CHECK(fired_cases * 20 > total);
    MESSAGE(done << " texts, " << fired_cases << " times a query fired");
}
