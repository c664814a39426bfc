// SPDX-License-Identifier: Apache-2.0
#include "fangtan/codebook/outline.hpp"

#include <algorithm>
#include <vector>

#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan::codebook {
namespace {

std::string counted(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

}  // namespace

std::string outline(const Codebook& codebook) {
    std::vector<std::string> names;
    std::size_t name_width = 0;
    std::size_t id_width = 0;
    for (const Code& code : codebook.codes()) {
        names.push_back(std::string(2 * (code.level - 1), ' ') + utf8::escaped(code.name));
        name_width = std::max(name_width, display_width(names.back()));
        id_width = std::max(id_width, display_width(code.id));
    }
    std::string text = utf8::escaped(codebook.name());
    if (!codebook.version().empty()) text += " " + utf8::escaped(codebook.version());
    text += "\n";
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Code& code = codebook.codes()[i];
        std::string line = padded_right(names[i], name_width) + "  " + padded_right(utf8::escaped(code.id), id_width);
        if (!code.rules.empty()) line += "  " + counted(code.rules.size(), "rule", "rules");
        const std::size_t examples = code.examples.size() + code.counterexamples.size();
        if (examples > 0) line += (code.rules.empty() ? "  " : ", ") + counted(examples, "example", "examples");
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

}  // namespace fangtan::codebook
