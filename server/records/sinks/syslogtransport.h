// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/filedescriptor.h"
#include "records/sinks/bytestream.h"
#include "records/sinks/networkplace.h"
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>

namespace iam::records {

/// How messages of syslog reach their receiver. One thread at a time. It connects when it has something to send, and
/// again when the connection broke. Errors: Code::StorageUnavailable; some of the messages may have arrived.
class SyslogTransport {
public:
    virtual ~SyslogTransport() = default;
    /// In their order.
    virtual Result<> send(std::span<const std::string> messages, Deadline until) = 0;
};

/// A datagram for each message (RFC 5426). What gets lost on the way is lost; only that nobody listens on a machine
/// that can be reached is mostly noticed.
class SyslogDatagrams final : public SyslogTransport {
public:
    explicit SyslogDatagrams(NetworkPlace place)
        : m_place(std::move(place))
    {
    }
    Result<> send(std::span<const std::string> messages, Deadline until) override;

private:
    Result<> sendAll(std::span<const std::string> messages, Deadline until);
    Result<> sendOne(const std::string& message, Deadline until);
    /// What the network has reported of datagrams sent before.
    Result<> check() const;

    const NetworkPlace m_place;
    FileDescriptor m_socket;
    std::size_t m_failures = 0; ///< after each it is another address's turn: connecting finds out nothing
};

/// Messages behind their length on a stream (octet counting: RFC 6587, 3.4.1; RFC 5425, 4.3). The protocol knows no
/// acknowledgement: sent is what the receiver's system has taken, and a receiver that dies then may not have read it.
/// Therefore the last `resent` bytes of messages are sent once more, first, on the connection that follows a broken
/// one.
class SyslogStream final : public SyslogTransport {
public:
    using Connect = std::function<Result<std::unique_ptr<ByteStream>>(Deadline)>;

    SyslogStream(Connect connect, std::size_t resent)
        : m_connect(std::move(connect))
        , m_mostKept(resent)
    {
    }
    Result<> send(std::span<const std::string> messages, Deadline until) override;

private:
    Result<> sendAll(std::span<const std::string> messages, Deadline until);
    Result<> open(Deadline until);
    void keep(std::string frame);

    const Connect m_connect;
    const std::size_t m_mostKept;
    std::unique_ptr<ByteStream> m_stream;
    std::deque<std::string> m_kept; ///< frames sent last, as many as fit
    std::size_t m_keptBytes = 0;
};

} // namespace iam::records
