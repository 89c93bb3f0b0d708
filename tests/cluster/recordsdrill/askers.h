// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/serverprocess.h"
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace iam::drill {

using Time = std::chrono::steady_clock::time_point;

/// A decision that was asked for, once.
struct Question {
    std::string resource; ///< no other question has it
    Time asked{};
    Time answered{};
    int status = 0; ///< 0: no answer came
};

/// Programs that ask an authz-server for decisions at a steady pace, each on a connection of its own, and note what
/// they asked and what was answered. A moment at which no connection can be made is let go by.
class Askers {
public:
    struct Pace {
        int clients = 4;
        double perSecond = 300; ///< of all together
    };
    /// The first program has the first secret, and so on in turns.
    Askers(std::uint16_t port, std::vector<test::MadeSecret> secrets, Pace pace);
    /// stop()
    ~Askers();

    /// Idempotent.
    void stop();
    /// After stop().
    [[nodiscard]] std::vector<Question> questions() const;

private:
    struct Program {
        int number = 0;
        test::MadeSecret secret;
        std::vector<Question> book;
        std::thread thread;
    };
    void run(Program& program) const;

    const std::uint16_t m_port;
    const std::chrono::nanoseconds m_interval; ///< of one program
    std::atomic<bool> m_ended = false;
    std::vector<Program> m_programs;
};

} // namespace iam::drill
