// SPDX-License-Identifier: Apache-2.0
#include "fangtan/base/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "fangtan/base/error.hpp"

namespace fangtan {
namespace {

class Descriptor {
 public:
    explicit Descriptor(int value) : value_(value) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return value_; }

 private:
    int value_;
};

[[noreturn]] void fail(const std::string& path, const std::string& what) {
    throw Error(ErrorKind::input, path, what);
}

[[noreturn]] void fail_errno(const std::string& path) {
    switch (errno) {
        case ENOENT: fail(path, "no such file or folder");
        case EACCES: fail(path, "permission denied; make the file readable");
        case ELOOP: fail(path, "too many levels of symbolic links");
        default: fail(path, std::string("cannot be read: ") + std::strerror(errno));
    }
}

int open_input(const std::string& path, struct stat& status, bool allow_pipe) {
    // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (allow_pipe ? 0 : O_NONBLOCK);
    const int descriptor = ::open(path.c_str(), flags);
    if (descriptor < 0) fail_errno(path);
    if (::fstat(descriptor, &status) != 0) {
        ::close(descriptor);
        fail_errno(path);
    }
    const char* what = nullptr;
    if (S_ISDIR(status.st_mode)) {
        what = "is a folder, but a file was expected";
    } else if (!S_ISREG(status.st_mode) && !(allow_pipe && S_ISFIFO(status.st_mode))) {
        what = "is not a regular file";
    }
    if (what != nullptr) {
        ::close(descriptor);
        fail(path, what);
    }
    return descriptor;
}

std::string too_large(std::size_t maximum) {
    return "is larger than " + std::to_string(maximum >> 20) + " MiB; split it into one file an interview";
}

// Appends until the end; false if more than `maximum` bytes came.
bool read_rest(int descriptor, const std::string& name, std::string& buffer, std::size_t maximum) {
    std::size_t used = buffer.size();
    while (true) {
        if (buffer.size() - used < (1U << 16)) buffer.resize(used + used / 2 + (1U << 16));
        const ssize_t got = ::read(descriptor, buffer.data() + used, buffer.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno(name);
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
        if (used > maximum) return false;
    }
    buffer.resize(used);
    return true;
}

}  // namespace

void read_file(const std::string& path, std::string& buffer, std::size_t maximum, bool allow_pipe) {
    struct stat before {};
    const Descriptor file(open_input(path, before, allow_pipe));
    buffer.clear();
    if (S_ISFIFO(before.st_mode)) {
        if (!read_rest(file.get(), path, buffer, maximum)) fail(path, too_large(maximum));
        return;
    }
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > maximum) fail(path, too_large(maximum));
    // Room behind the content: parsers of codings read a little past the end.
    buffer.reserve(size + 64);
    buffer.resize(size);
    std::size_t used = 0;
    while (used < size) {
        const ssize_t got = ::read(file.get(), buffer.data() + used, size - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno(path);
        if (got == 0) break;
        used += static_cast<std::size_t>(got);
    }
    struct stat after {};
    if (::fstat(file.get(), &after) != 0) fail_errno(path);
    if (used != size || after.st_size != before.st_size || after.st_mtim.tv_sec != before.st_mtim.tv_sec ||
        after.st_mtim.tv_nsec != before.st_mtim.tv_nsec) {
        fail(path, "changed while it was being read; run the command again");
    }
}

std::string read_file(const std::string& path, std::size_t maximum) {
    std::string buffer;
    read_file(path, buffer, maximum, true);
    return buffer;
}

std::string read_descriptor(int descriptor, const std::string& name, std::size_t maximum) {
    std::string buffer;
    if (!read_rest(descriptor, name, buffer, maximum)) fail(name, too_large(maximum));
    return buffer;
}

LineBlocks::LineBlocks(int descriptor, std::string name, bool own) : descriptor_(descriptor), name_(std::move(name)), own_(own) {}

LineBlocks::LineBlocks(LineBlocks&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      name_(std::move(other.name_)),
      own_(other.own_),
      size_(other.size_),
      read_(other.read_),
      rest_(std::move(other.rest_)),
      at_end_(other.at_end_) {}

LineBlocks::~LineBlocks() {
    if (own_ && descriptor_ >= 0) ::close(descriptor_);
}

LineBlocks LineBlocks::of_file(const std::string& path) {
    struct stat status {};
    LineBlocks blocks(open_input(path, status, true), path, true);
    if (S_ISREG(status.st_mode)) blocks.size_ = status.st_size;
    return blocks;
}

LineBlocks LineBlocks::of_descriptor(int descriptor, std::string name) { return {descriptor, std::move(name), false}; }

bool LineBlocks::next(std::string& block) {
    constexpr std::size_t kBlock = std::size_t{1} << 20;
    constexpr std::size_t kRoomBehind = 64;
    block.assign(rest_);  // not swapped: the memory of the larger one is kept
    std::size_t used = block.size();
    std::size_t whole = 0;  // bytes of whole lines
    rest_.clear();
    while (!at_end_) {
        block.resize(std::max(block.size(), used + kBlock));
        const ssize_t got = ::read(descriptor_, block.data() + used, block.size() - used);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail_errno(name_);
        at_end_ = got == 0;
        used += static_cast<std::size_t>(got);
        read_ += got;
        if (at_end_ && size_ >= 0 && size_ != read_) fail(name_, "changed while it was being read; run the command again");
        const std::size_t before = used - static_cast<std::size_t>(got);
        if (const void* feed = ::memrchr(block.data() + before, '\n', used - before)) {
            whole = static_cast<std::size_t>(static_cast<const char*>(feed) - block.data()) + 1;
        }
        if (whole == 0 || at_end_ || used < kBlock) continue;  // a pipe gives little at a time
        rest_.assign(block, whole, used - whole);
        used = whole;
        break;
    }
    block.resize(used);
    block.reserve(used + kRoomBehind);
    return used > 0;
}

void check_readable(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) fail_errno(path);
    if (S_ISREG(status.st_mode) && ::access(path.c_str(), R_OK) == 0) return;
    const Descriptor file(open_input(path, status, false));  // says what is wrong
}

}  // namespace fangtan
