// SPDX-License-Identifier: Apache-2.0
//
// The parts of a codebook file that its readers share: values of the expected
// type, and the keys there are. Internal to the codebook module.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fangtan/codebook/codebook.hpp"
#include "fangtan/codebook/yaml_node.hpp"

namespace fangtan::codebook {

// White space and characters that show nothing, or nothing at all.
[[nodiscard]] bool is_blank(std::string_view text);

// The value of `key` as text. Empty after a reported fault, and for a key without a value.
[[nodiscard]] std::string read_text(const yaml::Source& source, std::string_view key,
                                    const yaml::Node& value);

// The same on one line and not blank: names, ids.
[[nodiscard]] std::string read_label(const yaml::Source& source, std::string_view key,
                                     const yaml::Node& value);

// The entries of a list of texts: those that are text and not blank; the others are reported. The nodes are
// parts of `value`.
[[nodiscard]] std::vector<const yaml::Node*> read_entries(const yaml::Source& source, std::string_view key,
                                                          const yaml::Node& value);

[[nodiscard]] std::vector<std::string> read_texts(const yaml::Source& source, std::string_view key,
                                                  const yaml::Node& value);
[[nodiscard]] std::vector<Written> read_written(const yaml::Source& source, std::string_view key,
                                                const yaml::Node& value);

enum class Place { codebook, code };

// Reports the key unless it is one of the place; says which key may have been meant.
void check_key(const yaml::Source& source, const yaml::Node& key, Place place);

}  // namespace fangtan::codebook
