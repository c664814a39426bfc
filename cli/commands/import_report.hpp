// SPDX-License-Identifier: Apache-2.0
//
// What `import` says of each file: how it was read, who speaks how often, what
// was left out.
#pragma once

#include <string>

#include "fangtan/table/render.hpp"
#include "fangtan/transcript/transcript.hpp"

namespace fangtan::cli {

enum class ReportFormat { text, markdown, csv, tsv, json };

class ImportReport {
 public:
    ImportReport();
    void add(const Transcript& transcript);
    [[nodiscard]] std::string printed(ReportFormat format) const;

 private:
    [[nodiscard]] std::string as_text() const;

    Table report_;
};

}  // namespace fangtan::cli
