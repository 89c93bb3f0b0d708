// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/codec.h"
#include "service/accessdirectory.h"
#include "service/caller.h"
#include "service/expectation.h"

namespace iam::service {

struct SecretRules {
    std::uint64_t maxPerUser = 10;
    bool alwaysReveal = false; ///< secretKey in every answer; otherwise only where it is made
};

/// Managing access keys. `owner` everywhere is the stored name that chooseOwner() gave. Every call blocks; a change is
/// in force for token checks when the call returns.
class SecretService {
public:
    /// Everything outlives this.
    SecretService(store::Storage& storage, AccessDirectory& directory, const crypto::SealingKeys& keyRing,
                  const SecretRules& rules, const Clock& clock);

    /// The answer is the only one that has the key (unless alwaysReveal).
    Result<contract::Secret> create(const Caller& caller, const std::string& owner, std::string_view body);
    Result<contract::Secret> get(const std::string& owner, const std::string& name);
    Result<contract::ListPage<contract::Secret>> list(const std::optional<std::string>& owner,
                                                      const contract::ListQuery& query);
    Result<contract::Secret> update(const Caller& caller, const std::string& owner, const std::string& name,
                                    std::string_view body, const Expectation& expected);
    /// A disabled secret's keys, also the previous one, are refused. The state that it has already changes nothing.
    Result<contract::Secret> setEnabled(const Caller& caller, const std::string& owner, const std::string& name,
                                        bool enabled, const Expectation& expected);
    /// Another ID and key; the old ones stay valid beside them for the overlap of `body` (contract::SecretRotation; an
    /// empty body is its default), cut short by the secret's own end. The answer is the only one that has the key.
    /// Code::Validation with a fault on "previous" while the key of the rotation before is still valid.
    Result<contract::Secret> rotate(const Caller& caller, const std::string& owner, const std::string& name,
                                    std::string_view body, const Expectation& expected);
    /// The key of before the rotation is refused from now on. Without one nothing changes.
    Result<contract::Secret> endPrevious(const Caller& caller, const std::string& owner, const std::string& name,
                                         const Expectation& expected);
    /// Unknown names are passed over.
    Result<> remove(const Caller& caller, const std::string& owner, const std::vector<std::string>& names);

private:
    Result<std::string> seal(const SecretString& key, const std::string& secretId) const;
    /// As the API shows it: a previous key only while it is valid.
    Result<contract::Secret> shown(store::StoredSecret stored) const;
    /// Makes what was stored count, and shows it.
    Result<contract::Secret> inForce(Result<store::StoredSecret> changed) const;

    store::Storage& m_storage;
    AccessDirectory& m_directory;
    const crypto::SealingKeys& m_keyRing;
    const SecretRules m_rules;
    const Clock& m_clock;
};

} // namespace iam::service
