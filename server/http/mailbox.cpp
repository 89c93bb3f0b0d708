// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/mailbox.h"
#include "http/ioloop.h"
#include <cerrno>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace iam::http {

Mailbox::Mailbox()
    : m_descriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))
{
    if (m_descriptor < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Mailbox::~Mailbox()
{
    ::close(m_descriptor);
}

void Mailbox::ring() const
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_descriptor, &one, sizeof one); // full: it rings already
}

void Mailbox::deliver(std::uint64_t connection, std::uint64_t sequence, Answer&& answer)
{
    if (std::this_thread::get_id() == m_owner.load(std::memory_order_relaxed)) {
        if (m_loop != nullptr) m_loop->deliver(connection, sequence, std::move(answer));
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (m_closed) return;
    if (m_deliveries.empty() && m_commands.empty()) ring();
    m_deliveries.push_back({connection, sequence, std::move(answer)});
}

bool Mailbox::post(std::function<void(IoLoop&)> command)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed) return false;
    if (m_deliveries.empty() && m_commands.empty()) ring();
    m_commands.push_back(std::move(command));
    return true;
}

void Mailbox::open(IoLoop& loop)
{
    const std::lock_guard lock(m_mutex);
    m_loop = &loop;
    m_owner.store(std::this_thread::get_id(), std::memory_order_relaxed);
}

void Mailbox::close()
{
    std::vector<Delivery> deliveries;
    std::vector<std::function<void(IoLoop&)>> commands;
    IoLoop* loop = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        loop = std::exchange(m_loop, nullptr);
        deliveries.swap(m_deliveries);
        commands.swap(m_commands);
    }
    // Somebody may wait for a command to have run; connections that come now are closed by it.
    if (loop != nullptr)
        for (const auto& command : commands) command(*loop);
}

void Mailbox::empty()
{
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(m_descriptor, &count, sizeof count);
    std::vector<Delivery> deliveries;
    std::vector<std::function<void(IoLoop&)>> commands;
    IoLoop* loop = nullptr;
    {
        const std::lock_guard lock(m_mutex);
        loop = m_loop;
        deliveries.swap(m_deliveries);
        commands.swap(m_commands);
    }
    if (loop == nullptr) return;
    for (Delivery& delivery : deliveries)
        loop->deliver(delivery.connection, delivery.sequence, std::move(delivery.answer));
    for (const auto& command : commands) command(*loop);
}

} // namespace iam::http
