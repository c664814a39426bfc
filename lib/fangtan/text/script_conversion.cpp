// SPDX-License-Identifier: Apache-2.0
#include "fangtan/text/script_conversion.hpp"

#include <opencc.h>

#include <exception>

#include "fangtan/base/error.hpp"
#include "fangtan/text/utf8.hpp"

namespace fangtan {

struct ScriptConverter::Native {
    explicit Native(const char* configuration) : converter(configuration) {}
    opencc::SimpleConverter converter;
};

ScriptConverter::ScriptConverter(Script to) {
    const char* const configuration = to == Script::simplified ? "t2s.json" : "s2t.json";
    try {
        native_ = std::make_unique<Native>(configuration);
    } catch (const std::exception& error) {
        throw Error(ErrorKind::input, configuration, std::string("OpenCC cannot read it (Debian: libopencc-data): ") + error.what());
    }
}
ScriptConverter::ScriptConverter(ScriptConverter&&) noexcept = default;
ScriptConverter::~ScriptConverter() = default;

std::string ScriptConverter::convert(std::string_view text) const {
    // OpenCC takes a NUL for the end of the text.
    std::string converted;
    while (!text.empty()) {
        const std::size_t end = text.find('\0');
        if (end != 0) converted += native_->converter.Convert(text.data(), std::min(end, text.size()));
        if (end == std::string_view::npos) break;
        converted += '\0';
        text.remove_prefix(end + 1);
    }
    return converted;
}

std::vector<std::string> ScriptConverter::convert(std::string_view text, Span whole, const std::vector<Span>& pieces) const {
    const std::string_view original = whole.of(text);
    const std::string converted = convert(original);
    std::vector<std::string> result;
    result.reserve(pieces.size());
    if (utf8::count(original) != utf8::count(converted)) {
        for (const Span& piece : pieces) result.push_back(convert(piece.of(text)));
        return result;
    }
    std::size_t from = 0;  // the same character in `original` and in `converted`
    std::size_t to = 0;
    const auto go = [&](std::size_t place) {
        while (from < place) {
            from += utf8::length(original[from]);
            to += utf8::length(converted[to]);
        }
        return to;
    };
    for (const Span& piece : pieces) {
        const std::size_t begin = go(piece.begin.value - whole.begin.value);
        const std::size_t end = go(piece.end.value - whole.begin.value);
        result.push_back(converted.substr(begin, end - begin));
    }
    return result;
}

}  // namespace fangtan
