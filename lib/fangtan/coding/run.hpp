// SPDX-License-Identifier: Apache-2.0
//
// Many documents, several threads, one order: work is done in parallel, and
// what it yields is handed over document by document in the order of the
// corpus. Memory is bounded by the documents in work, not by the corpus.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace fangtan::coding {

// Where the work on one document puts its bytes.
class OrderedSlot {
 public:
    virtual ~OrderedSlot() = default;
    // Takes the content of `bytes` and leaves it empty. Waits if much has gathered and it is not this
    // document's turn.
    virtual void put(std::string& bytes) = 0;
};

// Calls work(worker, i, slot) for every i in [0, count), each once, on `threads` threads (worker in [0, threads)),
// and writes to `out` what each put, in order of i. `before(i)` is called, in order and by one thread at a time,
// when the work on i is known to have succeeded or to be large: its result is written first. The first exception in order of
// i ends the run and is thrown again; nothing of a later i is written then.
void run_in_order(std::size_t count, unsigned threads, const std::function<void(unsigned, std::size_t, OrderedSlot&)>& work,
                  const std::function<std::string(std::size_t)>& before, const std::function<void(std::string_view)>& out);

}  // namespace fangtan::coding
