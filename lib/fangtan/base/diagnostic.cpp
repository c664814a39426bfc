// SPDX-License-Identifier: Apache-2.0
#include "fangtan/base/diagnostic.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace fangtan {

void Diagnostics::add(Diagnostic diagnostic) {
    ++(diagnostic.severity == Severity::error ? errors_ : warnings_);
    if (entries_.size() < kMaximum) entries_.push_back(std::move(diagnostic));
}

void Diagnostics::error(std::string file, Position position, std::string message, std::string source_line) {
    add({Severity::error, std::move(file), position, std::move(message), std::move(source_line)});
}

void Diagnostics::warning(std::string file, Position position, std::string message, std::string source_line) {
    add({Severity::warning, std::move(file), position, std::move(message), std::move(source_line)});
}

void Diagnostics::sort() {
    std::map<std::string, std::size_t> order;
    for (const Diagnostic& entry : entries_) order.try_emplace(entry.file, order.size());
    std::stable_sort(entries_.begin(), entries_.end(), [&](const Diagnostic& a, const Diagnostic& b) {
        return std::pair(order.at(a.file), a.position) < std::pair(order.at(b.file), b.position);
    });
}

}  // namespace fangtan
