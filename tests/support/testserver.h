// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include <QString>
#include <QTemporaryDir>
#include <QThread>
#include <QUrl>
#include <memory>

namespace iam::node {
class ServerNode;
}

namespace iam::support {

/// A whole server on free ports of 127.0.0.1, with data of its own that go with it, in a thread of its own. The
/// administrator is "admin" with `password`.
class TestServer {
public:
    static constexpr const char* password = "Admin@2021";

    /// `yaml`: its configuration, but the ports. `dataDir`: that of another server, for a role that goes beside it;
    /// empty: one of its own.
    explicit TestServer(const QString& yaml = {}, const QString& dataDir = {});
    /// Drains and waits.
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    /// Why it does not run; empty when it does.
    [[nodiscard]] const QString& error() const { return m_error; }
    /// Empty without that role; so below.
    [[nodiscard]] QUrl apiUrl() const { return m_apiUrl; }
    [[nodiscard]] QUrl authzUrl() const { return m_authzUrl; }

private:
    void start(const QString& yaml, const QString& dataDir);

    QTemporaryDir m_data;
    SystemClock m_clock;
    QThread m_thread;
    QObject m_worker; ///< lives in m_thread
    std::unique_ptr<node::ServerNode> m_node;
    QString m_error;
    QUrl m_apiUrl;
    QUrl m_authzUrl;
};

} // namespace iam::support
