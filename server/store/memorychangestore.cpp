// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/memorychangestore.h"
#include "store/changecursor.h"

namespace iam::store {

namespace {

bool matches(const contract::ChangeRecord& change, const contract::RecordFilter& filter)
{
    if (filter.from && change.time < *filter.from) return false;
    if (filter.to && change.time >= *filter.to) return false;
    if (filter.owner && change.owner != *filter.owner) return false;
    if (filter.action && change.action != *filter.action) return false;
    if (filter.actor && change.actor.name != *filter.actor) return false;
    if (filter.kind && change.kind != *filter.kind) return false;
    if (filter.name && change.name != *filter.name) return false;
    if (!filter.text) return true;
    for (const std::string* shown : {&change.actor.name, &change.actor.address, &change.actor.requestId, &change.kind,
                                     &change.action, &change.owner, &change.name, &change.before, &change.after}) {
        if (containsIgnoringCase(*shown, *filter.text)) return true;
    }
    return false;
}

} // namespace

Result<contract::RecordPage<contract::ChangeRecord>> MemoryChangeStore::query(const contract::RecordFilter& filter,
                                                                              const std::string& cursor, int limit)
{
    const auto behind = decodeChangeCursor(cursor);
    if (!behind) return fail(behind);
    const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, contract::maxRecordLimit));
    const std::lock_guard lock(m_tables.mutex);
    contract::RecordPage<contract::ChangeRecord> page;
    for (auto change = m_tables.changes.rbegin(); change != m_tables.changes.rend(); ++change) {
        if (change->id >= *behind || !matches(*change, filter)) continue;
        if (page.items.size() == wanted) {
            page.next = encodeChangeCursor(page.items.back().id);
            break;
        }
        page.items.push_back(*change);
    }
    return page;
}

Result<std::uint64_t> MemoryChangeStore::lastId()
{
    const std::lock_guard lock(m_tables.mutex);
    return m_tables.lastChangeId;
}

Result<std::vector<ChangeMark>> MemoryChangeStore::since(std::uint64_t id, std::size_t limit)
{
    const std::lock_guard lock(m_tables.mutex);
    std::vector<ChangeMark> marks;
    auto change = std::upper_bound(m_tables.changes.begin(), m_tables.changes.end(), id,
                                   [](std::uint64_t seen, const auto& row) { return seen < row.id; });
    for (; change != m_tables.changes.end() && marks.size() < limit; ++change)
        marks.push_back({change->id, change->kind, change->action, change->owner, change->name});
    return marks;
}

} // namespace iam::store
