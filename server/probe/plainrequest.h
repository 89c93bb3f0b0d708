// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "probe/proberequest.h"

namespace iam::probe {

/// Without TLS: a socket of the system's, watched by the loop's epoll, because a Qt socket costs several times as much
/// for so short a life.
class PlainRequest final : public ProbeRequest {
public:
    /// Who says when there is something to read.
    enum class Told {
        Always,      ///< `epoll`, of every change
        ToConnection ///< `epoll`, until there is a connection; then whoever calls proceed() from time to time
    };
    /// `place` outlives it. `epoll` tells of it with a pointer to this object.
    PlainRequest(const ProbePlace& place, int epoll, Told told, const Listener& listener, std::uint64_t sequence,
                 Time sent);

    void start() override;
    void proceed() override;

private:
    bool send();
    void receive();
    [[nodiscard]] Time arrivalOf(const msghdr& message) const;

    const ProbePlace& m_place;
    const int m_epoll;
    const Told m_told;
    std::chrono::nanoseconds m_wallOffset{}; ///< wall clock minus steady clock, when it was sent
    FileDescriptor m_socket;
    std::size_t m_written = 0;
};

} // namespace iam::probe
