// SPDX-License-Identifier: Apache-2.0
//
// SHA-256 (FIPS 180-4) of files and codebooks, so that a result says which
// bytes it was made from. The same value as `sha256sum` prints.
#pragma once

#include <string>
#include <string_view>

namespace fangtan {

// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace fangtan
