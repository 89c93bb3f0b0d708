// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace iam::http {

/// The rest of a body that goes on after its answer was sent (Response::stream): what is written here follows
/// Response::body on the wire, until somebody calls end(), the client goes, or the server drains. The connection closes
/// behind it. A client that does not read is dropped once Limits::streamBuffer bytes wait for it, or it takes nothing
/// for Limits::writeStall. Thread-safe.
class BodyStream {
public:
    /// Appends. False when nobody reads any more.
    bool write(std::string bytes);
    /// Closes the connection when all is sent.
    void end();
    /// Whether somebody may still read: false after end(), and once the connection is gone.
    [[nodiscard]] bool isOpen() const;

private:
    friend class Site;
    friend class StreamLease;
    using Sink = std::function<void(std::string bytes, bool last)>;

    /// What was written before goes first.
    void attach(Sink sink);
    void detach();
    bool append(std::string bytes, bool last);

    mutable std::mutex m_mutex;
    Sink m_sink;
    std::string m_waiting;
    bool m_open = true;
    bool m_ended = false;
};

/// Held by whoever has the answer: when it dies, nobody reads the stream any more.
class StreamLease {
public:
    explicit StreamLease(std::shared_ptr<BodyStream> stream)
        : m_stream(std::move(stream))
    {
    }
    ~StreamLease() { m_stream->detach(); }
    StreamLease(const StreamLease&) = delete;
    StreamLease& operator=(const StreamLease&) = delete;

private:
    const std::shared_ptr<BodyStream> m_stream;
};

} // namespace iam::http
