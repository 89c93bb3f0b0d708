// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/address.h"
#include "http/limits.h"
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace iam::http {

/// Who may connect: counts connections, and those of each address that have not yet sent one whole request.
/// Thread-safe.
class Admission {
public:
    explicit Admission(const Limits& limits)
        : m_limits(limits)
    {
    }

    /// One admitted connection. Given back when it dies.
    class Ticket {
    public:
        ~Ticket();
        Ticket(const Ticket&) = delete;
        Ticket& operator=(const Ticket&) = delete;

        [[nodiscard]] bool isOnProbation() const noexcept { return m_standing == Standing::Probation; }
        /// The connection has sent a whole request: it no longer counts as silent. Idempotent; one thread.
        void prove();

    private:
        friend class Admission;
        enum class Standing : std::uint8_t { Exempt, Silent, Probation, Proven };
        Ticket(std::shared_ptr<Admission> admission, const Address& address, Standing standing)
            : m_admission(std::move(admission))
            , m_address(address)
            , m_standing(standing)
        {
        }

        std::shared_ptr<Admission> m_admission;
        Address m_address;
        Standing m_standing;
        std::function<void()> m_evict; // while on probation
    };
    using TicketPtr = std::unique_ptr<Ticket>;

    /// Null when there are too many connections. `evict` closes the newcomer, should it have to make room for others:
    /// called from inside a later admit(), on its thread.
    [[nodiscard]] static TicketPtr admit(const std::shared_ptr<Admission>& admission, const Address& address,
                                         bool exempt, std::function<void()> evict);
    [[nodiscard]] std::size_t connections() const noexcept { return m_connections.load(std::memory_order_relaxed); }

private:
    struct Silent {
        std::size_t regular = 0;
        std::deque<Ticket*> probation; // the oldest first
    };
    void forgetSilent(const Ticket& ticket);

    const Limits m_limits;
    std::atomic<std::size_t> m_connections = 0;
    std::mutex m_mutex;
    std::unordered_map<Address, Silent> m_silent; // only addresses that have silent connections now
};

} // namespace iam::http
