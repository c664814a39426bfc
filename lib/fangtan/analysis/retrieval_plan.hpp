// SPDX-License-Identifier: Apache-2.0
//
// A query with fields as retrieval works it out. Internal to retrieval.
//
// The parts of a query that have places (terms, regular expressions, NEAR,
// BEFORE, EXCEPT) hold exactly where they have one. So they are compiled
// together as queries of one matcher, and AND, OR, NOT and fields are worked
// out above it: no combination of fields needs a matcher of its own.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fangtan/analysis/field_pattern.hpp"
#include "fangtan/analysis/retrieval.hpp"
#include "fangtan/query/matcher.hpp"

namespace fangtan::analysis {

// Ascending, apart from each other; code points.
using Intervals = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct QueryNode {
    enum class Kind { text, field, not_, and_, or_ };
    Kind kind = Kind::text;
    std::uint32_t number = 0;             // of the query of the matcher, or of the field
    std::vector<std::uint32_t> operands;  // nodes
};

struct FieldPlan {
    enum class Kind { person, document, code };
    Kind kind = Kind::person;
    FieldPattern pattern;
    bool fits_a_code = false;
    std::map<std::string, Intervals, std::less<>> coded;     // by document
    std::map<std::string, Intervals, std::less<>> segments;  // likewise, as they were coded: ascending, each once, some overlap
};

struct CodedDocument {
    std::string sha256;  // empty: not known
    std::uint32_t end = 0;
};

struct Retrieval::Plan {
    RetrievalOptions options;
    const ParticipantTable& participants;
    Query query;                   // the matcher was made from its parts
    std::vector<QueryNode> nodes;  // the last is the root
    std::vector<Field> fields;
    std::vector<FieldPlan> field_plans;
    std::optional<Matcher> matcher;  // none: fields only
    bool needs_characters = false;   // some field asks for codes
    std::map<std::string, CodedDocument, std::less<>> coded_documents;

    std::uint32_t add(const Query& part, const CodingSet* codings, std::vector<const Query*>& texts);
    std::uint32_t add_field(const Field& field, const CodingSet* codings);
    void note_documents(const CodingSet& codings);
};

}  // namespace fangtan::analysis
