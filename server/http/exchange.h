// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/message.h"
#include <atomic>
#include <functional>
#include <memory>

namespace iam::http {

/// One request and the place for its answer. Held by shared_ptr; may travel to any thread, as long as one thread at a
/// time uses it. An exchange that dies unanswered answers 500.
class Exchange {
public:
    virtual ~Exchange() = default;
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] const Request& request() const noexcept { return m_request; }
    /// For authenticators, before they call `next`.
    void setPrincipal(std::shared_ptr<const Principal> principal) { m_request.principal = std::move(principal); }
    /// Takes the body out of the request, so that it is not copied.
    [[nodiscard]] std::string takeBody() { return std::move(m_request.body); }

    /// Answers; from any thread. On the thread that owns the connection nothing is queued. The first call counts,
    /// later ones are dropped with a warning. If the connection is gone the answer is dropped.
    void reply(Response response);
    [[nodiscard]] bool answered() const noexcept { return m_answered.load(std::memory_order_acquire); }

protected:
    explicit Exchange(Request request)
        : m_request(std::move(request))
    {
    }
    /// Called once, by reply(). Must not throw.
    virtual void send(Response&& response) = 0;

    Request m_request;

private:
    std::atomic<bool> m_answered = false;
};

using ExchangePtr = std::shared_ptr<Exchange>;
using Handler = std::function<void(const ExchangePtr&)>;

/// An exchange without a connection: the answer goes to a function, on the thread that replies.
class LocalExchange final : public Exchange {
public:
    LocalExchange(Request request, std::function<void(Response)> answer)
        : Exchange(std::move(request))
        , m_answer(std::move(answer))
    {
    }
    ~LocalExchange() override
    {
        if (!answered()) reply(Response::json(500, {}));
    }

private:
    void send(Response&& response) override { m_answer(std::move(response)); }

    std::function<void(Response)> m_answer;
};

} // namespace iam::http
