// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "http/router.h"
#include <functional>
#include <string>
#include <vector>

namespace iam::routes {

/// Lets in who comes from this machine itself, and not through a proxy, or from one of `allowed`; others get 403. A
/// forwarded request never counts as coming from this machine, whatever its fields say.
class NetworkAuthenticator final : public http::Authenticator {
public:
    explicit NetworkAuthenticator(std::vector<http::Network> allowed);
    void authenticate(const http::ExchangePtr& exchange, std::function<void()> next) override;

private:
    const std::vector<http::Network> m_allowed;
};

/// All measurements in the Prometheus text exposition format 0.0.4. Called on a worker.
using MetricsText = std::function<std::string()>;

/// GET /metrics, made on `pool`: not the workers that it tells about.
[[nodiscard]] std::vector<http::Route> metricsRoutes(MetricsText text, WorkerPool& pool, const http::Auth& readers);

} // namespace iam::routes
