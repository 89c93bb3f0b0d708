// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/listquery.h"
#include "contract/policyhistory.h"
#include "contract/records.h"
#include <functional>
#include <string>
#include <vector>

namespace iam::store {

/// A policy row for the decisions. `fault` says why its document cannot be read; `policy.policy` is then empty.
struct PolicyEntry {
    contract::Policy policy;
    std::optional<std::string> fault;
};

/// Policies of users. Owners and names are found without regard to ASCII case; what comes back has the stored spelling
/// of both. Rows of the same owner and name, as other software may have left them, are one object: the oldest is read
/// and changed, all are removed.
///
/// Threads, durability, records and errors everywhere: as userstore.h says. A row whose document or `extend` cannot be
/// read makes find() and list() fail with Code::Database; update() repairs it, remove() removes it, forEach() tells.
class PolicyStore {
public:
    virtual ~PolicyStore() = default;

    /// Stores a policy; id, instanceId, times and version are made here, the rest is kept as given (owner: in its
    /// stored spelling). Returns what is stored. Code::UserNotFound when the owner does not exist,
    /// Code::PolicyAlreadyExist when it has one of that name.
    virtual Result<contract::Policy> create(const contract::Policy& policy, const contract::Actor& actor,
                                            TimePoint now) = 0;

    /// Code::PolicyNotFound.
    virtual Result<contract::Policy> find(const std::string& owner, const std::string& name) = 0;

    /// Policies of `owner`, or of everybody when there is none.
    virtual Result<contract::ListPage<contract::Policy>> list(const std::optional<std::string>& owner,
                                                              const contract::ListQuery& query) = 0;

    /// Replaces the document and extend of the policy named by `policy.username` and `policy.metadata.name` and raises
    /// the version. Returns what is stored. Code::PolicyNotFound; Code::ObjectChanged when `expectedVersion` is given
    /// and not the stored one, or `policy.metadata.id` is not 0 and another policy has the name by now.
    virtual Result<contract::Policy> update(const contract::Policy& policy,
                                            std::optional<std::uint64_t> expectedVersion, const contract::Actor& actor,
                                            TimePoint now) = 0;

    /// As update(), for a document and extend that the policy had before; recorded as "rollback".
    virtual Result<contract::Policy> rollBack(const contract::Policy& policy,
                                              std::optional<std::uint64_t> expectedVersion,
                                              const contract::Actor& actor, TimePoint now) = 0;

    /// The versions of the policy of that name, newest first, and its present metadata. The versions are its change
    /// records; of a policy older than these the first known version is the oldest state that a record tells, made by
    /// nobody known, or the present one. Code::PolicyNotFound, also for what was removed: another one of the same name
    /// does not show its predecessor's versions. Of `query` offset and limit count.
    virtual Result<contract::PolicyHistory> versions(const std::string& owner, const std::string& name,
                                                     const contract::ListQuery& query) = 0;

    /// The policy as it was in that version; `metadata.version` is its number. Code::PolicyNotFound when there is no
    /// such policy or it has no such version; Code::Database when its text cannot be read.
    virtual Result<contract::Policy> version(const std::string& owner, const std::string& name,
                                             std::uint64_t number) = 0;

    /// Removes all rows of these names, or none. Unknown names and owners are passed over. Returns how many rows. On
    /// SQL each removed row is kept in the table policy_audit, for other software that reads it; so are those that go
    /// with their owner.
    virtual Result<std::uint64_t> remove(const std::string& owner, const std::vector<std::string>& names,
                                         const contract::Actor& actor, TimePoint now) = 0;

    /// Shows the policies of `owner`, or of everybody when there is none, as of one moment: owners in no promised
    /// order but without mixing them, the policies of each in evaluation order (id descending). `visit` must not call
    /// the store.
    virtual Result<> forEach(const std::optional<std::string>& owner,
                             const std::function<void(const PolicyEntry&)>& visit) = 0;

    /// The same for those of `owner` that have one of these names (in any case). Unknown names are passed over.
    virtual Result<> forEachNamed(const std::string& owner, const std::vector<std::string>& names,
                                  const std::function<void(const PolicyEntry&)>& visit) = 0;

    /// The names of those who own a policy, in no promised order.
    virtual Result<std::vector<std::string>> owners() = 0;
};

} // namespace iam::store
