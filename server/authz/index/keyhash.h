// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace iam::authz {

/// Which list of a policy, in the order in which they are looked at.
enum class Field : std::uint8_t { Action, Subject, Resource };
inline constexpr std::size_t fieldCount = 3;

/// What a key says of a needle: that it is a text, begins with it or ends with it, or matches a template.
enum class KeyKind : std::uint8_t { Whole, Prefix, Suffix, Template };

/// Hashes of the first bytes of a text, for ever more bytes at the cost of one pass; or of the last ones, from the end.
/// Equal bytes have equal hashes, whatever was asked before.
template <bool fromTheEnd>
class KeyHash {
public:
    explicit KeyHash(std::string_view text) noexcept
        : m_text(text)
    {
    }

    /// Of `length` bytes: not more than the text has, and not fewer than the last time.
    [[nodiscard]] std::uint64_t of(std::size_t length, Field field, KeyKind kind) noexcept
    {
        for (; m_done + wordBytes <= length; m_done += wordBytes) m_state = mixed(m_state ^ word(wordBytes));
        const std::size_t rest = length - m_done;
        std::uint64_t hash = rest == 0 ? m_state : mixed(m_state ^ word(rest));
        hash ^= length << 8 | static_cast<std::uint64_t>(field) << 4 | static_cast<std::uint64_t>(kind);
        // The last mixing of MurmurHash3, which changes every bit.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdU;
        hash ^= hash >> 33;
        hash *= 0xc4ceb9fe1a85ec53U;
        return hash ^ hash >> 33;
    }

private:
    static constexpr std::size_t wordBytes = sizeof(std::uint64_t);

    static std::uint64_t mixed(std::uint64_t state) noexcept
    {
        state *= 0x9e3779b97f4a7c15U;
        return state ^ state >> 32;
    }
    /// The next `bytes` bytes as a number; up to eight.
    [[nodiscard]] std::uint64_t word(std::size_t bytes) const noexcept
    {
        std::uint64_t value = 0;
        const char* first = fromTheEnd ? m_text.data() + (m_text.size() - m_done - bytes) : m_text.data() + m_done;
        std::memcpy(&value, first, bytes);
        return value;
    }

    std::string_view m_text;
    std::size_t m_done = 0;
    std::uint64_t m_state = 0x243f6a8885a308d3U;
};

using PrefixHash = KeyHash<false>;
using SuffixHash = KeyHash<true>;

} // namespace iam::authz
