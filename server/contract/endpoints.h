// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>
#include <vector>

namespace iam::contract {

enum class Service { ApiServer, AuthzServer, Both };
/// Who may call: anybody; a login (Basic or Bearer); a token that may have expired; a secret's token; who comes
/// from the machine itself or a network that the configuration names.
enum class Access { Open, Login, Refresh, SecretToken, Network };

/// One route of the API: the server answers each of them, and no other.
struct Endpoint {
    Service service;
    std::string_view method;
    std::string_view path; ///< ":name" stands for one segment
    Access access;
    bool operator==(const Endpoint&) const = default;
};

[[nodiscard]] const std::vector<Endpoint>& endpoints();

} // namespace iam::contract
