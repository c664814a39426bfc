// SPDX-License-Identifier: Apache-2.0
//
// The grammar behind checked_xml (xml.hpp). Internal to the reader module.
#pragma once

#include <string>
#include <string_view>

namespace fangtan::reader {

// As checked_xml, for text that is valid UTF-8 without a byte-order mark, line ends LF, whatever it declares.
[[nodiscard]] std::string check_xml(std::string_view text, const std::string& place);

}  // namespace fangtan::reader
