// SPDX-License-Identifier: Apache-2.0
//
// An allocator for large tables that are read at random: it asks the system
// for large pages, since finding the page of each small one costs more than
// reading it. Where the system has none to give, everything works as before.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <new>

namespace fangtan {

template <class T>
struct HugePageAllocator {
    using value_type = T;

    HugePageAllocator() = default;
    template <class Other>
    HugePageAllocator(const HugePageAllocator<Other>&) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        constexpr std::size_t kPage = std::size_t{2} << 20;
        const std::size_t bytes = count * sizeof(T);
        const bool large = bytes >= kPage / 8;
        const std::size_t alignment = large ? kPage : std::size_t{64};
        const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
        void* const memory = std::aligned_alloc(alignment, rounded);
        if (memory == nullptr) throw std::bad_alloc();
        if (large) (void)::madvise(memory, rounded, MADV_HUGEPAGE);
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { std::free(memory); }

    friend bool operator==(const HugePageAllocator&, const HugePageAllocator&) { return true; }
};

}  // namespace fangtan
