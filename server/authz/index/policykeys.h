// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/index/keyhash.h"
#include "authz/pattern.h"
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace iam::authz {

class CompiledPolicy;

/// How long the keys of a kind are. Few lengths, since a needle is looked up once for each: when there are too many,
/// keys become shorter. Lengths stay once they are there, so that the same entry has the same key at any time.
class KeyLengths {
public:
    static constexpr std::size_t longest = 256; ///< bytes
    static constexpr std::size_t mostFree = 64; ///< beside the powers of two, which are always free

    /// The length to use instead of `wanted`, which is not 0: the same or less, never 0.
    std::size_t fit(std::size_t wanted);
    [[nodiscard]] const std::vector<std::uint16_t>& rising() const noexcept { return m_rising; }

private:
    std::vector<std::uint16_t> m_rising;
};

/// The lengths of the keys of one of the lists.
struct FieldLengths {
    KeyLengths prefixes;
    KeyLengths suffixes;
    bool mayEndWithLineFeed = false; ///< behind a whole text or a suffix
};
using Lengths = std::array<FieldLengths, fieldCount>;

struct PolicyKey {
    std::uint64_t hash = 0;
    std::uint32_t length = 0; ///< of what is hashed
    KeyKind kind = KeyKind::Whole;
    const Pattern* pattern = nullptr; ///< of the kind Template
};

/// An entry, or one of the texts that it stands for, can match or fail only with needles that have the first key, only
/// with those that have the second, and so on: any of them will do.
class KeyChoice {
public:
    void add(const PolicyKey& key) { m_keys[m_size++] = key; }
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    [[nodiscard]] const PolicyKey* begin() const noexcept { return m_keys.data(); }
    [[nodiscard]] const PolicyKey* end() const noexcept { return m_keys.data() + m_size; }

private:
    std::array<PolicyKey, 3> m_keys;
    std::size_t m_size = 0;
};

/// The keys of one list: when the needle has none of them (one of each choice), no entry matches or fails.
struct ListKeys {
    bool usable = false; ///< otherwise there is nothing of the kind to say, or a list before this one can fail
    std::vector<KeyChoice> choices;
};
using PolicyKeys = std::array<ListKeys, fieldCount>;

/// Finds the keys of policies. What it found out about a pattern it remembers; the patterns must outlive it.
class KeyFinder {
public:
    explicit KeyFinder(Lengths& lengths)
        : m_lengths(lengths)
    {
    }

    /// Valid until the next call.
    [[nodiscard]] const PolicyKeys& find(const CompiledPolicy& policy);

private:
    struct PatternKeys {
        bool canFail = false;
        bool usable = false;
        std::vector<KeyChoice> choices;
    };
    const PatternKeys& keysOf(const Pattern& pattern, Field field);
    PatternKeys read(const Pattern& pattern, Field field);
    PolicyKey key(std::string_view text, Field field, KeyKind kind);
    static PolicyKey keyOf(const Pattern& pattern, Field field);

    Lengths& m_lengths;
    std::array<std::unordered_map<const Pattern*, PatternKeys>, fieldCount> m_known;
    PolicyKeys m_found;
};

} // namespace iam::authz
