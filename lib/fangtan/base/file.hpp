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

// Throws Error(input) unless the file may be opened for reading now. Reads nothing.
void check_readable(const std::string& path);

}  // namespace fangtan
