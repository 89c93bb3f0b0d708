// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/httpask.h"
#include "cluster/observe/risefall.h"

namespace iam::cluster {

/// Whether nginx answers: GET /nginx_health on a connection of its own every `interval`. A stopped process whose
/// sockets the kernel still serves is silent. And once a second nginx' counters.
class NginxCheck : public QObject {
    Q_OBJECT
public:
    struct Config {
        std::uint16_t port = 8079; ///< of 127.0.0.1
        std::chrono::milliseconds interval{250};
        std::chrono::milliseconds timeout{250};
        int fall = 2;
        int rise = 2;
    };

    /// Asks at once. `clock` outlives this.
    NginxCheck(Config config, const Clock& clock);

    [[nodiscard]] const std::optional<AnswerWord>& word() const noexcept { return m_opinion.word(); }
    /// The newest; empty until some came.
    [[nodiscard]] const std::optional<NginxCounters>& counters() const noexcept { return m_counters; }

Q_SIGNALS:
    /// The first opinion, and every one that differs from the one before.
    void answerChanged(const iam::cluster::AnswerWord& word);

private:
    void hear(const HttpWord& word);
    void count(const HttpWord& word);

    RiseFall m_opinion;
    HttpAsk m_health;
    HttpAsk m_status;
    std::optional<NginxCounters> m_counters;
};

/// Reads the page of stub_status. Nothing when it is none.
[[nodiscard]] std::optional<NginxCounters> readStubStatus(std::string_view page);

} // namespace iam::cluster
