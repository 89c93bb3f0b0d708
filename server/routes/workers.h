// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/workerpool.h"
#include "http/exchange.h"
#include <functional>

namespace iam::routes {

/// The threads on which handlers may block. Password hashing has its own few, so that log-ins cannot starve reads;
/// so have decisions that take long, which must not wait for a storage that hangs.
struct Workers {
    WorkerPool& storage;
    WorkerPool& passwords;
    WorkerPool& decisions;
};

/// What a handler does on a worker: request in, answer out.
using Work = std::function<http::Response(http::Exchange&)>;

/// Runs `job` on the pool under the request's id in the log; a full pool answers 503, as does one that is
/// stopped before the job began; an escaped exception 500.
void runOn(WorkerPool& pool, const http::ExchangePtr& exchange, std::function<void()> job);
/// A handler that does its work on the pool.
[[nodiscard]] http::Handler onPool(WorkerPool& pool, Work work);

} // namespace iam::routes
