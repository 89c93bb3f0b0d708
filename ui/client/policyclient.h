// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/secretclient.h"
#include "contract/explanation.h"
#include "contract/policyhistory.h"

namespace iam::client {

class PolicyClient {
public:
    explicit PolicyClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// Newest first. `owner`: nothing is the caller, everyOwner is all (administrators only).
    Reply<contract::ListPage<contract::Policy>> list(const contract::ListQuery& query,
                                                     const std::optional<std::string>& owner = {}) const;
    Reply<Versioned<contract::Policy>> get(const OwnedName& name) const;
    /// For `policy.username`, or the caller when that is empty.
    Reply<contract::Policy> create(const contract::Policy& policy) const;
    /// Replaces policy and extend. With a tag: Code::ObjectChanged when it changed meanwhile.
    Reply<Versioned<contract::Policy>> update(const contract::Policy& policy, const std::string& etag) const;
    /// What the policy was, newest first; with the tag of what it is now. Code::PageNotFound: a server that keeps none.
    Reply<Versioned<contract::ListPage<contract::PolicyVersion>>> versions(const OwnedName& name,
                                                                           const contract::ListQuery& query) const;
    /// The policy as it was in that version.
    Reply<contract::Policy> version(const OwnedName& name, std::uint64_t number) const;
    /// Without `to` up to the present version, without `from` from the one before `to`.
    Reply<contract::PolicyDiff> diff(const OwnedName& name, std::optional<std::uint64_t> from,
                                     std::optional<std::uint64_t> to) const;
    /// Makes a former version the newest one. With a tag: Code::ObjectChanged when it changed meanwhile.
    Reply<Versioned<contract::Policy>> rollBack(const OwnedName& name, std::uint64_t number,
                                                const std::string& etag) const;
    /// How the policies of `owner` (nothing: the caller) decide the request, and why. Nothing is recorded.
    /// Code::PageNotFound: a server that cannot tell.
    Reply<contract::Explanation> explain(const contract::DecisionRequest& request,
                                         const std::optional<std::string>& owner) const;
    /// Unknown names count as removed.
    Reply<void> remove(const OwnedName& name) const;
    Reply<Removal<OwnedName>> remove(std::vector<OwnedName> names) const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
