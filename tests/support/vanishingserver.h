// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

namespace iam::test {

/// An HTTP server of 127.0.0.1 that answers every request with 200 and stops doing so for a while when it is told. What
/// becomes of a request depends on when it is read.
class VanishingServer {
public:
    enum class Way {
        Refuse,  ///< nobody listens
        Swallow, ///< connections are taken and never answered
        Slow,    ///< answers come 1.5 s later
        Fail     ///< status 500
    };
    using Time = std::chrono::steady_clock::time_point;

    VanishingServer();
    ~VanishingServer();

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    /// It is away from `begin` for `length`. Once.
    void vanish(Way way, Time begin, std::chrono::milliseconds length);
    /// It has come back, and since when: the true length is backAt() - goneAt().
    [[nodiscard]] bool isBack() const noexcept { return m_state == Back; }
    [[nodiscard]] Time goneAt() const noexcept { return m_gone; }
    [[nodiscard]] Time backAt() const noexcept { return m_back; }

private:
    enum State { Here, Planned, Away, Back };
    struct Reply {
        Time due;
        int socket;
        int status;
    };
    void run();
    void listen();
    void turn(Time now);
    void take(Time now);
    void reply(Time now);

    std::uint16_t m_port = 0;
    int m_listener = -1;
    Way m_way = Way::Refuse;
    Time m_gone{}, m_back{};
    std::atomic<State> m_state = Here;
    std::atomic<bool> m_stop = false;
    std::deque<Reply> m_replies;
    std::deque<int> m_swallowed;
    std::thread m_thread;
};

} // namespace iam::test
