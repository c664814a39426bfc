// SPDX-License-Identifier: Apache-2.0
//
// All queries of a codebook, compiled together.
//
// A Matcher that exists is complete, immutable and may be shared by threads.
// A Scan is one thread's working memory: it reads a stretch of text once,
// finds all terms in it, and then answers, unit by unit, which queries fire
// there and on which characters. Boolean and proximity rules are worked out on
// the hits of the unit, never by searching again; a regular expression runs
// only on units that hold one of its required literals.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "fangtan/query/query.hpp"
#include "fangtan/text/span.hpp"

namespace fangtan {

// Index into the queries given to Matcher::compile().
using QueryNumber = std::uint32_t;

// Queries of one group are alternatives: of those that fire in a unit only the first is reported.
using QueryGroup = std::uint32_t;

class Matcher {
 public:
    // `groups` holds the group of each query, in ascending order. The queries need not outlive the call;
    // they hold no Field. Throws Error(usage) if the regular expressions need more memory than allowed.
    [[nodiscard]] static Matcher compile(std::span<const Query* const> queries, std::span<const QueryGroup> groups);

    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;
    ~Matcher();

    struct Program;

 private:
    friend class Scan;
    explicit Matcher(std::unique_ptr<const Program> program);
    std::unique_ptr<const Program> program_;
};

// A query that fires, and its evidence: the spans of its positive terms, ascending, each once.
struct Fired {
    QueryNumber query;
    std::uint32_t evidence_begin;  // indices into Scan::evidence()
    std::uint32_t evidence_end;
};

// One place a query matches at: the text from its first to its last term.
struct Place {
    Span span;
    std::uint32_t evidence_begin;
    std::uint32_t evidence_end;
};

class Scan {
 public:
    // The matcher must outlive the scan.
    explicit Scan(const Matcher& matcher);
    Scan(Scan&&) noexcept;
    ~Scan();

    // Finds all terms in text[stretch]; `text` (valid UTF-8) must stay until the next read(). Text around the
    // stretch is looked at only to see whether a Latin word goes on. Linear; working memory is about six bytes
    // a character of the stretch, so give a long document in pieces that hold whole units.
    // What lies in `skipped` (ascending, inside the stretch) is stepped over, as if it did not stand there; regular expressions
    // on the text as it is (/…/c) see it all the same.
    void read(std::string_view text, Span stretch, std::span<const Span> skipped = {});

    // Turns to a unit inside the stretch. Units are entered in ascending order and do not overlap.
    void enter(Span unit);

    // The queries that fire in the unit, ascending. Those with enabled[query] == false are left out;
    // an empty `enabled` means all. Valid until the next call of enter().
    [[nodiscard]] const std::vector<Fired>& fired(const std::vector<bool>& enabled);

    // The places of one query in the unit, ordered by begin, then end; empty if it does not fire. For AND and
    // OR: the places of their operands.
    [[nodiscard]] const std::vector<Place>& places(QueryNumber query);

    // Spans that `fired` and `places` refer to.
    [[nodiscard]] const std::vector<Span>& evidence() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace fangtan
