// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/whenready.h"
#include <QTest>
#include <optional>

namespace iam::support {

/// What the reply brings, events being handled meanwhile; an unknown error when it brings nothing within eight seconds.
template <class T>
Result<T> waitFor(const client::Reply<T>& reply)
{
    std::optional<Result<T>> result;
    QObject guard;
    client::whenReady(reply, &guard, [&result](const Result<T>& value) { result.emplace(value); });
    if (!QTest::qWaitFor([&] { return result.has_value(); }, 8000)) return fail(Code::Unknown, "no result");
    return *result;
}

} // namespace iam::support
