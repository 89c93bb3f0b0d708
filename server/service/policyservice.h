// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/codec.h"
#include "service/accessdirectory.h"
#include "service/caller.h"
#include "service/expectation.h"

namespace iam::service {

/// Managing policies. `owner` everywhere is the stored name that chooseOwner() gave. Every call blocks; a change is in
/// force for decisions when the call returns.
class PolicyService {
public:
    /// Everything outlives this.
    PolicyService(store::Storage& storage, AccessDirectory& directory, const Clock& clock);

    Result<contract::Policy> create(const Caller& caller, const std::string& owner, std::string_view body);
    Result<contract::Policy> get(const std::string& owner, const std::string& name);
    Result<contract::ListPage<contract::Policy>> list(const std::optional<std::string>& owner,
                                                      const contract::ListQuery& query);
    Result<contract::Policy> update(const Caller& caller, const std::string& owner, const std::string& name,
                                    std::string_view body, const Expectation& expected);
    /// Newest first. Offset and limit of the query count.
    Result<contract::PolicyHistory> versions(const std::string& owner, const std::string& name,
                                             const contract::ListQuery& query);
    /// The policy as it was in that version. Code::PolicyNotFound when it has none of that number.
    Result<contract::Policy> version(const std::string& owner, const std::string& name, std::uint64_t number);
    /// What turns version `from` into version `to`. Without `to`: into the present one; without `from`: from the one
    /// before `to`, and from `to` itself when none is known before it.
    Result<contract::PolicyDiff> diff(const std::string& owner, const std::string& name,
                                      std::optional<std::uint64_t> from, std::optional<std::uint64_t> to);
    /// Writes the document and extend of a former version ({"version":N}) as a new one. Checked as an update is: what
    /// today's rules refuse is Code::Validation.
    Result<contract::Policy> rollBack(const Caller& caller, const std::string& owner, const std::string& name,
                                      std::string_view body, const Expectation& expected);
    /// Unknown names are passed over.
    Result<> remove(const Caller& caller, const std::string& owner, const std::vector<std::string>& names);

private:
    Result<contract::Policy> inForce(Result<contract::Policy> stored);

    store::Storage& m_storage;
    AccessDirectory& m_directory;
    const Clock& m_clock;
};

} // namespace iam::service
