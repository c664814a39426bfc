// SPDX-License-Identifier: Apache-2.0
#include "fangtan/base/output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "fangtan/base/error.hpp"

namespace fangtan {
namespace {

// Few large calls: the kernel's work for a page is less in them.
constexpr std::size_t kBufferSize = std::size_t{1} << 20;

// The one piece of global state: a signal handler can be told nothing, and must not allocate.
constexpr std::size_t kSlots = 16;
constexpr std::size_t kPathSize = 4096;
struct Slot {
    std::atomic<bool> used{false};
    std::atomic<bool> ready{false};
    std::array<char, kPathSize> path{};
};
std::array<Slot, kSlots> temporary_files;

// While one lives no signal comes, so that a file is never made without being remembered.
class SignalsHeld {
 public:
    SignalsHeld() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_BLOCK, &all, &before_);
    }
    ~SignalsHeld() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
    sigset_t before_{};
};

void remember(const std::string& path) {
    if (path.size() >= kPathSize) return;
    for (Slot& slot : temporary_files) {
        bool expected = false;
        if (!slot.used.compare_exchange_strong(expected, true)) continue;
        std::memcpy(slot.path.data(), path.c_str(), path.size() + 1);
        slot.ready = true;
        return;
    }
}

void forget(const std::string& path) {
    for (Slot& slot : temporary_files) {
        if (!slot.ready || path != slot.path.data()) continue;
        slot.ready = false;
        slot.used = false;
        return;
    }
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

// A link is written through, so that `-o link` does not replace the link by a file.
std::string resolved(const std::string& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISLNK(status.st_mode)) return path;
    std::array<char, kPathSize> buffer{};
    return ::realpath(path.c_str(), buffer.data()) != nullptr ? std::string(buffer.data()) : path;
}

}  // namespace

void remove_temporary_outputs() noexcept {
    for (Slot& slot : temporary_files) {
        if (slot.ready) ::unlink(slot.path.data());
    }
}

Output::Output(int descriptor, std::string name, std::string target, std::string temporary)
    : descriptor_(descriptor),
      name_(std::move(name)),
      target_(std::move(target)),
      temporary_(std::move(temporary)) {
    buffer_.reserve(kBufferSize);
}

Output::Output(Output&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      target_(std::exchange(other.target_, {})),
      temporary_(std::exchange(other.temporary_, {})),
      buffer_(std::exchange(other.buffer_, {})) {}

Output Output::to_file(const std::string& path) {
    const std::string target = resolved(path);
    struct stat status {};
    mode_t mode = 0666;
    if (::stat(target.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) throw Error(ErrorKind::output, path, "is a folder; name a file");
        if (!S_ISREG(status.st_mode)) {  // /dev/full, /dev/null, a named pipe: nothing to rename onto
            const int descriptor = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
            if (descriptor < 0) throw Error(ErrorKind::output, path, std::strerror(errno));
            return {descriptor, path, target, {}};
        }
        if (::access(target.c_str(), W_OK) != 0) throw Error(ErrorKind::output, path, "is write-protected");
        mode = status.st_mode & 07777;
    }
    const std::string base = target.substr(target.rfind('/') + 1);
    const std::string stem = folder_of(target) + "/." + base.substr(0, 200) + ".fangtan-" + std::to_string(::getpid());
    for (int attempt = 0; attempt < 100; ++attempt) {
        const std::string temporary = stem + "-" + std::to_string(attempt);
        const SignalsHeld held;
        const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0) {
            remember(temporary);
            return {descriptor, path, target, temporary};
        }
        if (errno != EEXIST) break;
    }
    throw Error(ErrorKind::output, path, std::string("cannot be written: ") + std::strerror(errno));
}

Output Output::to_descriptor(int descriptor, std::string name) {
    return {descriptor, std::move(name), {}, {}};
}

Output::~Output() {
    if (!temporary_.empty()) {
        ::unlink(temporary_.c_str());
        forget(temporary_);
    }
    if (!target_.empty() && descriptor_ >= 0) ::close(descriptor_);
}

void Output::fail(const char* doing) const {
    throw Error(ErrorKind::output, name_, std::string(doing) + " failed: " + std::strerror(errno));
}

void Output::write_through(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0 && errno == EPIPE) throw ClosedPipe();
        if (put < 0) fail("writing");
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
}

void Output::write(std::string_view bytes) {
    if (buffer_.size() + bytes.size() > kBufferSize) {
        flush();
        if (bytes.size() >= kBufferSize) return write_through(bytes);
    }
    buffer_ += bytes;
}

void Output::flush() {
    write_through(buffer_);
    buffer_.clear();
}

void Output::commit() {
    flush();
    if (target_.empty()) return;
    if (temporary_.empty()) {
        if (::close(std::exchange(descriptor_, -1)) != 0) fail("closing");
        return;
    }
    if (::fsync(descriptor_) != 0) fail("writing to disk");
    if (::close(std::exchange(descriptor_, -1)) != 0) fail("closing");
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("renaming");
    forget(std::exchange(temporary_, {}));
    const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        // Some network file systems cannot sync a folder; the file itself is whole and named by now.
        ::fsync(folder);
        ::close(folder);
    }
}

}  // namespace fangtan
