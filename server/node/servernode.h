// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/result.h"
#include "node/serverconfig.h"
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace iam::node {

/// One running server: builds everything that one ServerConfig asks for, owns it, and takes it down in the right order.
/// Belongs to the thread that starts it, which needs a Qt event loop.
class ServerNode {
public:
    /// Opens the data (making it at the first start, with the administrator "admin") and listens. Blocks for a moment.
    /// On failure Error::detail is one clear sentence: data directory unusable or in use by another server, database
    /// of a newer version, port in use, TLS files that do not fit, keys missing, …
    /// `clock` outlives the node. Logging must be installed by the caller.
    static Result<std::unique_ptr<ServerNode>> start(const ServerConfig& config, const Clock& clock);
    /// Drops what still runs. drain() first, for a clean end.
    ~ServerNode();
    ServerNode(const ServerNode&) = delete;
    ServerNode& operator=(const ServerNode&) = delete;

    /// Where the roles listen, plain first: "http://127.0.0.1:8080". Empty for a role that does not run.
    [[nodiscard]] const std::vector<std::string>& apiServerUrls() const;
    [[nodiscard]] const std::vector<std::string>& authzServerUrls() const;
    /// {"ready":true,"apiserver":"http://…","authz-server":"http://…","agent":"http://…","pump":"http://…"}, the first address of each running role.
    [[nodiscard]] std::string readyLine() const;

    /// Stops listening, lets running requests finish and stores what is pending, within the configured time.
    /// `drained` is called once, on this thread; it must not destroy the node, which is in the middle of
    /// calling it. Only the first call counts.
    void drain(std::function<void()> drained);

private:
    class Private;
    explicit ServerNode(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

/// The file in the data directory that holds the administrator's first, random password until it is changed.
[[nodiscard]] std::string initialPasswordPath(const std::string& dataDir);

/// Gives the administrator "admin" the password, making or enabling the account when needed. With SQLite
/// the server must not be running on this data. Error::detail is one clear sentence.
Result<> resetAdminPassword(const ServerConfig& config, const SecretString& password, const Clock& clock);

} // namespace iam::node
