// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pendingrecords.h"
#include <algorithm>
#include <iterator>
#include <utility>

namespace iam::records {

void callAll(const std::vector<Stored>& callbacks, const Result<>& outcome)
{
    for (const Stored& stored : callbacks) stored(outcome);
}

std::size_t PendingRecords::sizeOf(const contract::DecisionRecord& record) noexcept
{
    std::size_t size = sizeof(Item) + record.owner.size() + record.subject.size() + record.action.size() +
                       record.resource.size() + record.context.size() + record.reason.size() + record.requestId.size() +
                       record.node.size();
    for (const std::string& decider : record.deciders) size += sizeof(std::string) + decider.size();
    return size;
}

void PendingRecords::add(ItemPtr item)
{
    const std::uint64_t sequence = item->sequence;
    if (sequence != m_next) {
        m_early.emplace(sequence, std::move(item));
        return;
    }
    append(std::move(item));
    while (!m_early.empty() && m_early.begin()->first == m_next) {
        append(std::move(m_early.begin()->second));
        m_early.erase(m_early.begin());
    }
}

void PendingRecords::append(ItemPtr item)
{
    m_next = item->sequence + 1;
    if (item->lost)
        addGap({item->sequence, 1, item->time, "dropped"});
    else
        m_items.push_back(std::move(item));
}

PendingRecords::Batch PendingRecords::take(std::size_t maxBytes)
{
    Batch batch;
    std::size_t bytes = 0;
    auto end = m_items.begin();
    while (end != m_items.end() && (end == m_items.begin() || bytes + (*end)->bytes <= maxBytes))
        bytes += (*end++)->bytes;
    if (end == m_items.end()) {
        batch.items.swap(m_items);
    } else {
        std::move(m_items.begin(), end, std::back_inserter(batch.items));
        m_items.erase(m_items.begin(), end);
    }
    // Only gaps before what stays behind: the highest stored sequence is where counting goes on after a crash.
    const std::uint64_t next = m_items.empty() ? UINT64_MAX : m_items.front()->sequence;
    const auto later = std::partition(m_gaps.begin(), m_gaps.end(),
                                      [next](const store::RecordGap& gap) { return gap.firstSequence >= next; });
    batch.gaps.assign(std::make_move_iterator(later), std::make_move_iterator(m_gaps.end()));
    m_gaps.erase(later, m_gaps.end());
    return batch;
}

void PendingRecords::putBack(Batch batch)
{
    if (m_items.empty()) {
        m_items.swap(batch.items);
    } else {
        m_items.insert(m_items.begin(), std::make_move_iterator(batch.items.begin()),
                       std::make_move_iterator(batch.items.end()));
    }
    for (store::RecordGap& gap : batch.gaps) addGap(std::move(gap));
}

PendingRecords::Freed PendingRecords::dropOldest(std::size_t wanted, TimePoint now, std::vector<Stored>& dropped)
{
    Freed freed;
    while (!m_items.empty() && freed.bytes < wanted) {
        Item& oldest = *m_items.front();
        addGap({oldest.sequence, 1, now, "dropped"});
        freed.bytes += oldest.bytes;
        ++freed.records;
        if (oldest.stored) dropped.push_back(std::move(oldest.stored));
        m_items.pop_front();
    }
    return freed;
}

void addGap(std::vector<store::RecordGap>& gaps, store::RecordGap added)
{
    for (store::RecordGap& other : gaps) {
        if (other.cause != added.cause) continue;
        if (other.firstSequence + other.count == added.firstSequence) {
            other.count += added.count;
            return;
        }
        if (added.firstSequence + added.count == other.firstSequence) {
            other.firstSequence = added.firstSequence;
            other.count += added.count;
            return;
        }
    }
    gaps.push_back(std::move(added));
}

} // namespace iam::records
