// SPDX-License-Identifier: Apache-2.0
//
// Reading whole files. Every input of the program passes through here, so
// that the guards against devices, pipes without a writer, files that grow
// while they are read and oversized files stand in one place.
#pragma once

#include <cstddef>
#include <string>

namespace fangtan {

inline constexpr std::size_t kMaximumFileSize = std::size_t{256} << 20;  // 256 MiB

// Replaces `buffer` (whose memory is reused) by the bytes of the regular file `path`.
// A named pipe is read only if `allow_pipe`. Throws Error(input): missing, a folder, not readable,
// larger than `maximum`, or changed while it was read.
void read_file(const std::string& path, std::string& buffer, std::size_t maximum = kMaximumFileSize,
               bool allow_pipe = false);

[[nodiscard]] std::string read_file(const std::string& path, std::size_t maximum = kMaximumFileSize);

// Reads `descriptor` to its end. `name` is for messages ("standard input").
[[nodiscard]] std::string read_descriptor(int descriptor, const std::string& name,
                                          std::size_t maximum = kMaximumFileSize);

// A file or a descriptor in blocks of whole lines, for streams that may be larger than memory.
class LineBlocks {
 public:
    // Throws Error(input): missing, a folder, not readable. Named pipes are read.
    [[nodiscard]] static LineBlocks of_file(const std::string& path);
    // `name` is for messages; the descriptor is not closed.
    [[nodiscard]] static LineBlocks of_descriptor(int descriptor, std::string name);
    LineBlocks(LineBlocks&& other) noexcept;
    LineBlocks& operator=(LineBlocks&&) = delete;
    ~LineBlocks();

    // Replaces `block` by the next lines, about 1 MiB of them, or more where one line is longer; at least 64 readable bytes
    // follow. False at the end. Throws Error(input) if a file changed while it was read.
    bool next(std::string& block);

 private:
    LineBlocks(int descriptor, std::string name, bool own);

    int descriptor_ = -1;
    std::string name_;
    bool own_ = false;
    long long size_ = -1;   // of a regular file, when it was opened
    long long read_ = 0;
    std::string rest_;      // the line begun in the block before
    bool at_end_ = false;
};

// Throws Error(input) unless the file may be opened for reading now. Reads nothing.
void check_readable(const std::string& path);

}  // namespace fangtan
