// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/answer.h"
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace iam::http {

class IoLoop;

/// How other threads reach an I/O thread's connections: by number, never by pointer. Outlives the thread; what comes
/// afterwards is dropped. Thread-safe.
class Mailbox {
public:
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    /// An answer for one request. On the I/O thread itself it is handed over at once.
    void deliver(std::uint64_t connection, std::uint64_t sequence, Answer&& answer);
    /// Runs `command` on the I/O thread, later; false when that has ended.
    [[nodiscard]] bool post(std::function<void(IoLoop&)> command);

    // For the loop: readable when something came; called on its thread.
    [[nodiscard]] int descriptor() const noexcept { return m_descriptor; }
    void open(IoLoop& loop);
    void close();
    void empty();

private:
    struct Delivery {
        std::uint64_t connection;
        std::uint64_t sequence;
        Answer answer;
    };
    void ring() const;

    const int m_descriptor;
    std::mutex m_mutex;
    IoLoop* m_loop = nullptr;               // guarded by m_mutex, but for the owner itself
    std::atomic<std::thread::id> m_owner{}; // set once, before the first connection
    bool m_closed = false;
    std::vector<Delivery> m_deliveries;
    std::vector<std::function<void(IoLoop&)>> m_commands;
};

} // namespace iam::http
