// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/mailbox.h"
#include <QThread>
#include <memory>

namespace iam {
class Clock;
}

namespace iam::http {

struct Limits;
class BodyBudget;

/// A thread with an IoLoop in it. Started by the constructor, ended by the destructor.
class IoThread final : public QThread {
public:
    IoThread(unsigned number, const Limits& limits, const Clock& clock, std::shared_ptr<BodyBudget> bodies);
    ~IoThread() override;

    [[nodiscard]] const std::shared_ptr<Mailbox>& mailbox() const noexcept { return m_mailbox; }

private:
    void run() override;

    const Limits& m_limits;
    const Clock& m_clock;
    const std::shared_ptr<BodyBudget> m_bodies;
    const std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
};

} // namespace iam::http
