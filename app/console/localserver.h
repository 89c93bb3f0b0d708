// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "shell/bundledserver.h"
#include <QThread>

namespace iam::console {

/// The one place where the console and a server meet: runs a ServerNode in a thread of its own, on 127.0.0.1 and ports
/// that the system chooses. When it dies, the server finishes what runs, and stops.
class LocalServer final : public shell::BundledServer {
    Q_OBJECT
public:
    explicit LocalServer(QString dataPath, QObject* parent = nullptr);
    ~LocalServer() override;

    [[nodiscard]] bool hasData() const override;
    [[nodiscard]] QString dataPath() const override { return m_dataPath; }
    [[nodiscard]] std::optional<QUrl> url() const override { return m_url; }
    void start(std::optional<SecretString> adminPassword) override;
    /// Where decisions are asked; nothing while it does not run.
    [[nodiscard]] std::optional<QUrl> authzUrl() const { return m_authzUrl; }

private:
    class Host;

    const QString m_dataPath;
    QThread m_thread;
    Host* m_host; // lives in m_thread
    std::optional<QUrl> m_url;
    std::optional<QUrl> m_authzUrl;
    bool m_starting = false;
};

} // namespace iam::console
