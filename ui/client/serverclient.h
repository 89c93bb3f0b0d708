// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"

namespace iam::client {

struct ServerVersion {
    std::string gitVersion;
    std::string gitCommit;
    std::string buildDate;
    std::string platform;
};

/// The server itself; needs no log-in.
class ServerClient {
public:
    explicit ServerClient(ApiClient& api)
        : m_api(&api)
    {
    }

    Reply<void> health() const;
    Reply<ServerVersion> version() const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
