// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "authz/pattern/alphabet.h"
#include "authz/pattern/node.h"
#include <cstddef>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace iam::authz {

/// The alphabet of one pattern, or of several together, and their sets of runes in its letters: what stands for more
/// than a thousand ranges of runes is a handful of letters. The trees must outlive it.
class Spelling {
public:
    explicit Spelling(const Node& root);
    explicit Spelling(std::span<const NodePtr> roots);

    [[nodiscard]] const Alphabet& alphabet() const noexcept { return m_alphabet; }
    /// What a One, NotOne or Set takes.
    [[nodiscard]] const RuneSet& of(const Node& node) const { return m_sets[m_places.at(&node)]; }
    /// What a Boundary or NoBoundary looks for. Only when there is one.
    [[nodiscard]] const RuneSet& word() const { return m_sets[m_wordPlace]; }
    /// Every letter, and ASCII.
    [[nodiscard]] const RuneSet& all() const noexcept { return m_all; }
    /// How much work it was, in intervals of runes that were looked at, or as much as that.
    [[nodiscard]] std::size_t work() const noexcept { return m_work; }

private:
    struct Hash {
        std::size_t operator()(const RuneSet& set) const noexcept;
    };
    using Key = std::tuple<Node::Kind, bool, char32_t>; // of One and NotOne

    void collect(const Node& node);
    std::size_t placeOf(const Node& node);
    std::size_t placeOf(RuneSet runes);
    Alphabet partition();

    std::vector<RuneSet> m_sets; // each once: of runes while they are collected, then of letters
    std::unordered_map<RuneSet, std::size_t, Hash> m_known;
    std::map<Key, std::size_t> m_single;
    std::unordered_map<const Node*, std::size_t> m_places;
    std::size_t m_wordPlace = 0;
    std::size_t m_work = 0;
    Alphabet m_alphabet{{}, 0};
    RuneSet m_all;
};

} // namespace iam::authz
