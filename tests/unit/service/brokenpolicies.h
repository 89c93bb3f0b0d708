// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "store/memorystorage.h"
#include <atomic>
#include <limits>

namespace iam::service {

/// The policies of another store, which can be made to fail, to be slow, or to hold a row that nobody can read.
class BrokenPolicies final : public store::PolicyStore {
public:
    explicit BrokenPolicies(store::PolicyStore& inner)
        : m_inner(inner)
    {
    }

    std::atomic<bool> failing = false;
    std::string unreadable;             ///< name of a policy whose document is damaged
    std::atomic<int> rowsShown = 0;     ///< by forEach() and forEachNamed()
    std::atomic<int> readings = 0;      ///< calls of these
    std::function<void()> whileReading; ///< called by each of them

    Result<contract::Policy> create(const contract::Policy& policy, const contract::Actor& actor,
                                    TimePoint now) override
    {
        return m_inner.create(policy, actor, now);
    }
    Result<contract::Policy> find(const std::string& owner, const std::string& name) override
    {
        return m_inner.find(owner, name);
    }
    Result<contract::ListPage<contract::Policy>> list(const std::optional<std::string>& owner,
                                                      const contract::ListQuery& query) override
    {
        return m_inner.list(owner, query);
    }
    Result<contract::Policy> update(const contract::Policy& policy, std::optional<std::uint64_t> expectedVersion,
                                    const contract::Actor& actor, TimePoint now) override
    {
        return m_inner.update(policy, expectedVersion, actor, now);
    }
    Result<contract::Policy> rollBack(const contract::Policy& policy, std::optional<std::uint64_t> expectedVersion,
                                      const contract::Actor& actor, TimePoint now) override
    {
        return m_inner.rollBack(policy, expectedVersion, actor, now);
    }
    Result<contract::PolicyHistory> versions(const std::string& owner, const std::string& name,
                                             const contract::ListQuery& query) override
    {
        return m_inner.versions(owner, name, query);
    }
    Result<contract::Policy> version(const std::string& owner, const std::string& name, std::uint64_t number) override
    {
        return m_inner.version(owner, name, number);
    }
    Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                 const contract::Actor& actor, TimePoint now) override
    {
        return m_inner.remove(owner, names, actor, now);
    }
    Result<> forEach(const std::optional<std::string>& owner,
                     const std::function<void(const store::PolicyEntry&)>& visit) override
    {
        if (auto usable = begin(); !usable) return usable;
        return m_inner.forEach(owner, [&](const store::PolicyEntry& entry) { show(entry, visit); });
    }
    Result<> forEachNamed(const std::string& owner, const std::vector<std::string>& names,
                          const std::function<void(const store::PolicyEntry&)>& visit) override
    {
        if (auto usable = begin(); !usable) return usable;
        return m_inner.forEachNamed(owner, names, [&](const store::PolicyEntry& entry) { show(entry, visit); });
    }
    Result<std::vector<std::string>> owners() override { return m_inner.owners(); }

private:
    Result<> begin()
    {
        ++readings;
        if (whileReading) whileReading();
        if (failing) return fail(Code::StorageUnavailable, "the disk is gone");
        return {};
    }
    void show(store::PolicyEntry entry, const std::function<void(const store::PolicyEntry&)>& visit)
    {
        ++rowsShown;
        if (entry.policy.metadata.name == unreadable) {
            entry.policy.policy = {};
            entry.fault = "the document: not JSON";
        }
        visit(entry);
    }

    store::PolicyStore& m_inner;
};

/// The change records of another store, of which a database put back from a copy has the first ones only.
class CutChanges final : public store::ChangeStore {
public:
    explicit CutChanges(store::ChangeStore& inner)
        : m_inner(inner)
    {
    }

    std::atomic<std::uint64_t> end = std::numeric_limits<std::uint64_t>::max(); ///< the last one it has

    Result<contract::RecordPage<contract::ChangeRecord>> query(const contract::RecordFilter& filter,
                                                               const std::string& cursor, int limit) override
    {
        return m_inner.query(filter, cursor, limit);
    }
    Result<std::uint64_t> lastId() override { return std::min<std::uint64_t>(*m_inner.lastId(), end); }
    Result<std::vector<store::ChangeMark>> since(std::uint64_t id, std::size_t limit) override
    {
        auto marks = m_inner.since(id, limit);
        std::erase_if(*marks, [&](const store::ChangeMark& mark) { return mark.id > end; });
        return marks;
    }

private:
    store::ChangeStore& m_inner;
};

/// A storage in memory with such policies and records.
class BrokenStorage final : public store::Storage {
public:
    store::UserStore& users() override { return m_inner->users(); }
    store::SecretStore& secrets() override { return m_inner->secrets(); }
    BrokenPolicies& policies() override { return m_policies; }
    CutChanges& changes() override { return m_changes; }
    store::SessionStore& sessions() override { return m_inner->sessions(); }
    store::KeyStore& keys() override { return m_inner->keys(); }
    Result<> health() override { return m_inner->health(); }

private:
    const std::unique_ptr<store::Storage> m_inner = store::makeMemoryStorage();
    BrokenPolicies m_policies{m_inner->policies()};
    CutChanges m_changes{m_inner->changes()};
};

} // namespace iam::service
