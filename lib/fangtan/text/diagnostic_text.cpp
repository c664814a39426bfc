// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/diagnostic_text.hpp"

#include <algorithm>

#include "fangtan/text/utf8.hpp"
#include "fangtan/text/width.hpp"

namespace fangtan {
namespace {

constexpr std::size_t kShown = 100;  // code points of the offending line around the fault

std::string excerpt(const Diagnostic& diagnostic) {
    const std::u32string line = utf8::to_code_points(diagnostic.source_line);
    const std::size_t column = std::min<std::size_t>(std::max<std::uint32_t>(diagnostic.position.column, 1) - 1, line.size());
    const std::size_t begin = column > kShown / 2 ? column - kShown / 2 : 0;
    const std::u32string_view all = line;
    const std::string head = utf8::escaped(utf8::from_code_points(all.substr(begin, column - begin)));
    const std::string tail = utf8::escaped(utf8::from_code_points(all.substr(column, kShown / 2)));
    const std::string before = begin > 0 ? "…" : "";
    const std::string after = column + kShown / 2 < line.size() ? "…" : "";
    return "    " + before + head + tail + after + "\n    " +
           std::string(display_width(before) + display_width(head), ' ') + "^\n";
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
    std::string text = utf8::escaped(diagnostic.file);
    if (diagnostic.position.line > 0) {
        text += ':' + std::to_string(diagnostic.position.line);
        if (diagnostic.position.column > 0) text += ':' + std::to_string(diagnostic.position.column);
    }
    text += diagnostic.severity == Severity::error ? ": error: " : ": warning: ";
    text += utf8::escaped(diagnostic.message) + "\n";
    if (!diagnostic.source_line.empty()) text += excerpt(diagnostic);
    return text;
}

std::string to_text(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& entry : diagnostics.entries()) text += to_text(entry);
    if (diagnostics.not_kept() > 0) text += "… and " + std::to_string(diagnostics.not_kept()) + " more\n";
    return text;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
    const std::u32string a = utf8::to_code_points(word);
    std::size_t best = a.size() / 3 + 1;
    std::string found;
    for (const std::string& candidate : candidates) {
        const std::u32string b = utf8::to_code_points(candidate);
        std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
        for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
        for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t differ = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + differ});
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                    cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        if (cost[a.size()][b.size()] < best) {
            best = cost[a.size()][b.size()];
            found = candidate;
        }
    }
    return found;
}

}  // namespace fangtan
