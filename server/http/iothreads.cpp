// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/iothreads.h"
#include "http/admission.h"
#include "http/bodybudget.h"
#include "http/ioloop.h"
#include "http/iothread.h"
#include <algorithm>
#include <thread>

namespace iam::http {

IoThread::IoThread(unsigned number, const Limits& limits, const Clock& clock, std::shared_ptr<BodyBudget> bodies)
    : m_limits(limits)
    , m_clock(clock)
    , m_bodies(std::move(bodies))
{
    setObjectName(QStringLiteral("http-%1").arg(number));
    start();
}

IoThread::~IoThread()
{
    quit();
    wait();
}

void IoThread::run()
{
    IoLoop loop(m_limits, m_clock, m_bodies, m_mailbox);
    exec();
}

IoThreads::IoThreads(const Limits& limits, unsigned count, const Clock& clock)
    : m_limits(limits)
    , m_clock(clock)
    , m_bodies(std::make_shared<BodyBudget>(limits.allBodies))
    , m_admission(std::make_shared<Admission>(m_limits))
{
    // A thread serves some 100 000 requests a second. More of them than there is work for sleep and wake instead of
    // finding several requests at a look, and take the processor from those that store and compute.
    if (count == 0) count = std::clamp(std::thread::hardware_concurrency() / 2, 1U, 8U);
    for (unsigned i = 0; i < count; ++i) {
        m_threads.push_back(std::make_unique<IoThread>(i, m_limits, clock, m_bodies));
        m_mailboxes.push_back(m_threads.back()->mailbox());
    }
}

IoThreads::IoThreads(const Limits& limits, OnThisThread, const Clock& clock)
    : m_limits(limits)
    , m_clock(clock)
    , m_bodies(std::make_shared<BodyBudget>(limits.allBodies))
    , m_admission(std::make_shared<Admission>(m_limits))
    , m_mailboxes{std::make_shared<Mailbox>()}
{
    m_loop = std::make_unique<IoLoop>(m_limits, clock, m_bodies, m_mailboxes.front());
}

void IoThreads::runPostedHere()
{
    if (m_loop) m_mailboxes.front()->empty();
}

IoThreads::~IoThreads() = default;

std::size_t IoThreads::connections() const noexcept
{
    return m_admission->connections();
}

} // namespace iam::http
