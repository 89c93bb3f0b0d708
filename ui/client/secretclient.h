// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/codec.h"

namespace iam::client {

/// Every owner's objects, in lists of administrators.
inline constexpr const char* everyOwner = "*";

/// Names a secret or a policy: they are unique per owner. Without an owner it is the caller's own.
struct OwnedName {
    std::optional<std::string> owner;
    std::string name;
    bool operator==(const OwnedName&) const = default;
};

class SecretClient {
public:
    explicit SecretClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// Newest first. `owner`: nothing is the caller, everyOwner is all (administrators only).
    Reply<contract::ListPage<contract::Secret>> list(const contract::ListQuery& query,
                                                     const std::optional<std::string>& owner = {}) const;
    Reply<Versioned<contract::Secret>> get(const OwnedName& name) const;
    /// For `secret.username`, or the caller when that is empty. The answer is the only one that has the secret key.
    Reply<contract::Secret> create(const contract::Secret& secret) const;
    /// Replaces expires, description and extend. With a tag: Code::ObjectChanged when it changed meanwhile.
    Reply<Versioned<contract::Secret>> update(const contract::Secret& secret, const std::string& etag) const;
    // The following: with a tag, Code::ObjectChanged when it changed meanwhile; without one whatever it is now.
    Reply<Versioned<contract::Secret>> setEnabled(const OwnedName& name, bool enabled, const std::string& etag) const;
    /// Another ID and key; the answer is the only one that has the key. The old ones stay valid for the overlap.
    /// Code::Validation with a fault on "previous" while those of the rotation before are still valid.
    Reply<Versioned<contract::Secret>> rotate(const OwnedName& name, const contract::SecretRotation& rotation,
                                              const std::string& etag) const;
    /// The key of before the rotation is refused from now on.
    Reply<Versioned<contract::Secret>> endPrevious(const OwnedName& name, const std::string& etag) const;
    /// Unknown names count as removed.
    Reply<void> remove(const OwnedName& name) const;
    Reply<Removal<OwnedName>> remove(std::vector<OwnedName> names) const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
