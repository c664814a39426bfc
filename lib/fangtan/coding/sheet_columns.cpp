// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/sheet_columns.hpp"

#include <algorithm>
#include <vector>

#include "fangtan/text/fold.hpp"

namespace fangtan::coding {
namespace {

struct Heading {
    const char* name;
    std::vector<std::string> others;  // as people write them
};

const std::vector<Heading>& headings() {
    static const std::vector<Heading> all = {{"document", {"材料", "材料来源", "文件", "文档", "访谈"}},
                                             {"code", {"编码", "节点"}},
                                             {"name", {"编码名称", "名称"}},
                                             {"turn", {"话轮"}},
                                             {"participant", {"受访者"}},
                                             {"start", {"起", "开始"}},
                                             {"end", {"止", "结束"}},
                                             {"text", {"原话", "原文", "引文", "文本"}},
                                             {"coder", {"编码者", "编码员"}},
                                             {"rule", {"规则"}},
                                             {"status", {"状态"}},
                                             {"memo", {"备注", "备忘", "备忘录"}}};
    return all;
}

// The columns that a heading stands for.
std::vector<std::size_t> columns_of(const CsvTable& table, const Heading& heading) {
    if (const auto exact = table.column(heading.name)) return {*exact};
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        const std::string written = fold(table.header[i].text);
        if (std::any_of(heading.others.begin(), heading.others.end(), [&](const std::string& other) { return fold(other) == written; })) found.push_back(i);
    }
    return found;
}

}  // namespace

SheetColumns sheet_columns(const CsvTable& table) {
    SheetColumns columns;
    for (const Heading& heading : headings()) {
        const std::vector<std::size_t> found = columns_of(table, heading);
        if (!found.empty()) columns.emplace(heading.name, found[0]);
    }
    return columns;
}

void check_sheet_columns(const CsvTable& table, const std::string& file, Diagnostics& diagnostics) {
    for (const Heading& heading : headings()) {
        const std::vector<std::size_t> found = columns_of(table, heading);
        if (found.size() < 2) continue;
        const CsvCell& second = table.header[found[1]];
        diagnostics.error(file, second.position, "\"" + table.header[found[0]].text + "\" and \"" + second.text + "\" both stand for the column " + heading.name + "; rename one of them");
    }
}

}  // namespace fangtan::coding
