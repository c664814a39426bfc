// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

#include "app.hpp"
#include "fangtan/base/output.hpp"

namespace {

extern "C" void stop_on_signal(int number) {
    fangtan::remove_temporary_outputs();
    _exit(128 + number);
}

// A closed descriptor would be given to the next file that is opened, and results would end up in it.
void occupy_standard_descriptors() {
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (::fcntl(descriptor, F_GETFD) == -1) (void)::open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    }
}

}  // namespace

int main(int argc, char** argv) {
    occupy_standard_descriptors();
    // A write that cannot be done is told by write().
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        if (std::signal(number, stop_on_signal) == SIG_IGN) std::signal(number, SIG_IGN);  // nohup
    }
    return fangtan::cli::run({argv + 1, argv + argc}, fangtan::cli::Streams::standard());
}
