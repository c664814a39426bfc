// SPDX-License-Identifier: Apache-2.0
//
// report.css and report.js as text; made when the program is built.
#pragma once

#include <string_view>

namespace fangtan::report {

extern const std::string_view kReportStyle;
extern const std::string_view kReportScript;

}  // namespace fangtan::report
