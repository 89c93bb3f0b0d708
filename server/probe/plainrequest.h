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
    /// `place` outlives it. `epoll` tells of it with a pointer to this object.
    PlainRequest(const ProbePlace& place, int epoll, const Listener& listener, std::uint64_t sequence, Time sent);

    void start() override;
    /// Something happened to its socket. It may be destroyed within.
    void proceed();

private:
    bool send();
    void receive();

    const ProbePlace& m_place;
    const int m_epoll;
    FileDescriptor m_socket;
    std::size_t m_written = 0;
};

} // namespace iam::probe
