// SPDX-License-Identifier: Apache-2.0
//
// The whole command line as a function: arguments in, exit status out.
#pragma once

#include <string>
#include <vector>

#include "streams.hpp"

namespace fangtan::cli {

// `arguments` without the program's name. Never throws.
int run(const std::vector<std::string>& arguments, const Streams& streams);

// "fangtan 0.1.0"
[[nodiscard]] std::string tool_name();

}  // namespace fangtan::cli
