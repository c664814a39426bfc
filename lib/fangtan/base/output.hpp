// SPDX-License-Identifier: Apache-2.0
//
// Writing results. A file appears whole or not at all (temporary file in the
// target folder, fsync, rename, fsync of the folder); standard output is
// checked to the last byte. Nothing else in the program writes results.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fangtan {

class Output {
 public:
    // Creates the temporary file at once, so that an unwritable folder is found before the work.
    // Throws Error(output).
    [[nodiscard]] static Output to_file(const std::string& path);
    // `name` is for messages ("standard output"). The descriptor stays open.
    [[nodiscard]] static Output to_descriptor(int descriptor, std::string name);

    Output(Output&& other) noexcept;
    Output& operator=(Output&&) = delete;
    // Without commit(): the temporary file is removed and an older file of that name stays as it was.
    ~Output();

    // Buffered. Throws Error(output) on any failure, ClosedPipe if nobody reads any more.
    void write(std::string_view bytes);
    // Hands what is buffered to the operating system.
    void flush();
    // Makes everything durable and gives the file its name. Nothing may be written after it.
    void commit();

 private:
    Output(int descriptor, std::string name, std::string target, std::string temporary);
    void write_through(std::string_view bytes);
    [[noreturn]] void fail(const char* doing) const;

    int descriptor_;
    std::string name_;       // for messages
    std::string target_;     // empty: a descriptor that is not ours
    std::string temporary_;  // empty: none, or already renamed
    std::string buffer_;
};

// Removes the temporary files of all open outputs; for signal handlers only (async-signal-safe).
void remove_temporary_outputs() noexcept;

}  // namespace fangtan
