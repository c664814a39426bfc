// SPDX-License-Identifier: Apache-2.0
//
// From codings to ratings: in which units did which coder see which code. A
// unit counts as coded if a coding of the coder shares a character with it; a
// coder who coded nothing there has rated it too, as "not coded".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fangtan/agreement/bootstrap.hpp"
#include "fangtan/agreement/continuum.hpp"
#include "fangtan/agreement/ratings.hpp"
#include "fangtan/coding/coding_set.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::analysis {

enum class AgreementUnit { sentence, turn, document, character, segment };

// Where a unit lies. Positions are code points, the end exclusive.
struct UnitPlace {
    std::uint32_t document = 0;  // index into the documents
    std::uint32_t turn = 0;      // from 1; 0: none
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string participant;     // id, else the speaker's label
};

// A document and the units it was cut into, ascending.
struct AgreementDocument {
    std::string id;
    std::string sha256;            // empty: not known
    std::uint64_t characters = 0;  // 0: not known
    std::string text;              // empty: not known
    std::vector<UnitPlace> units;
    std::vector<UnitPlace> turns;  // to find who speaks at a place; as `units`
};

// The units of a transcript as `fangtan code` has them; for characters and segments none. Linear in the text.
[[nodiscard]] AgreementDocument agreement_document(const Transcript& transcript, AgreementUnit unit, bool include_interviewer);

// Documents as far as the codings know them, each one unit of its own if the unit is the document.
[[nodiscard]] std::vector<AgreementDocument> agreement_documents(const CodingSet& set, AgreementUnit unit);

// One coder has put this code on this unit.
struct UnitMark {
    std::uint32_t unit = 0;   // index into CodedUnits::places
    std::uint32_t code = 0;   // index into CodedUnits::codes
    std::uint32_t coder = 0;

    friend auto operator<=>(const UnitMark&, const UnitMark&) = default;
};

struct CodedUnits {
    std::vector<std::string> coders;
    std::vector<std::uint32_t> codes;       // of the set, those that one of the coders used, in the order of the codebook
    std::vector<std::string> code_names;    // their ids
    std::vector<AgreementDocument> documents;  // those that are compared
    std::vector<UnitPlace> places;          // units in order; by character only stretches that somebody coded
    std::vector<UnitMark> marks;            // ascending, each once
    std::uint64_t units = 0;                // all, also those without a place
    bool characters = false;                // a place counts for as many units as it has characters
    agreement::Continuum continuum;         // the documents joined end to end, overlaps of one coder and code merged

    std::uint64_t rejected = 0;             // codings that do not count
    std::uint64_t beside = 0;               // codings that meet no unit (an interviewer's turn, a heading)
    std::uint32_t unused_codes = 0;         // of the codebook, that none of the coders used
    std::vector<std::string> left_out;      // documents not coded by all, under only_shared
    std::vector<std::string> unknown;       // documents that no coding stream knows
    struct Silent {
        std::string document;
        std::string coder;
    };
    std::vector<Silent> silent;             // coders without any coding in a document that counts
};

struct CodedUnitsOptions {
    AgreementUnit unit = AgreementUnit::sentence;
    std::vector<std::string> coders;  // labels of the set, in this order, also of coders without codings; none: coders_of()
    bool only_shared = false;         // leave documents out that not all of the coders coded
};

// Gives each coding to whoever decided about it, and says which codings are to be compared: once people have decided at all,
// what nobody decided is nobody's coding. In the files of two people who reviewed the same run of rules it would count as their
// agreement. By coding. O(codings).
[[nodiscard]] std::vector<bool> settle_coders(CodingSet& set);

// The coders in order of their first coding, also those whose codings were all rejected.
[[nodiscard]] std::vector<std::string> coders_of(const CodingSet& set);

// Throws Error(input) if a coding's document is missing, is of another version (SHA-256) or shorter than a coding says, or if
// characters are compared and the length of a document is not known; Error(usage) for a coder who is not there and for
// fewer than two. O(c log c) for c codings, plus units.
[[nodiscard]] CodedUnits coded_units(const CodingSet& set, std::vector<AgreementDocument> documents, const CodedUnitsOptions& options);

// Coded (1) or not (0), unit by unit. `code` is an index into units.codes. O(marks log marks).
[[nodiscard]] agreement::Ratings ratings_of_code(const CodedUnits& units, std::uint32_t code);

// The same over all codes at once: every unit is rated once for each code.
[[nodiscard]] agreement::Ratings pooled_ratings(const CodedUnits& units);

// α of pooled_ratings() with units drawn whole: the decisions on all codes of one unit stay together, because they are
// not independent. As agreement::bootstrap_units otherwise. O(rounds · units).
[[nodiscard]] agreement::BootstrapInterval bootstrap_pooled(const CodedUnits& units, const agreement::BootstrapOptions& options);

// Which code, or none: kNoCode; empty if some coder has put two codes on one unit.
[[nodiscard]] std::optional<agreement::Ratings> nominal_ratings(const CodedUnits& units);
inline constexpr const char* kNoCode = "∅";

// A place on which the coders do not agree, for the meeting in which they do.
struct UnitDispute {
    UnitPlace place;
    std::vector<std::vector<std::uint32_t>> codes;  // by coder: indices into units.codes, ascending
};
// Ascending. Neighbouring stretches of characters with the same codes are one.
[[nodiscard]] std::vector<UnitDispute> disputes(const CodedUnits& units);

}  // namespace fangtan::analysis
