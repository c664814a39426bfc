// SPDX-License-Identifier: Apache-2.0
//
// A zip file in memory, for the office formats that are one.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fangtan::table {

// `entries`: name and content, in the order of the file. Every time stamp is 1980-01-01: same entries, same bytes.
[[nodiscard]] std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& entries);

}  // namespace fangtan::table
