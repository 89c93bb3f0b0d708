// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/localserver.h"
#include "base/clock.h"
#include "node/servernode.h"
#include <QDir>
#include <QFileInfo>

namespace iam::console {

namespace {

/// A session that is kept over night is still good in the morning, and for a week when it is used.
const std::vector<std::string>& bundledSettings()
{
    static const std::vector<std::string> settings{"apiserver.insecure.bind-port=0",
                                                   "authz-server.insecure.bind-port=0", "jwt.timeout=24h",
                                                   "jwt.max-refresh=168h"};
    return settings;
}

Result<node::ServerConfig> makeConfig(const QString& dataPath, std::optional<SecretString> adminPassword)
{
    node::ServerOptions options;
    options.dataDir = dataPath.toStdString();
    options.settings = bundledSettings();
    auto config = node::readServerConfig(options, {});
    if (config) config->adminPassword = std::move(adminPassword);
    return config;
}

} // namespace

/// Owns the server, in the server's thread.
class LocalServer::Host : public QObject {
public:
    /// The sentence of the failure, or nothing.
    std::optional<std::string> start(const QString& dataPath, std::optional<SecretString> adminPassword)
    {
        const auto config = makeConfig(dataPath, std::move(adminPassword));
        if (!config)
            return config.error().faults.empty() ? config.error().detail : config.error().faults.front().message;
        auto node = node::ServerNode::start(*config, m_clock);
        if (!node) return node.error().detail;
        m_node = std::move(*node);
        return std::nullopt;
    }
    [[nodiscard]] QUrl apiUrl() const { return QUrl(QString::fromStdString(m_node->apiServerUrls().front())); }
    [[nodiscard]] QUrl authzUrl() const { return QUrl(QString::fromStdString(m_node->authzServerUrls().front())); }
    /// Ends the thread's event loop when everything is stored.
    void stop(QThread* thread)
    {
        if (!m_node) return thread->quit();
        m_node->drain([this, thread] {
            // Not from within the call of the node that is to die.
            const auto end = [this, thread] {
                m_node.reset();
                thread->quit();
            };
            QMetaObject::invokeMethod(this, end, Qt::QueuedConnection);
        });
    }

private:
    SystemClock m_clock;
    std::unique_ptr<node::ServerNode> m_node;
};

LocalServer::LocalServer(QString dataPath, QObject* parent)
    : BundledServer(parent)
    , m_dataPath(std::move(dataPath))
    , m_host(new Host)
{
    m_thread.setObjectName(QStringLiteral("server"));
    m_host->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_host, &QObject::deleteLater);
    m_thread.start();
}

LocalServer::~LocalServer()
{
    QMetaObject::invokeMethod(m_host, [host = m_host, thread = &m_thread] { host->stop(thread); });
    m_thread.wait();
}

bool LocalServer::hasData() const
{
    return QFileInfo::exists(QDir(m_dataPath).filePath(QStringLiteral("iam.db")));
}

void LocalServer::start(std::optional<SecretString> adminPassword)
{
    if (m_starting || m_url) return;
    m_starting = true;
    QDir().mkpath(m_dataPath);
    const auto run = [this, host = m_host, path = m_dataPath, password = std::move(adminPassword)]() {
        const auto failure = host->start(path, password);
        const QUrl api = failure ? QUrl() : host->apiUrl();
        const QUrl authz = failure ? QUrl() : host->authzUrl();
        // The destructor waits for this thread, so `this` lives.
        QMetaObject::invokeMethod(this, [this, failure, api, authz] {
            m_starting = false;
            if (failure) {
                Q_EMIT failed(QString::fromStdString(*failure));
                return;
            }
            m_url = api;
            m_authzUrl = authz;
            Q_EMIT started(api);
        });
    };
    QMetaObject::invokeMethod(m_host, run);
}

} // namespace iam::console
