// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace iam::test {

struct HttpAnswer {
    int status = 0; ///< 0: no answer came
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    /// The first field of that name in any case; empty when absent.
    [[nodiscard]] std::string header(const std::string& name) const;
};

struct HttpCall {
    std::string method = "GET";
    std::string target = "/";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

/// Where a server listens.
struct HttpPlace {
    HttpPlace(std::uint16_t onPort) // a port alone is one of this machine
        : port(onPort)
    {
    }
    HttpPlace(std::string onHost, std::uint16_t onPort)
        : host(std::move(onHost))
        , port(onPort)
    {
    }
    std::string host = "127.0.0.1";
    std::uint16_t port;
};

/// One connection with blocking calls: deliberately plain, so that tests see what really is on the wire.
class HttpConnection {
public:
    explicit HttpConnection(const HttpPlace& place);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    [[nodiscard]] bool connected() const noexcept { return m_socket >= 0; }
    bool sendRaw(const std::string& bytes);
    /// The next whole answer, also an interim one; status 0 when the peer closes, or is silent for ten seconds.
    /// `head`: the answer belongs to a HEAD request and has no body.
    HttpAnswer receive(bool head = false);
    /// Adds Host and Content-Length.
    HttpAnswer call(const HttpCall& call);

private:
    bool fill();

    int m_socket = -1;
    std::string m_buffer;
};

/// A call on a connection of its own.
[[nodiscard]] HttpAnswer httpCall(const HttpPlace& place, const HttpCall& call);

} // namespace iam::test
