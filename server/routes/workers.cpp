// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/workers.h"
#include "base/logging.h"
#include "routes/respond.h"
#include <exception>

namespace iam::routes {

void runOn(WorkerPool& pool, const http::ExchangePtr& exchange, std::function<void()> job)
{
    const bool taken = pool.post([exchange, job = std::move(job)] {
        const LogRequestScope scope(exchange->request().id);
        try {
            job();
        } catch (const std::exception& exception) {
            qCCritical(lcHttp, "a handler failed: %s", exception.what());
            if (!exchange->answered()) exchange->reply(errorResponse(Code::Unknown));
        } catch (...) {
            qCCritical(lcHttp, "a handler failed with something that is no exception");
            if (!exchange->answered()) exchange->reply(errorResponse(Code::Unknown));
        }
    });
    if (!taken) exchange->reply(errorResponse(Error{Code::ServerBusy, "the workers' queue is full", {}}));
}

http::Handler onPool(WorkerPool& pool, Work work)
{
    return [&pool, work = std::move(work)](const http::ExchangePtr& exchange) {
        runOn(pool, exchange, [exchange, work] { exchange->reply(work(*exchange)); });
    };
}

} // namespace iam::routes
