// SPDX-License-Identifier: Apache-2.0
//
// Files as the system really gives them: read whole or refused, written whole
// or not at all.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>

#include "../../support/random.hpp"
#include "fangtan/base/error.hpp"
#include "fangtan/base/file.hpp"
#include "fangtan/base/output.hpp"

using namespace fangtan;

namespace {

namespace fs = std::filesystem;

// An empty folder that is gone afterwards.
class Folder {
 public:
    Folder() {
        std::string path = (fs::temp_directory_path() / "fangtan-test-XXXXXX").string();
        REQUIRE(::mkdtemp(path.data()) != nullptr);
        path_ = path;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_), fs::directory_iterator())); }

 private:
    fs::path path_;
};

void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

template <class Work>
std::string error_of(ErrorKind kind, const Work& work) {
    try {
        work();
        return {};
    } catch (const Error& error) {
        CHECK(error.kind() == kind);
        return error.place() + ": " + error.what();
    }
}

}  // namespace

TEST_CASE("files are read whole, whatever is in them") {
    const Folder folder;
    const std::string path = folder / "访谈 '1'.txt";
    std::string buffer = "from before";
    for (const std::string& bytes : {std::string(), std::string("社工\n"), std::string(3, '\0'), std::string(300'000, 'x')}) {
        write(path, bytes);
        CHECK(read_file(path) == bytes);
        read_file(path, buffer);
        CHECK(buffer == bytes);
    }
    CHECK_NOTHROW(check_readable(path));
}

TEST_CASE("what is no file that can be read is refused by name") {
    const Folder folder;
    const auto refused = [&](const std::string& name) {
        const std::string path = folder / name;
        const std::string message = error_of(ErrorKind::input, [&] { (void)read_file(path); });
        CHECK(message == error_of(ErrorKind::input, [&] { check_readable(path); }));
        REQUIRE(message.starts_with(path + ": "));
        return message.substr(path.size() + 2);
    };
    CHECK(refused("missing") == "no such file or folder");
    fs::create_directory(folder / "folder");
    CHECK(refused("folder") == "is a folder, but a file was expected");
    fs::create_symlink("loop", folder / "loop");
    CHECK(refused("loop") == "too many levels of symbolic links");
    fs::create_symlink("nowhere", folder / "dangling");
    CHECK(refused("dangling") == "no such file or folder");
    fs::create_symlink("/dev/zero", folder / "zero");
    CHECK(refused("zero") == "is not a regular file");
    // A pipe that nobody writes to must not be waited for.
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    std::string buffer;
    CHECK(error_of(ErrorKind::input, [&] { read_file(folder / "pipe", buffer); }).ends_with("is not a regular file"));
    write(folder / "large", std::string(5, 'x'));
    CHECK(error_of(ErrorKind::input, [&] { (void)read_file(folder / "large", 4); }).find("is larger than ") != std::string::npos);
    CHECK(read_file(folder / "large", 5).size() == 5);
}

TEST_CASE("a descriptor is read to its end") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    REQUIRE(::write(ends[1], "abc", 3) == 3);
    ::close(ends[1]);
    CHECK(read_descriptor(ends[0], "standard input") == "abc");
    ::close(ends[0]);
    REQUIRE(::pipe(ends) == 0);
    REQUIRE(::write(ends[1], "abcdef", 6) == 6);
    ::close(ends[1]);
    CHECK(error_of(ErrorKind::input, [&] { (void)read_descriptor(ends[0], "standard input", 5); }).starts_with("standard input: is larger than "));
    ::close(ends[0]);
    CHECK(error_of(ErrorKind::input, [&] { (void)read_descriptor(-1, "standard input"); }).starts_with("standard input: cannot be read: "));
}

TEST_CASE("a file appears whole or not at all") {
    const Folder folder;
    const std::string path = folder / "表.csv";
    {
        Output output = Output::to_file(path);
        output.write("half");
        output.flush();
        CHECK_FALSE(fs::exists(path));
        CHECK(folder.size() == 1);  // the temporary file stands beside it
    }
    CHECK(folder.size() == 0);
    {
        Output output = Output::to_file(path);
        output.write("one ");
        output.write(std::string(600'000, 'x'));
        output.write(" two");
        CHECK_FALSE(fs::exists(path));
        output.commit();
        CHECK(fs::exists(path));
    }
    CHECK(folder.size() == 1);
    CHECK(read_file(path) == "one " + std::string(600'000, 'x') + " two");
    {
        // An older file of that name stays as it was until the new one is whole.
        Output output = Output::to_file(path);
        output.write("new");
        output.flush();
        CHECK(read_file(path).size() == 600'008);
        Output moved = std::move(output);
        moved.commit();
    }
    CHECK(read_file(path) == "new");
    CHECK(folder.size() == 1);
}

TEST_CASE("links are written through, permissions are kept") {
    const Folder folder;
    write(folder / "real", "old");
    fs::permissions(folder / "real", fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink("real", folder / "link");
    Output output = Output::to_file(folder / "link");
    output.write("new");
    output.commit();
    CHECK(fs::is_symlink(folder / "link"));
    CHECK(read_file(folder / "real") == "new");
    CHECK(fs::status(folder / "real").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("outputs that cannot be written") {
    const Folder folder;
    fs::create_directory(folder / "folder");
    CHECK(error_of(ErrorKind::output, [&] { (void)Output::to_file(folder / "folder"); }) == folder / "folder" + ": is a folder; name a file");
    CHECK(error_of(ErrorKind::output, [&] { (void)Output::to_file(folder / "no/such/place"); }).starts_with(folder / "no/such/place" + ": cannot be written: "));
    CHECK(error_of(ErrorKind::output, [] {
              Output output = Output::to_file("/dev/full");
              output.write("x");
              output.commit();
          }).starts_with("/dev/full: writing failed: "));
    CHECK(error_of(ErrorKind::output, [] {
              Output output = Output::to_descriptor(-1, "standard output");
              output.write("x");
              output.flush();
          }).starts_with("standard output: writing failed: "));
}

TEST_CASE("a reader that has gone away is no error") {
    const auto before = std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    ::close(ends[0]);
    Output output = Output::to_descriptor(ends[1], "standard output");
    output.write("x");
    CHECK_THROWS_AS(output.commit(), ClosedPipe);
    ::close(ends[1]);
    std::signal(SIGPIPE, before);
}

TEST_CASE("temporary files can be removed from a signal handler") {
    const Folder folder;
    Output output = Output::to_file(folder / "a");
    Output other = Output::to_file(folder / "b");
    CHECK(folder.size() == 2);
    remove_temporary_outputs();
    CHECK(folder.size() == 0);
}

TEST_CASE("blocks of lines are the file, cut behind line feeds") {
    const Folder folder;
    const std::string path = folder / "lines";
    testing::Random random(31);
    for (std::size_t number = 0; number < 6; ++number) {
        std::string bytes;
        const std::size_t size = random.below(std::size_t{5} << 20);
        // Lines of a few bytes, and lines longer than any block.
        while (bytes.size() < size) bytes += std::string(random.chance(1) ? random.below(3U << 20U) : random.below(9), 'x') + "\n";
        if (number % 2 == 0) bytes += "no line feed at the end";
        write(path, bytes);
        std::string together;
        std::string block;
        LineBlocks blocks = LineBlocks::of_file(path);
        while (blocks.next(block)) {
            CHECK(block.capacity() >= block.size() + 64);
            together += block;
            CHECK((together.size() == bytes.size() || block.back() == '\n'));
        }
        CHECK(together == bytes);
        CHECK_FALSE(blocks.next(block));
    }
    write(path, "");
    std::string block;
    CHECK_FALSE(LineBlocks::of_file(path).next(block));
    CHECK(error_of(ErrorKind::input, [&] { (void)LineBlocks::of_file(folder / "missing"); }).ends_with("no such file or folder"));
    write(path, std::string(std::size_t{3} << 20, 'y') + "\n" + std::string(std::size_t{2} << 20, 'z'));
    LineBlocks growing = LineBlocks::of_file(path);
    CHECK(growing.next(block));
    std::ofstream(path, std::ios::app) << "more";
    CHECK(error_of(ErrorKind::input, [&] {
              while (growing.next(block)) {
              }
          }).ends_with("changed while it was being read; run the command again"));
}

TEST_CASE("blocks of lines come out of a pipe as well") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    std::string bytes;
    for (int i = 0; i < 300'000; ++i) bytes += "line " + std::to_string(i) + "\n";
    std::thread writer([&] {
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t put = ::write(ends[1], bytes.data() + at, std::min<std::size_t>(777, bytes.size() - at));
            if (put <= 0) break;
            at += static_cast<std::size_t>(put);
        }
        ::close(ends[1]);
    });
    std::string together;
    std::string block;
    std::size_t count = 0;
    LineBlocks blocks = LineBlocks::of_descriptor(ends[0], "pipe");
    while (blocks.next(block)) {
        together += block;
        ++count;
    }
    writer.join();
    ::close(ends[0]);
    CHECK(together == bytes);
    CHECK(count > 1);
}
