// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/hugepages.h"
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace iam {

/// Entries under 64-bit hashes, many under one if need be, made for being looked at often and changed seldom: immutable
/// pieces of some dozen buckets, which a changed copy shares but for those that its changes fall into. Looking one hash
/// up touches the list of pieces and one bucket, which is one line of the processor's cache as long as it has not more
/// entries than fit into that. Pieces that were made together are one memory, which lives as long as one of them is
/// shared. Different objects may be used by different threads, as with any value.
///
/// An Entry can be copied and has the numbers `hash` and `rank`, which together say which one it is. The hash has to be
/// a good one in all its bits; what it is of is the user's business, also when two have the same.
template <class Entry>
class HashedTable {
public:
    struct Key {
        std::uint64_t hash = 0;
        std::uint64_t rank = 0;
    };

    HashedTable() = default;
    /// In any order; of two with the same hash and rank the last counts.
    explicit HashedTable(std::vector<Entry> entries) { build(std::move(entries)); }

    [[nodiscard]] std::size_t size() const noexcept { return m_size; }

    /// All entries under that hash, the highest rank first. Valid as long as this table or a copy lives unchanged.
    [[nodiscard]] std::span<const Entry> find(std::uint64_t hash) const noexcept
    {
        if (m_size == 0) return {};
        const Bucket* piece = m_pieces[pieceOf(hash)].get();
        if (piece == nullptr) return {};
        const std::span<const Entry> bucket = piece[bucketOf(hash)].entries();
        const Entry* first = bucket.data();
        const Entry* last = first + bucket.size();
        // Other hashes share the bucket, and there may be any number of entries under one.
        if (last - first > fewEntries) {
            first = std::lower_bound(first, last, hash, [](const Entry& e, std::uint64_t h) { return e.hash < h; });
            last = std::upper_bound(first, last, hash, [](std::uint64_t h, const Entry& e) { return h < e.hash; });
        } else {
            while (first != last && first->hash != hash) ++first;
            const Entry* end = first;
            while (end != last && end->hash == hash) ++end;
            last = end;
        }
        return {first, last};
    }
    [[nodiscard]] bool contains(const Key& key) const noexcept
    {
        const auto found = find(key.hash);
        const auto at = std::lower_bound(found.begin(), found.end(), key.rank,
                                         [](const Entry& e, std::uint64_t rank) { return e.rank > rank; });
        return at != found.end() && at->rank == key.rank;
    }
    /// Calls `visit(entry)` for each, in no promised order.
    template <class Visit>
    void forEach(Visit visit) const
    {
        for (const auto& piece : m_pieces) {
            for (std::size_t i = 0; piece && i <= m_mask; ++i) {
                const auto entries = piece[i].entries();
                std::for_each(entries.begin(), entries.end(), visit);
            }
        }
    }

    /// Takes those of `erased` away that are there, then puts `put` in, in the place of one with the same hash and
    /// rank.
    void change(const std::vector<Key>& erased, std::vector<Entry> put)
    {
        std::vector<Change> changes;
        changes.reserve(erased.size() + put.size());
        for (const Key& key : erased)
            if (contains(key)) changes.push_back({key, nullptr});
        for (const Entry& entry : put) changes.push_back({{entry.hash, entry.rank}, &entry});
        if (m_pieces.empty()) return build(std::move(put));
        std::stable_sort(changes.begin(), changes.end(), [this](const Change& a, const Change& b) {
            const std::size_t left = pieceOf(a.key.hash);
            const std::size_t right = pieceOf(b.key.hash);
            return left != right ? left < right : isBefore(a.key, b.key);
        });
        for (auto first = changes.begin(); first != changes.end();) {
            const std::size_t index = pieceOf(first->key.hash);
            const auto last = std::find_if(first, changes.end(),
                                           [&](const Change& change) { return pieceOf(change.key.hash) != index; });
            replace(m_pieces[index], first, last);
            first = last;
        }
        const std::size_t room = m_pieces.size() * (m_mask + 1);
        if (m_size > mostPerBucket * room || (room > 1 && m_size < room / bucketsPerEntry)) build(collect());
    }

private:
    static constexpr std::size_t mostBuckets = 64;    ///< of a piece
    static constexpr std::size_t mostPerBucket = 2;   ///< on average
    static constexpr std::size_t bucketsPerEntry = 4; ///< at most
    static constexpr std::ptrdiff_t fewEntries = 16;
    static constexpr std::size_t lineBytes = 64;

    static constexpr std::size_t inBucket =
        (lineBytes - 2 * sizeof(std::size_t)) / sizeof(Entry); ///< without more memory

    /// Entries by hash, then the highest rank first.
    class alignas(inBucket > 0 ? lineBytes : alignof(std::size_t)) Bucket {
    public:
        [[nodiscard]] std::span<const Entry> entries() const noexcept
        {
            return {m_size > inBucket ? m_many.get() : m_few.data(), m_size};
        }
        void set(std::span<const Entry> entries)
        {
            m_many = entries.size() > inBucket ? std::make_unique<Entry[]>(entries.size()) : nullptr;
            m_size = entries.size();
            std::copy(entries.begin(), entries.end(), m_many ? m_many.get() : m_few.data());
        }

    private:
        std::size_t m_size = 0;
        std::unique_ptr<Entry[]> m_many;
        std::array<Entry, inBucket> m_few{};
    };
    struct Change {
        Key key;
        const Entry* entry; ///< null: erased
    };

    [[nodiscard]] std::size_t pieceOf(std::uint64_t hash) const noexcept
    {
        return m_pieces.size() == 1 ? 0 : static_cast<std::size_t>(hash >> m_shift);
    }
    [[nodiscard]] std::size_t bucketOf(std::uint64_t hash) const noexcept
    {
        return static_cast<std::size_t>(hash) & m_mask;
    }
    template <class Left, class Right>
    bool isBefore(const Left& a, const Right& b) const noexcept
    {
        if (bucketOf(a.hash) != bucketOf(b.hash)) return bucketOf(a.hash) < bucketOf(b.hash);
        return a.hash != b.hash ? a.hash < b.hash : a.rank > b.rank;
    }

    using Piece = std::shared_ptr<const Bucket[]>;
    [[nodiscard]] Piece pieceFrom(std::span<const Entry> sorted) const
    {
        if (sorted.empty()) return nullptr;
        const std::shared_ptr<Bucket[]> piece(new Bucket[m_mask + 1]);
        fill(piece.get(), sorted);
        return piece;
    }
    void fill(Bucket* piece, std::span<const Entry> sorted) const
    {
        while (!sorted.empty()) {
            const std::size_t bucket = bucketOf(sorted.front().hash);
            const auto end = std::find_if(sorted.begin(), sorted.end(),
                                          [&](const Entry& entry) { return bucketOf(entry.hash) != bucket; });
            const auto count = static_cast<std::size_t>(end - sorted.begin());
            piece[bucket].set(sorted.first(count));
            sorted = sorted.subspan(count);
        }
    }

    /// Of all pieces, in one place.
    [[nodiscard]] static std::shared_ptr<Bucket[]> makeBuckets(std::size_t count)
    {
        auto* const first = static_cast<Bucket*>(HugePages::take(count * sizeof(Bucket), alignof(Bucket)));
        std::uninitialized_value_construct_n(first, count);
        return {first, [count](Bucket* buckets) {
                    std::destroy_n(buckets, count);
                    HugePages::giveBack(buckets, count * sizeof(Bucket), alignof(Bucket));
                }};
    }

    void replace(Piece& piece, typename std::vector<Change>::const_iterator first,
                 typename std::vector<Change>::const_iterator last)
    {
        std::vector<Entry> before;
        for (std::size_t i = 0; piece && i <= m_mask; ++i) {
            const auto entries = piece[i].entries();
            before.insert(before.end(), entries.begin(), entries.end());
        }
        std::vector<Entry> next;
        next.reserve(before.size() + static_cast<std::size_t>(last - first));
        auto old = before.cbegin();
        const auto end = before.cend();
        for (; first != last; ++first) {
            const bool again = first + 1 != last && !isBefore(first->key, (first + 1)->key);
            for (; old != end && isBefore(*old, first->key); ++old) next.push_back(*old);
            if (old != end && !isBefore(first->key, *old)) ++old;
            if (first->entry != nullptr && !again) next.push_back(*first->entry);
        }
        next.insert(next.end(), old, end);
        m_size = m_size - before.size() + next.size();
        piece = pieceFrom(next);
    }

    std::vector<Entry> collect() const
    {
        std::vector<Entry> all;
        all.reserve(m_size);
        forEach([&all](const Entry& entry) { all.push_back(entry); });
        return all;
    }

    void build(std::vector<Entry> entries)
    {
        const std::size_t room = std::bit_ceil(std::max(entries.size(), std::size_t{1}));
        const std::size_t pieces = std::clamp(room / mostBuckets, std::size_t{1}, maxPieces);
        m_mask = std::min(room, mostBuckets) - 1;
        m_shift = 64 - std::countr_zero(pieces);
        m_size = 0;
        m_pieces.assign(pieces, nullptr);
        std::vector<std::vector<Entry>> parts(pieces);
        for (Entry& entry : entries) parts[pieceOf(entry.hash)].push_back(std::move(entry));
        entries = {};
        const std::shared_ptr<Bucket[]> buckets = makeBuckets(pieces * (m_mask + 1));
        for (std::size_t i = 0; i < pieces; ++i) {
            std::vector<Entry>& part = parts[i];
            std::stable_sort(part.begin(), part.end(),
                             [this](const Entry& a, const Entry& b) { return isBefore(a, b); });
            // The last of equal ones stays.
            std::reverse(part.begin(), part.end());
            part.erase(std::unique(part.begin(), part.end(),
                                   [](const Entry& a, const Entry& b) { return a.hash == b.hash && a.rank == b.rank; }),
                       part.end());
            std::reverse(part.begin(), part.end());
            m_size += part.size();
            Bucket* const piece = buckets.get() + i * (m_mask + 1);
            fill(piece, part);
            m_pieces[i] = Piece(buckets, piece);
            part = {};
        }
    }

    static constexpr std::size_t maxPieces = std::size_t{1} << 20;

    std::vector<Piece> m_pieces; ///< a power of two of them, or none; null: empty
    std::size_t m_mask = 0;      ///< buckets of a piece, less one
    int m_shift = 0;
    std::size_t m_size = 0;
};

} // namespace iam
