// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <mutex>

namespace iam::http {

/// The way back to the server's thread, for whoever finds out elsewhere that all is done. Thread-safe.
class Bell {
public:
    /// Runs `call` on the thread that made the bell, later; never once mute() has returned.
    void ring(std::function<void()> call)
    {
        const std::lock_guard lock(m_mutex);
        if (m_context) QMetaObject::invokeMethod(m_context.get(), std::move(call), Qt::QueuedConnection);
    }
    void mute()
    {
        const std::lock_guard lock(m_mutex);
        m_context.reset();
    }
    /// On the thread that made the bell.
    [[nodiscard]] QObject* context() const noexcept { return m_context.get(); }

private:
    std::mutex m_mutex;
    std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
};

} // namespace iam::http
