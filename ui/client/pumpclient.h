// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/pump.h"

namespace iam::client {

/// How the pump of the server's node does. For administrators.
class PumpClient {
public:
    explicit PumpClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// By source, then sink, as the pump last told; none where no pump ever ran.
    Reply<std::vector<contract::SinkStatus>> sinks() const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
