# SPDX-License-Identifier: Apache-2.0
#
# Run by CMake as a script: writes -D OUTPUT, C++ that holds the files -D STYLE and -D SCRIPT as text.
file(READ "${STYLE}" style)
file(READ "${SCRIPT}" script)
# A string literal of more than 65,536 characters is more than compilers must take; these are far below.
file(WRITE "${OUTPUT}" "// Made by cmake/embed_report.cmake.
#include \"fangtan/report/report_assets.hpp\"

namespace fangtan::report {

const std::string_view kReportStyle = R\"~~~(${style})~~~\";
const std::string_view kReportScript = R\"~~~(${script})~~~\";

}  // namespace fangtan::report
")
