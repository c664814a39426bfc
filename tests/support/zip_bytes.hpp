// SPDX-License-Identifier: Apache-2.0
//
// Writes zip archives, good ones and such as nobody should accept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::testing {

inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
    }
    return ~crc;
}

struct ZipEntry {
    std::string name;
    std::string content;
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint32_t attributes = 0;  // external: Unix mode in the upper half
    // What the headers say instead of the truth.
    std::optional<std::string> local_name;
    std::optional<std::uint32_t> crc;
    std::optional<std::uint32_t> compressed;
    std::optional<std::uint32_t> size;
    std::optional<std::uint32_t> offset;  // of the local header, in the directory
};

class ZipBytes {
 public:
    ZipBytes& add(ZipEntry entry) {
        const auto begin = static_cast<std::uint32_t>(bytes_.size());
        const std::string& local = entry.local_name ? *entry.local_name : entry.name;
        bytes_ += "PK\x03\x04";
        header(bytes_, entry, local.size());
        bytes_ += local + entry.content;
        directory_ += "PK\x01\x02";
        number(directory_, 0x0314, 2);
        header(directory_, entry, entry.name.size());
        number(directory_, 0, 6);  // comment, disk, internal attributes
        number(directory_, entry.attributes, 4);
        number(directory_, entry.offset.value_or(begin), 4);
        directory_ += entry.name;
        ++count_;
        return *this;
    }
    ZipBytes& add(const std::string& name, const std::string& content) {
        ZipEntry entry;
        entry.name = name;
        entry.content = content;
        return add(entry);
    }

    [[nodiscard]] std::string str(const std::string& comment = "") const {
        std::string whole = bytes_ + directory_ + "PK\x05\x06";
        number(whole, 0, 4);
        number(whole, count_, 2);
        number(whole, count_, 2);
        number(whole, directory_.size(), 4);
        number(whole, bytes_.size(), 4);
        number(whole, comment.size(), 2);
        return whole + comment;
    }

    static void number(std::string& to, std::uint64_t value, int size) {
        for (int i = 0; i < size; ++i) to += static_cast<char>(value >> (8 * i) & 0xFF);
    }

 private:
    static void header(std::string& to, const ZipEntry& entry, std::size_t name_size) {
        number(to, 20, 2);
        number(to, entry.flags, 2);
        number(to, entry.method, 2);
        number(to, 0x00210000, 4);  // 1980-01-01
        number(to, entry.crc.value_or(crc32(entry.content)), 4);
        number(to, entry.compressed.value_or(static_cast<std::uint32_t>(entry.content.size())), 4);
        number(to, entry.size.value_or(static_cast<std::uint32_t>(entry.content.size())), 4);
        number(to, name_size, 2);
        number(to, 0, 2);
    }

    std::string bytes_;
    std::string directory_;
    std::uint64_t count_ = 0;
};

// A deflated stream of 1 + 258 · `repeats` equal bytes: 13 bits for 258 of them.
inline std::string deflated_zeros(std::size_t repeats) {
    std::string out;
    unsigned pending = 0;
    unsigned held = 0;
    const auto bit = [&](unsigned value) {
        pending |= value << held;
        if (++held == 8) {
            out += static_cast<char>(pending);
            pending = held = 0;
        }
    };
    const auto code = [&](unsigned value, int size) {
        while (size-- > 0) bit(value >> size & 1);
    };
    code(0b110, 3);          // last block; fixed Huffman codes
    code(0b00110000, 8);     // a zero byte
    for (std::size_t i = 0; i < repeats; ++i) {
        code(0b11000101, 8);  // 258 bytes …
        code(0b00000, 5);     // … from one byte back
    }
    code(0, 7);
    while (held != 0) bit(0);
    return out;
}

}  // namespace fangtan::testing
