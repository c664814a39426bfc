// SPDX-License-Identifier: Apache-2.0
//
// The columns of a sheet of codings, whatever language its headings are in.
// Internal to the coding module.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "fangtan/base/diagnostic.hpp"
#include "fangtan/text/csv.hpp"

namespace fangtan::coding {

// Index by name: document code name turn participant start end text coder rule status memo. A heading is the name itself, else
// Chinese, in either script: 材料 编码 编码名称 话轮 受访者 起 止 原话 编码者 规则 状态 备注, and a few others.
using SheetColumns = std::map<std::string, std::size_t, std::less<>>;
[[nodiscard]] SheetColumns sheet_columns(const CsvTable& table);

// Adds an error where two headings stand for one column.
void check_sheet_columns(const CsvTable& table, const std::string& file, Diagnostics& diagnostics);

}  // namespace fangtan::coding
