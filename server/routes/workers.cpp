// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/workers.h"
#include "base/logging.h"
#include "routes/respond.h"
#include <exception>

namespace iam::routes {
namespace {

/// Goes with a job: answers 503 when the job goes without having begun.
class Turn {
public:
    explicit Turn(http::ExchangePtr exchange)
        : m_exchange(std::move(exchange))
    {
    }
    ~Turn()
    {
        if (m_begun) return;
        try {
            const LogRequestScope scope(m_exchange->request().id);
            m_exchange->reply(errorResponse(Error{Code::ServerBusy, "the workers' queue is full, or ends", {}}));
        } catch (const std::exception& exception) {
            qCCritical(lcHttp, "a request got no answer: %s", exception.what());
        }
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    void begin() noexcept { m_begun = true; }

private:
    http::ExchangePtr m_exchange;
    bool m_begun = false;
};

} // namespace

void runOn(WorkerPool& pool, const http::ExchangePtr& exchange, std::function<void()> job)
{
    auto turn = std::make_shared<Turn>(exchange);
    static_cast<void>(pool.post([turn = std::move(turn), exchange, job = std::move(job)] {
        turn->begin();
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
    }));
}

http::Handler onPool(WorkerPool& pool, Work work)
{
    return [&pool, work = std::move(work)](const http::ExchangePtr& exchange) {
        runOn(pool, exchange, [exchange, work] { exchange->reply(work(*exchange)); });
    };
}

} // namespace iam::routes
