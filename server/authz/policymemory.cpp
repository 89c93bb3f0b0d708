// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/policymemory.h"
#include "base/hugepages.h"

namespace iam::authz {

namespace {

constexpr std::size_t lineBytes = 64;
constexpr std::size_t largestInPieces = 1024; // bytes; a larger policy is a piece itself
constexpr std::size_t mostInPiece = 16'384;   // of one size

// The sizes that blocks of the library have are multiples of it then, too.
std::size_t wholeLines(std::size_t bytes)
{
    return (bytes + lineBytes - 1) / lineBytes * lineBytes;
}

} // namespace

PolicyMemory::PolicyMemory()
    : m_blocks({mostInPiece, largestInPieces}, &m_pieces)
{
}

void* PolicyMemory::take(std::size_t bytes)
{
    const std::scoped_lock lock(m_mutex);
    return m_blocks.allocate(wholeLines(bytes), lineBytes);
}

void PolicyMemory::giveBack(void* memory, std::size_t bytes) noexcept
{
    const std::scoped_lock lock(m_mutex);
    m_blocks.deallocate(memory, wholeLines(bytes), lineBytes);
}

void* PolicyMemory::Pieces::do_allocate(std::size_t bytes, std::size_t alignment)
{
    return HugePages::take(bytes, alignment);
}

void PolicyMemory::Pieces::do_deallocate(void* memory, std::size_t bytes, std::size_t alignment)
{
    HugePages::giveBack(memory, bytes, alignment);
}

bool PolicyMemory::Pieces::do_is_equal(const std::pmr::memory_resource& other) const noexcept
{
    return this == &other;
}

} // namespace iam::authz
