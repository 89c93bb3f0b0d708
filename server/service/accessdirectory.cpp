// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/accessdirectory.h"
#include "base/logging.h"
#include "base/text.h"
#include <algorithm>
#include <utility>

namespace iam::service {

namespace {

constexpr std::size_t marksAtOnce = 1000;

} // namespace

const store::Account* AccessSnapshot::account(const std::string& name) const
{
    return accounts.find(text::lowered(name));
}

AccessDirectory::AccessDirectory(store::Storage& storage, const crypto::SealingKeys& keyRing, const Clock& clock)
    : m_storage(storage)
    , m_reader(storage, keyRing)
    , m_clock(clock)
    , m_snapshot(std::make_shared<const AccessSnapshot>())
{
}

AccessState AccessDirectory::latest() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

void AccessDirectory::changed(Changed what)
{
    if (m_announce) m_announce(what);
    static_cast<void>(catchUp());
}

Result<> AccessDirectory::catchUp()
{
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(m_mutex);
        number = ++m_asked;
    }
    const std::lock_guard turn(m_advancing);
    if (m_done >= number) return m_outcome; // somebody else's turn began after ours was asked for
    return advance(std::nullopt);
}

Result<> AccessDirectory::refreshAll()
{
    const std::lock_guard one(m_readingAll);
    auto fresh = m_reader.readAll(latest());
    const std::lock_guard turn(m_advancing);
    if (!fresh) return note(fail(fresh));
    return advance(std::move(*fresh));
}

Result<std::optional<AccessDirectory::Marks>> AccessDirectory::marksBehind(std::uint64_t seen) const
{
    // From the last one seen: when that is not found, the database was replaced by an older state of it.
    std::uint64_t from = seen > 0 ? seen - 1 : 0;
    Marks all;
    for (;;) {
        auto marks = m_storage.changes().since(from, marksAtOnce);
        if (!marks) return fail(marks);
        if (all.empty() && seen > 0 && (marks->empty() || marks->front().id != seen)) return std::optional<Marks>();
        all.insert(all.end(), std::make_move_iterator(marks->begin()), std::make_move_iterator(marks->end()));
        if (marks->size() < marksAtOnce) break;
        from = all.back().id;
    }
    if (seen > 0) all.erase(all.begin());
    return all;
}

/// In its turn: from the latest state, or from one that was read meanwhile, to what the storage holds now.
Result<> AccessDirectory::advance(std::optional<AccessState> fresh)
{
    {
        const std::lock_guard lock(m_mutex);
        m_done = m_asked;
    }
    AccessState next = fresh ? std::move(*fresh) : m_latest;
    next.snapshot.version = m_latest.snapshot.version + 1;
    const std::uint64_t shown = m_latest.seen;
    auto marks = m_started ? marksBehind(std::min(next.seen, shown)) : Result<std::optional<Marks>>(Marks());
    if (!marks) return note(fail(marks));
    if (!*marks)
        qCWarning(lcAuthz, "the change records do not continue where they were left; everything is read anew");
    else if ((*marks)->empty() && m_started && !fresh)
        return note({});
    AccessParts parts;
    if (*marks)
        for (const store::ChangeMark& mark : **marks)
            if (mark.id > next.seen) parts.add(mark);
    if (!*marks || parts.many() || (!m_started && !fresh)) {
        // In another history the same version of a policy may say something else.
        auto all = m_reader.readAll(*marks ? m_latest : AccessState());
        if (!all) return note(fail(all));
        all->snapshot.version = next.snapshot.version;
        next = std::move(*all);
    } else if (auto done = m_reader.readParts(next, parts); !done) {
        return note(std::move(done));
    }
    if (*marks && !(*marks)->empty()) next.seen = std::max(next.seen, (*marks)->back().id);
    publish(std::move(next));
    if (*marks) std::erase_if(**marks, [&](const store::ChangeMark& mark) { return mark.id <= shown; });
    if (*marks && !(*marks)->empty())
        for (const auto& observer : m_observers) observer(**marks);
    return note({});
}

void AccessDirectory::publish(AccessState next)
{
    next.snapshot.changes = next.seen;
    m_snapshot.publish(std::make_shared<const AccessSnapshot>(next.snapshot));
    m_started = true;
    const std::lock_guard lock(m_mutex);
    std::swap(m_latest, next); // the old one dies with the argument, outside the lock
}

Result<> AccessDirectory::note(Result<> outcome)
{
    m_outcome = outcome;
    const std::lock_guard lock(m_mutex);
    if (outcome) {
        m_staleSince.reset();
        return outcome;
    }
    if (!m_staleSince) m_staleSince = m_clock.steadyNow();
    qCWarning(lcAuthz, "decisions stay as they were, the storage cannot be read: %s", outcome.error().detail.c_str());
    return outcome;
}

std::uint64_t AccessDirectory::seen() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest.seen;
}

std::chrono::milliseconds AccessDirectory::staleness() const
{
    const std::lock_guard lock(m_mutex);
    if (!m_staleSince) return std::chrono::milliseconds{0};
    // Never zero: what just failed is behind already.
    return std::max(std::chrono::milliseconds{1},
                    std::chrono::ceil<std::chrono::milliseconds>(m_clock.steadyNow() - *m_staleSince));
}

AccessDirectory::PolicyCounts AccessDirectory::policyCounts() const
{
    PolicyCounts counts;
    latest().policies.forEach([&counts](const std::string&, const AccessState::Rows& rows) {
        counts.all += rows.size();
        rows.forEach([&counts](const AccessState::Row& row) { counts.unreadable += row.readable ? 0 : 1; });
    });
    return counts;
}

} // namespace iam::service
