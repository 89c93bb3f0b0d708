// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/legacy/legacyform.h"
#include "store/policystore.h"
#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>

namespace iam::records {

/// What is asked to learn whether an owner's policies are still the same.
struct PolicyMark {
    std::shared_ptr<const void> version; ///< another one after each change; null: the owner has none
    std::size_t count = 0;
};

/// The texts of the policies that stand in records of the old form, read from the store and remembered until they
/// change. They are those of the moment when they are looked up, which is soon after the decision. One thread; every
/// call may block.
class PolicyTexts {
public:
    using MarkOf = std::function<PolicyMark(const std::string& owner)>;

    /// All policies of an owner stand in a record only when they are no more than this; else there are none.
    static constexpr std::size_t mostPolicies = 200;
    static constexpr std::size_t mostBytes = 64 * 1024;

    /// The store outlives this.
    PolicyTexts(store::PolicyStore& store, MarkOf markOf);

    struct Found {
        LegacyPolicies policies;
        bool whole = true; ///< false: the store could not be asked, or does not have a decider any more
    };
    /// A decider whose text is not to be had is told by its id.
    Found of(const contract::DecisionRecord& record);

private:
    struct Owner {
        std::shared_ptr<const void> version;
        bool complete = false; ///< `all` is as it should be
        std::string all = "[]";
        std::unordered_map<std::string, std::string> byId;
        std::size_t bytes = 0;
    };

    Owner& current(const std::string& name);
    Result<> readAll(const std::string& name, Owner& owner);
    Result<> readSome(const std::string& name, Owner& owner, const std::vector<std::string>& ids);
    void add(Owner& owner, const store::PolicyEntry& entry, std::string text);

    store::PolicyStore& m_store;
    const MarkOf m_markOf;
    std::unordered_map<std::string, Owner> m_owners;
    std::size_t m_bytes = 0;
    std::chrono::steady_clock::time_point m_askAgain{}; ///< after a failure
};

} // namespace iam::records
