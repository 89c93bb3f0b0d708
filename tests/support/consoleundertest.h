// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/sessionclient.h"
#include "console/localserver.h"
#include "shell/connection.h"
#include "shell/consolewindow.h"
#include "support/memorysessionstore.h"

namespace iam::support {

/// The whole console as its main builds it, on a bundled server of its own; only the keyring is replaced.
class ConsoleUnderTest {
public:
    ConsoleUnderTest(const QString& dataPath, MemorySessionStore& store, models::AdoptionProgram* adoption = nullptr)
        : server(dataPath)
        , sessions(api)
        , connection(api, sessions, store, &server)
        , window(shell::makeMainWindow(api, connection, clusters, adoption))
    {
        window->resize(1180, 760);
        window->show();
        connection.begin();
    }

    console::LocalServer server;
    client::ApiClient api{client::ApiConfig{}};
    client::SessionClient sessions;
    shell::Connection connection;
    shell::SettingsClusterMemory clusters;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace iam::support
