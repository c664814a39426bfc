// SPDX-License-Identifier: Apache-2.0
//
// What results can be divided by: an attribute of participants, or something
// the program knows itself.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "fangtan/base/error.hpp"
#include "fangtan/text/diagnostic_text.hpp"

namespace fangtan::cli {

// Throws Error(usage) with the nearest name unless `by` is empty or `known`.
inline void check_dimension(const std::string& by, const std::vector<std::string>& known) {
    if (by.empty() || std::find(known.begin(), known.end(), by) != known.end()) return;
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    const std::string near = nearest(by, known);
    throw Error(ErrorKind::usage, "--by " + by, "no participant has this attribute; known are " + names + (near.empty() ? "" : "; did you mean " + near + "?"));
}

}  // namespace fangtan::cli
