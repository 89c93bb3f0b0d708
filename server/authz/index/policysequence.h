// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <vector>

namespace iam::authz {

class CompiledPolicy;

/// A policy and its place in the order of evaluation: those of higher rank come first. Ranks are unique in a set, and
/// not 0.
struct RankedPolicy {
    std::uint64_t rank = 0;
    std::shared_ptr<const CompiledPolicy> policy;
};

/// Policies in evaluation order. A copy costs next to nothing, and a changed copy shares all but the pieces of some
/// hundred policies that its changes fall into. A value like any other as to threads.
class PolicySequence {
    using Piece = std::vector<RankedPolicy>;

public:
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = std::shared_ptr<const CompiledPolicy>;
        using difference_type = std::ptrdiff_t;
        using pointer = const value_type*;
        using reference = const value_type&;

        Iterator() = default;
        reference operator*() const { return (**m_piece)[m_index].policy; }
        pointer operator->() const { return &**this; }
        [[nodiscard]] std::uint64_t rank() const { return (**m_piece)[m_index].rank; }
        Iterator& operator++()
        {
            if (++m_index == (*m_piece)->size()) {
                ++m_piece;
                m_index = 0;
            }
            return *this;
        }
        Iterator operator++(int)
        {
            Iterator before = *this;
            ++*this;
            return before;
        }
        bool operator==(const Iterator&) const = default;

    private:
        friend class PolicySequence;
        using Place = const std::shared_ptr<const Piece>*;
        explicit Iterator(Place piece)
            : m_piece(piece)
        {
        }
        Place m_piece = nullptr;
        std::size_t m_index = 0;
    };

    PolicySequence() = default;
    /// In any order; no policy is null, no rank comes twice.
    explicit PolicySequence(std::vector<RankedPolicy> policies);

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }
    [[nodiscard]] bool empty() const noexcept { return m_size == 0; }
    [[nodiscard]] Iterator begin() const { return Iterator(m_pieces.data()); }
    [[nodiscard]] Iterator end() const { return Iterator(m_pieces.data() + m_pieces.size()); }
    /// The one at that place in the order. Takes a look at every piece before it.
    [[nodiscard]] const std::shared_ptr<const CompiledPolicy>& operator[](std::size_t place) const;
    /// The policy of that rank, or null.
    [[nodiscard]] const CompiledPolicy* find(std::uint64_t rank) const;
    [[nodiscard]] std::shared_ptr<const CompiledPolicy> share(std::uint64_t rank) const;

    /// This one with some policies put in, replacing those of the same rank, or taken out (null); in any order, the
    /// last of several for one rank counts.
    [[nodiscard]] PolicySequence with(std::vector<RankedPolicy> changes) const;

private:
    static constexpr std::size_t mostPerPiece = 512;
    static constexpr std::size_t fewestPerPiece = 64; ///< then it is joined with the next

    [[nodiscard]] const RankedPolicy* lookUp(std::uint64_t rank) const;
    void append(std::vector<RankedPolicy> sorted);

    std::vector<std::shared_ptr<const Piece>> m_pieces; ///< none of them empty
    std::size_t m_size = 0;
};

} // namespace iam::authz
