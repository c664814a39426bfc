// SPDX-License-Identifier: Apache-2.0
#include "fangtan/table/render.hpp"
#include "fangtan/table/word_document.hpp"

namespace fangtan::table {

std::string to_docx(const Table& table) {
    WordDocument document("", table.language);
    document.table(table);
    return document.bytes();
}

}  // namespace fangtan::table
