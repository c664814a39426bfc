// SPDX-License-Identifier: Apache-2.0
#include "fangtan/coding/run.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace fangtan::coding {
namespace {

constexpr std::size_t kHeldMaximum = std::size_t{4} << 20;  // bytes one document may hold back
constexpr std::size_t kAheadOfThread = 4;                   // documents in work or waiting, for each thread

struct Entry {
    std::string held;
    bool begun = false;  // before() was written
    bool done = false;
    std::exception_ptr failure;
};

class Sequencer {
 public:
    Sequencer(std::size_t count, unsigned threads, const std::function<std::string(std::size_t)>& before,
              const std::function<void(std::string_view)>& out)
        : count_(count), window_(kAheadOfThread * threads), before_(before), out_(out) {}

    // The next document to work on; false when there is none left or the run has failed.
    bool next(std::size_t& index) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return stopped_ || issued_ >= count_ || issued_ < front_ + window_; });
        if (stopped_ || issued_ >= count_) return false;
        index = issued_++;
        entries_.emplace_back();
        return true;
    }

    void put(std::size_t index, std::string& bytes) {
        std::unique_lock lock(mutex_);
        if (index != front_ && held(index).held.size() + bytes.size() > kHeldMaximum) {
            moved_.wait(lock, [&] { return stopped_ || index == front_; });
        }
        if (stopped_) return bytes.clear();
        if (index == front_) {
            write_front(bytes);
        } else {
            held(index).held += bytes;
        }
        bytes.clear();
    }

    void finish(std::size_t index, std::exception_ptr failure) {
        const std::unique_lock lock(mutex_);
        if (stopped_) return;
        held(index).done = true;
        held(index).failure = std::move(failure);
        try {
            advance();
        } catch (...) {
            stop(std::current_exception());
        }
        moved_.notify_all();
    }

    // A failure of writing, met inside put().
    void stop(std::exception_ptr failure) {
        if (!failure_) failure_ = std::move(failure);
        stopped_ = true;
    }
    void fail(std::exception_ptr failure) {
        const std::unique_lock lock(mutex_);
        stop(std::move(failure));
        moved_.notify_all();
    }

    void rethrow() const {
        if (failure_) std::rethrow_exception(failure_);
    }

 private:
    Entry& held(std::size_t index) { return entries_[index - front_]; }

    void write_front(std::string_view bytes) {
        Entry& entry = entries_.front();
        if (!entry.begun) {
            entry.begun = true;
            const std::string first = before_(front_);
            if (!first.empty()) out_(first);
            if (!entry.held.empty()) out_(entry.held);
            entry.held.clear();
            entry.held.shrink_to_fit();
        }
        if (!bytes.empty()) out_(bytes);
    }

    void advance() {
        while (!entries_.empty() && entries_.front().done) {
            if (entries_.front().failure) return stop(entries_.front().failure);
            write_front({});
            entries_.pop_front();
            ++front_;
        }
    }

    std::mutex mutex_;
    std::condition_variable moved_;
    std::size_t count_;
    std::size_t window_;
    std::size_t issued_ = 0;
    std::size_t front_ = 0;       // the document whose turn it is to be written
    std::deque<Entry> entries_;   // from front_ on
    bool stopped_ = false;
    std::exception_ptr failure_;
    const std::function<std::string(std::size_t)>& before_;
    const std::function<void(std::string_view)>& out_;
};

class Slot : public OrderedSlot {
 public:
    Slot(Sequencer& sequencer, std::size_t index) : sequencer_(sequencer), index_(index) {}
    void put(std::string& bytes) override { sequencer_.put(index_, bytes); }

 private:
    Sequencer& sequencer_;
    std::size_t index_;
};

}  // namespace

void run_in_order(std::size_t count, unsigned threads, const std::function<void(unsigned, std::size_t, OrderedSlot&)>& work,
                  const std::function<std::string(std::size_t)>& before, const std::function<void(std::string_view)>& out) {
    Sequencer sequencer(count, threads, before, out);
    const auto worker = [&](unsigned number) {
        std::size_t index = 0;
        while (sequencer.next(index)) {
            std::exception_ptr failure;
            try {
                Slot slot(sequencer, index);
                work(number, index, slot);
            } catch (...) {
                failure = std::current_exception();
            }
            sequencer.finish(index, std::move(failure));
        }
    };
    if (threads <= 1) {
        worker(0);
    } else {
        std::vector<std::jthread> pool;
        for (unsigned number = 0; number < threads; ++number) pool.emplace_back(worker, number);
    }
    sequencer.rethrow();
}

}  // namespace fangtan::coding
