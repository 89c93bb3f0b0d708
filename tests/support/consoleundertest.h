// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/sessionclient.h"
#include "console/localserver.h"
#include "shell/connection.h"
#include "shell/consolewindow.h"
#include <QHash>

namespace iam::support {

/// Keeps sessions as a keyring would, or refuses like a desktop without one.
class MemorySessionStore final : public shell::SessionStore {
public:
    void load(const QString& server, QObject* guard,
              std::function<void(std::optional<client::Session>)> loaded) override
    {
        QMetaObject::invokeMethod(
            guard,
            [this, server, loaded] {
                loaded(available && kept.contains(server) ? std::optional(kept[server]) : std::nullopt);
            },
            Qt::QueuedConnection);
    }
    void save(const QString& server, const client::Session& session, QObject* guard,
              std::function<void(bool)> saved) override
    {
        if (available) kept[server] = session;
        QMetaObject::invokeMethod(
            guard, [this, saved] { saved(available); }, Qt::QueuedConnection);
    }
    void forget(const QString& server) override { kept.remove(server); }

    bool available = true;
    QHash<QString, client::Session> kept;
};

/// The whole console as its main builds it, on a bundled server of its own; only the keyring is replaced.
class ConsoleUnderTest {
public:
    ConsoleUnderTest(const QString& dataPath, MemorySessionStore& store)
        : server(dataPath)
        , sessions(api)
        , connection(api, sessions, store, &server)
        , window(shell::makeMainWindow(api, connection))
    {
        window->resize(1180, 760);
        window->show();
        connection.begin();
    }

    console::LocalServer server;
    client::ApiClient api{client::ApiConfig{}};
    client::SessionClient sessions;
    shell::Connection connection;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace iam::support
