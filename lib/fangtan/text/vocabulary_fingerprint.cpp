// SPDX-License-Identifier: Apache-2.0
//
// Apart from vocabulary.cpp because the build tool needs it too.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "fangtan/text/vocabulary.hpp"

namespace fangtan::vocabulary {

std::optional<std::uint64_t> fingerprint(const std::string& path) {
    constexpr long kPart = 65536;
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (file == nullptr || std::fseek(file.get(), 0, SEEK_END) != 0) return std::nullopt;
    const long size = std::ftell(file.get());
    std::uint64_t hash = extended(kStart, static_cast<char32_t>(size));
    std::string bytes(kPart, '\0');
    for (const long place : {0L, std::max(0L, size - kPart)}) {
        if (std::fseek(file.get(), place, SEEK_SET) != 0) return std::nullopt;
        const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), file.get());
        for (std::size_t i = 0; i < count; ++i) hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 0x100000001B3ULL;
    }
    return hash;
}

}  // namespace fangtan::vocabulary
