// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "probe/answerhead.h"
#include "probe/proberesult.h"
#include <functional>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace iam::probe {

/// What all requests of one probe have in common.
struct ProbePlace {
    sockaddr_storage address{};
    socklen_t addressSize = 0;
    std::string request;
};

/// One request on a connection of its own. It is decided once, by the head of the answer or by what goes wrong. Then
/// it waits for the server to close the connection, so that nothing is cut off, and is finished.
class ProbeRequest {
public:
    /// Whom it tells; both may be called within start(). The request may be destroyed from within `finished`.
    struct Listener {
        std::function<void(const ProbeResult&)> decided;
        std::function<void(ProbeRequest*)> finished;
    };
    /// `listener` outlives it.
    ProbeRequest(const Listener& listener, std::uint64_t sequence, Time sent)
        : m_listener(listener)
        , m_result{sequence, sent, {}, Outcome::Missed, 0}
    {
    }
    virtual ~ProbeRequest() = default;
    ProbeRequest(const ProbeRequest&) = delete;
    ProbeRequest& operator=(const ProbeRequest&) = delete;

    /// Connects.
    virtual void start() = 0;
    /// Looks what came; nothing where it is told of that anyway. It may be destroyed within.
    virtual void proceed() {}

    [[nodiscard]] Time sent() const noexcept { return m_result.sent; }
    /// Decides it unless it is decided.
    void decide(Outcome outcome, int status = 0, Time at = Time::clock::now());

protected:
    /// Bytes of the answer, and when they came.
    void take(std::string_view bytes, Time at = Time::clock::now());
    /// The connection is gone: also the ordinary end, when the server closes it after its answer. The last call.
    void finish(Outcome outcome = Outcome::Refused);

private:
    const Listener& m_listener;
    ProbeResult m_result;
    AnswerHead m_head;
    bool m_decided = false;
};

} // namespace iam::probe
