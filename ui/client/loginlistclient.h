// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/codec.h"

namespace iam::client {

/// The log-ins that are still good, of the caller or, for administrators, of a named owner. Servers that do not list
/// them answer Code::PageNotFound.
class LoginListClient {
public:
    explicit LoginListClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// Newest first. `owner`: nothing is the caller.
    Reply<contract::ListPage<contract::Session>> list(const contract::ListQuery& query,
                                                      const std::optional<std::string>& owner = {}) const;
    /// Ends those; unknown ids count as ended.
    Reply<void> end(const std::vector<std::string>& ids, const std::optional<std::string>& owner = {}) const;
    /// Ends every log-in and every token.
    Reply<void> endAll(const std::optional<std::string>& owner = {}) const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
