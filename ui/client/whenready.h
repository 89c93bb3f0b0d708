// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFuture>
#include <QFutureWatcher>
#include <QObject>
#include <utility>

namespace iam::client {

/// Calls `fn(result)` in the guard's thread once the future has its result, unless the guard died before: no answer
/// outlives its asker. Never calls synchronously, also when the result is there already. A future that ends without
/// a result is never reported. The only way in which the console consumes a QFuture.
template <class T, class Function>
void whenReady(const QFuture<T>& future, QObject* guard, Function&& fn)
{
    auto* watcher = new QFutureWatcher<T>(guard);
    QObject::connect(watcher, &QFutureWatcher<T>::finished, watcher,
                     [watcher, fn = std::forward<Function>(fn)]() mutable {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0) fn(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace iam::client
