// SPDX-License-Identifier: Apache-2.0
//
// The tables of XML: what a character may be, what a name may hold, which
// namespaces are ours. Internal to the reader module.
#pragma once

#include <string_view>

namespace fangtan::reader {

inline constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view kForeignPrefix = "x";

// The one prefix that checked_xml (xml.hpp) writes for a namespace.
[[nodiscard]] std::string_view canonical_prefix(std::string_view uri);

[[nodiscard]] bool is_xml_character(char32_t c);

// XML 1.0, fifth edition, without the colon, which parts prefix and name.
[[nodiscard]] bool starts_name(char32_t c);
[[nodiscard]] bool continues_name(char32_t c);

}  // namespace fangtan::reader
