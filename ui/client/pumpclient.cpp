// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/pumpclient.h"
#include "client/requests.h"

namespace iam::client {

using contract::SinkStatus;

Reply<std::vector<SinkStatus>> PumpClient::sinks() const
{
    return m_api->call<std::vector<SinkStatus>>({.path = "/v1/pump"}, [](const ApiAnswer& answer) {
        return decoded(contract::decodeSinkStatuses(answer.body));
    });
}

} // namespace iam::client
