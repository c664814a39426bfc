// SPDX-License-Identifier: Apache-2.0
//
// A read-only view of a zip archive in memory, for containers that come from
// outside: Word, OpenDocument, REFI-QDA. Everything a harmless document never
// has is refused at the door; nothing is ever written to a disk. Internal to
// the reader module.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fangtan::reader {

class ZipArchive {
 public:
    static constexpr std::uint64_t kEntriesMaximum = 10'000;
    static constexpr std::uint64_t kInflatedMaximum = 200'000'000;  // bytes, one entry and all that is read together
    static constexpr std::uint64_t kRatioMaximum = 100;             // inflated to compressed …
    static constexpr std::uint64_t kRatioCountsFrom = 1'000'000;    // … of entries above this size

    // `bytes` must outlive the archive; `name` is for messages. Throws Error(input) unless the directory is whole
    // and consistent and every entry has a harmless, unique name. O(n log n) in the entries.
    ZipArchive(std::string_view bytes, std::string name);
    ~ZipArchive();
    ZipArchive(ZipArchive&&) noexcept;
    ZipArchive& operator=(ZipArchive&&) noexcept;

    [[nodiscard]] const std::vector<std::string>& names() const;  // sorted bytewise; folders are left out
    [[nodiscard]] bool has(std::string_view entry) const;

    // The inflated entry. Throws Error(input) if there is none, if it is beyond the limits, or if its size or
    // checksum is not what the directory says. What is read counts towards kInflatedMaximum every time.
    [[nodiscard]] std::string read(std::string_view entry);

 private:
    void refuse_bombs(std::size_t compressed) const;

    struct Opened;
    std::unique_ptr<Opened> opened_;
};

}  // namespace fangtan::reader
