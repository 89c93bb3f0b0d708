// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/sessionclient.h"
#include "shell/connection.h"
#include "shell/consolewindow.h"
#include "support/examplecluster.h"
#include "support/memorysessionstore.h"
#include <QSettings>

namespace iam::support {

/// The whole console, logged in at an example cluster through its VIP.
class ClusterConsole {
public:
    explicit ClusterConsole(int backends = 2)
        : ClusterConsole(std::make_unique<ExampleCluster>(backends))
    {
    }
    /// Over one that is there already.
    explicit ClusterConsole(std::unique_ptr<ExampleCluster> example)
        : owned(std::move(example))
        , cluster(*owned)
        , sessions(api)
        , connection(api, sessions, store, nullptr)
        , window(shell::makeMainWindow(api, connection, clusters))
    {
        client::Session session;
        session.username = "admin";
        session.token = SecretString("example");
        session.expires = SystemClock().now() + std::chrono::hours(24);
        store.kept.insert(cluster.url().toString(), session);
        window->resize(1180, 760);
        window->show();
        QSettings().setValue(QStringLiteral("connection/server"), cluster.url().toString());
        connection.begin();
    }

    std::unique_ptr<ExampleCluster> owned;
    ExampleCluster& cluster;
    MemorySessionStore store;
    shell::SettingsClusterMemory clusters;
    client::ApiClient api{client::ApiConfig{.timeout = std::chrono::seconds(2)}};
    client::SessionClient sessions;
    shell::Connection connection;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace iam::support
