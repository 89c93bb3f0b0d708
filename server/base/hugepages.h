// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <algorithm>
#include <cstddef>
#include <new>
#include <sys/mman.h>

namespace iam {

/// Memory for what is looked at here and there, where finding out in which page something lies would cost as much as
/// looking at it: for large pieces the system is asked for huge pages, and when it has none they are like any other.
/// Throws as operator new does. Any number of threads.
class HugePages {
public:
    static constexpr std::size_t pageBytes = std::size_t{1} << 21;

    [[nodiscard]] static void* take(std::size_t bytes, std::size_t alignment)
    {
        void* const memory = ::operator new(bytes, alignmentOf(bytes, alignment));
        if (bytes >= pageBytes) ::madvise(memory, bytes / pageBytes * pageBytes, MADV_HUGEPAGE);
        return memory;
    }
    /// Size and alignment as when it was taken.
    static void giveBack(void* memory, std::size_t bytes, std::size_t alignment) noexcept
    {
        ::operator delete(memory, alignmentOf(bytes, alignment)); // with the size, too, is not known to every compiler
    }

private:
    static std::align_val_t alignmentOf(std::size_t bytes, std::size_t alignment) noexcept
    {
        return std::align_val_t{bytes < pageBytes ? alignment : std::max(alignment, pageBytes)};
    }
};

} // namespace iam
