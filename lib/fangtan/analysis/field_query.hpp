// SPDX-License-Identifier: Apache-2.0
//
// Parses a query in which fields may stand: speaker:P1, station:北, code:合作.
// A rule of a codebook sees only text; a query that retrieves also knows who
// speaks and what was coded, and the table of participants brings names of its
// own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/query/query.hpp"

namespace fangtan::analysis {

// The names that may stand before a colon.
struct FieldNames {
    std::vector<std::string> attributes;  // of the participants; one that is called like a field of the program cannot be asked for
    bool codings = false;                 // code: is known too

    // For messages: speaker, participant, group, role, document, code, then the attributes.
    [[nodiscard]] std::vector<std::string> all() const;
};

// Like query::parse(), with fields. A bare word that holds a half-width colon behind letters is a field: an unknown name is
// an error that lists the known ones. Positions are those of `expression` (line 1), `file` names it in messages. The
// result holds Field nodes with names of `names` only. Throws Error(usage) if `expression` is not UTF-8.
[[nodiscard]] std::optional<Query> parse_with_fields(std::string_view expression, const std::string& file, const FieldNames& names, Diagnostics& diagnostics);

}  // namespace fangtan::analysis
