// SPDX-License-Identifier: Apache-2.0
#include "fangtan/reader/pdf_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "fangtan/base/error.hpp"

namespace fangtan::reader::pdf {
namespace {

constexpr std::size_t kErrorsMaximum = std::size_t{64} << 10;

[[noreturn]] void fail(const std::string& what, int error) {
    throw Error(ErrorKind::internal, "", what + ": " + std::generic_category().message(error));
}

class Pipe {
 public:
    Pipe() {
        if (pipe2(ends_, O_CLOEXEC) != 0) fail("no pipe can be made", errno);
    }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int reading() const { return ends_[0]; }
    [[nodiscard]] int writing() const { return ends_[1]; }
    void close_reading() { close_end(0); }
    void close_writing() { close_end(1); }

 private:
    void close_end(int which) {
        if (ends_[which] >= 0) close(ends_[which]);
        ends_[which] = -1;
    }
    int ends_[2] = {-1, -1};
};

class FileActions {
 public:
    FileActions() { posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    [[nodiscard]] posix_spawn_file_actions_t* get() { return &actions_; }

 private:
    posix_spawn_file_actions_t actions_{};
};

// Whatever happens, no process is left behind.
class Child {
 public:
    explicit Child(pid_t id) : id_(id) {}
    ~Child() {
        if (id_ <= 0) return;
        end();
        (void)wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    void end() const { kill(id_, SIGKILL); }
    int wait() {
        int status = 0;
        while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
        }
        id_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

 private:
    pid_t id_;
};

// Appends what is there to read; false at the end.
bool read_some(int descriptor, std::string& text, std::size_t maximum) {
    char buffer[1 << 16];
    const ssize_t size = read(descriptor, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) return true;
    if (size <= 0) return false;
    text.append(buffer, std::min(static_cast<std::size_t>(size), maximum - std::min(maximum, text.size())));
    return true;
}

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& command, std::size_t maximum) {
    Pipe out;
    Pipe errors;
    FileActions actions;
    posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(actions.get(), out.writing(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(actions.get(), errors.writing(), STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    char locale[] = "LC_ALL=C";
    char* environment[] = {locale, nullptr};

    ProgramOutput result;
    pid_t id = 0;
    const int error = posix_spawnp(&id, command[0].c_str(), actions.get(), nullptr, arguments.data(), environment);
    if (error == ENOENT || error == EACCES || error == ENOTDIR) {
        result.missing = true;
        return result;
    }
    if (error != 0) fail(command[0] + " cannot be started", error);
    Child child(id);
    out.close_writing();
    errors.close_writing();
    while (out.reading() >= 0 || errors.reading() >= 0) {
        // poll() passes over negative descriptors.
        pollfd both[2] = {{out.reading(), POLLIN, 0}, {errors.reading(), POLLIN, 0}};
        if (poll(both, 2, -1) < 0) {
            if (errno == EINTR) continue;
            fail("waiting for " + command[0] + " failed", errno);
        }
        if (both[0].revents != 0 && !read_some(out.reading(), result.out, maximum + 1)) out.close_reading();
        if (both[1].revents != 0 && !read_some(errors.reading(), result.errors, kErrorsMaximum)) errors.close_reading();
        if (result.out.size() > maximum) {
            result.too_long = true;
            child.end();
            break;
        }
    }
    result.status = child.wait();
    return result;
}

}  // namespace fangtan::reader::pdf
