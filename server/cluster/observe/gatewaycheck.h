// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/filedescriptor.h"
#include "base/result.h"
#include "cluster/observe/risefall.h"
#include <QObject>
#include <QTimer>
#include <memory>

namespace iam::cluster {

/// Whether the gateway answers an ICMP echo (RFC 792) once a second within half a second; three without an answer in a
/// row: unreachable; two answers: reachable again. Where this process may send none, there is never a word.
class GatewayCheck : public QObject {
    Q_OBJECT
public:
    /// `clock` outlives this.
    GatewayCheck(std::string gateway, const Clock& clock);

    /// Fails when this process may open neither a ping socket (net.ipv4.ping_group_range) nor a raw one (CAP_NET_RAW).
    /// Asks at once.
    Result<> start();
    [[nodiscard]] const std::optional<AnswerWord>& word() const noexcept { return m_opinion.word(); }

Q_SIGNALS:
    /// The first opinion, and every one that differs from the one before.
    void answerChanged(const iam::cluster::AnswerWord& word);

private:
    void ask();
    void timeOut();
    [[nodiscard]] bool heardAnswer();
    void conclude(bool good, const std::string& reason);

    const std::string m_gateway;
    const Clock& m_clock;
    RiseFall m_opinion;
    bool m_raw = false;
    FileDescriptor m_socket;
    QTimer m_period;
    QTimer m_timeout; ///< two looks for the answer: soon, and at the end; nobody is woken by it, nor by others' answers
    bool m_patient = false;    ///< the first look is still to come
    std::uint64_t m_token = 0; ///< in the open question; no other echo has it
    std::uint16_t m_sequence = 0;
    SteadyTime m_askedAt{};
};

} // namespace iam::cluster
