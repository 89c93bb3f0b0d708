// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/exchange.h"
#include "base/logging.h"

namespace iam::http {

void Exchange::reply(Response response)
{
    if (m_answered.exchange(true, std::memory_order_acq_rel)) {
        qCWarning(lcHttp, "a request was answered twice; the second answer (%d) is dropped", response.status);
        return;
    }
    send(std::move(response));
}

} // namespace iam::http
