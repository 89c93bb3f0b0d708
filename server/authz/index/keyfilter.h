// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace iam::authz {

/// Says of nearly every hash that was not added that it was not, at one look at little memory: most of what a request
/// looks up is not there. What was added stays. Copies share what neither adds to; a value like any other as to
/// threads.
class KeyFilter {
public:
    /// Good for so many hashes.
    explicit KeyFilter(std::size_t hashes = 0)
        : m_words(std::make_shared<std::vector<std::uint64_t>>(std::bit_ceil(hashes / (wordBits / bitsPerHash) + 2)))
        , m_shift(wordBits - std::countr_zero(m_words->size()))
    {
    }

    [[nodiscard]] bool mayHave(std::uint64_t hash) const noexcept
    {
        return (~(*m_words)[place(hash)] & bits(hash)) == 0;
    }
    /// Says to the processor that mayHave() is going to be asked.
    void announce(std::uint64_t hash) const noexcept { __builtin_prefetch(m_words->data() + place(hash)); }
    void add(std::uint64_t hash)
    {
        if (mayHave(hash)) return;
        if (m_words.use_count() > 1) m_words = std::make_shared<std::vector<std::uint64_t>>(*m_words);
        (*m_words)[place(hash)] |= bits(hash);
        ++m_added;
    }
    /// More were added than it is good for.
    [[nodiscard]] bool isFull() const noexcept { return m_added > m_words->size() * wordBits / bitsPerHash; }

private:
    static constexpr int wordBits = 64;
    static constexpr int bitsPerHash = 16;

    [[nodiscard]] std::size_t place(std::uint64_t hash) const noexcept
    {
        return static_cast<std::size_t>(hash >> m_shift);
    }
    /// Two, or one.
    static std::uint64_t bits(std::uint64_t hash) noexcept
    {
        return std::uint64_t{1} << hash % wordBits | std::uint64_t{1} << hash / wordBits % wordBits;
    }

    std::shared_ptr<std::vector<std::uint64_t>> m_words; ///< a power of two of them, at least two
    int m_shift;
    std::size_t m_added = 0;
};

} // namespace iam::authz
