// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "authz/index/policysequence.h"
#include <algorithm>

namespace iam::authz {

namespace {

bool isEarlier(const RankedPolicy& a, const RankedPolicy& b)
{
    return a.rank > b.rank;
}

/// `before` with the changes, which are sorted and unique.
template <class Change>
std::vector<RankedPolicy> merged(const std::vector<RankedPolicy>& before, Change first, Change last)
{
    std::vector<RankedPolicy> after;
    after.reserve(before.size() + static_cast<std::size_t>(last - first));
    auto old = before.begin();
    for (; first != last; ++first) {
        for (; old != before.end() && isEarlier(*old, *first); ++old) after.push_back(*old);
        if (old != before.end() && old->rank == first->rank) ++old;
        if (first->policy) after.push_back(*first);
    }
    after.insert(after.end(), old, before.end());
    return after;
}

} // namespace

PolicySequence::PolicySequence(std::vector<RankedPolicy> policies)
{
    if (!std::is_sorted(policies.begin(), policies.end(), isEarlier))
        std::sort(policies.begin(), policies.end(), isEarlier);
    append(std::move(policies));
}

void PolicySequence::append(std::vector<RankedPolicy> sorted)
{
    if (sorted.empty()) return;
    // The last piece may be small: whatever follows is taken into account by with().
    const std::size_t pieces = (sorted.size() + mostPerPiece / 2 - 1) / (mostPerPiece / 2);
    m_size += sorted.size();
    if (sorted.size() <= mostPerPiece) {
        sorted.shrink_to_fit();
        m_pieces.push_back(std::make_shared<const Piece>(std::move(sorted)));
        return;
    }
    for (std::size_t i = 0; i < pieces; ++i) {
        const auto first = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * i / pieces);
        const auto last = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * (i + 1) / pieces);
        m_pieces.push_back(
            std::make_shared<const Piece>(std::make_move_iterator(first), std::make_move_iterator(last)));
    }
}

const std::shared_ptr<const CompiledPolicy>& PolicySequence::operator[](std::size_t place) const
{
    auto piece = m_pieces.begin();
    for (; place >= (*piece)->size(); ++piece) place -= (*piece)->size();
    return (**piece)[place].policy;
}

const RankedPolicy* PolicySequence::lookUp(std::uint64_t rank) const
{
    const auto piece =
        std::partition_point(m_pieces.begin(), m_pieces.end(), [rank](const auto& p) { return p->back().rank > rank; });
    if (piece == m_pieces.end()) return nullptr;
    const auto found = std::partition_point((*piece)->begin(), (*piece)->end(),
                                            [rank](const RankedPolicy& entry) { return entry.rank > rank; });
    return found->rank == rank ? &*found : nullptr;
}

const CompiledPolicy* PolicySequence::find(std::uint64_t rank) const
{
    const RankedPolicy* found = lookUp(rank);
    return found == nullptr ? nullptr : found->policy.get();
}

std::shared_ptr<const CompiledPolicy> PolicySequence::share(std::uint64_t rank) const
{
    const RankedPolicy* found = lookUp(rank);
    return found == nullptr ? nullptr : found->policy;
}

PolicySequence PolicySequence::with(std::vector<RankedPolicy> changes) const
{
    std::stable_sort(changes.begin(), changes.end(), isEarlier);
    // Of several for one rank the last stays.
    const auto firstKept = std::unique(changes.rbegin(), changes.rend(),
                                       [](const RankedPolicy& a, const RankedPolicy& b) { return a.rank == b.rank; });
    changes.erase(changes.begin(), firstKept.base());

    PolicySequence next;
    next.m_pieces.reserve(m_pieces.size() + 1);
    std::vector<RankedPolicy> open; // what was changed and may still grow
    auto change = changes.begin();
    for (std::size_t i = 0; i < m_pieces.size(); ++i) {
        const auto& piece = m_pieces[i];
        // What belongs between two pieces goes to the earlier one.
        const auto last = i + 1 == m_pieces.size()
                              ? changes.end()
                              : std::find_if(change, changes.end(), [&](const RankedPolicy& entry) {
                                    return entry.rank <= m_pieces[i + 1]->front().rank;
                                });
        const bool isSmall = !open.empty() && open.size() < fewestPerPiece;
        if (change == last && !isSmall) {
            next.append(std::move(open));
            open.clear();
            next.m_pieces.push_back(piece);
            next.m_size += piece->size();
            continue;
        }
        auto changed = merged(*piece, change, last);
        if (!isSmall) {
            next.append(std::move(open));
            open.clear();
        }
        open.insert(open.end(), std::make_move_iterator(changed.begin()), std::make_move_iterator(changed.end()));
        change = last;
    }
    if (m_pieces.empty()) open = merged({}, change, changes.end());
    next.append(std::move(open));
    return next;
}

} // namespace iam::authz
