// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "http/address.h"
#include "http/iothreads.h"
#include "http/requestcounters.h"
#include "http/router.h"
#include "http/stats.h"
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace iam::http {

struct TlsFiles {
    std::string certificate; ///< PEM, the server's certificate first, then the chain
    std::string privateKey;  ///< PEM, RSA or EC, without a passphrase
};

struct ServerConfig {
    std::string name;                     ///< for log lines and errors: "apiserver"
    std::vector<Network> trustedProxies;  ///< whose X-Forwarded-For is believed, and whom no connection cap holds
    std::vector<std::string> corsOrigins; ///< exactly as browsers send them; empty: no CORS
    /// The body and status of the errors that this layer makes itself: 100002, 100010…100013, 100209.
    std::function<Response(Code)> errorResponse;
};

/// One router on one or more addresses. Belongs to the thread that makes it, which needs a Qt event loop; never an
/// I/O thread. Every answer goes through the same steps: request id → limits → recovery → auth → handler.
class Server {
public:
    Server(IoThreads& threads, Router router, ServerConfig config);
    /// Stops listening and closes its connections at once; afterwards no handler is started.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens on an IP address literal; port 0 takes a free one. Returns the port. May be called several times.
    /// The error names address:port and the reason in Error::detail.
    [[nodiscard]] Result<std::uint16_t> listen(const std::string& address, std::uint16_t port);
    /// The same with TLS (1.2 or newer). The error names the file that is missing, unreadable or does not fit.
    [[nodiscard]] Result<std::uint16_t> listenTls(const std::string& address, std::uint16_t port,
                                                  const TlsFiles& files);
    /// "http://127.0.0.1:8080", "https://…", in the order of the calls.
    [[nodiscard]] const std::vector<std::string>& urls() const noexcept;

    /// Stops listening, closes idle connections, answers what runs with `Connection: close`. `drained` is called once
    /// on the server's thread when no connection and no running request is left, or when `within` is over and the rest
    /// was closed. Only the first call counts.
    void drain(std::chrono::milliseconds within, std::function<void()> drained);

    [[nodiscard]] const std::string& name() const noexcept;
    [[nodiscard]] const Stats& stats() const noexcept;
    /// What the requests came to so far. From any thread.
    [[nodiscard]] RequestReading requests() const;

private:
    class Private;
    std::unique_ptr<Private> m_private;
};

} // namespace iam::http
