// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"
#include "node/serverconfig.h"
#include "node/servernode.h"
#include <QFile>

namespace iam::support {

namespace {

QUrl firstOf(const std::vector<std::string>& urls)
{
    return urls.empty() ? QUrl() : QUrl(QString::fromStdString(urls.front()));
}

} // namespace

TestServer::TestServer(const QString& yaml, const QString& dataDir)
{
    m_worker.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("test server"));
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_worker, [&] { start(yaml, dataDir); }, Qt::BlockingQueuedConnection);
}

void TestServer::start(const QString& yaml, const QString& dataDir)
{
    node::ServerOptions options;
    options.dataDir = (dataDir.isEmpty() ? m_data.filePath(QStringLiteral("data")) : dataDir).toStdString();
    options.settings = {"apiserver.insecure.bind-port=0", "authz-server.insecure.bind-port=0", "pump.bind-port=0"};
    if (!yaml.isEmpty()) {
        QFile file(m_data.filePath(QStringLiteral("server.yaml")));
        if (!file.open(QIODevice::WriteOnly) || file.write(yaml.toUtf8()) < 0) {
            m_error = file.errorString();
            return;
        }
        options.configFile = file.fileName().toStdString();
    }
    auto config = node::readServerConfig(options, Environment());
    if (!config) {
        m_error = QStringLiteral("configuration: ");
        for (const FieldFault& fault : config.error().faults) m_error += QString::fromStdString(fault.message + "; ");
        return;
    }
    config->adminPassword = SecretString(password);
    auto node = node::ServerNode::start(*config, m_clock);
    if (!node) {
        m_error = QString::fromStdString(node.error().detail);
        return;
    }
    m_node = std::move(*node);
    m_apiUrl = firstOf(m_node->apiServerUrls());
    m_authzUrl = firstOf(m_node->authzServerUrls());
}

TestServer::~TestServer()
{
    QMetaObject::invokeMethod(&m_worker, [this] {
        if (!m_node) {
            m_thread.quit();
            return;
        }
        m_node->drain([this] {
            // Not in the node's own callback: it must have returned before the node goes.
            QMetaObject::invokeMethod(
                &m_worker,
                [this] {
                    m_node.reset();
                    m_thread.quit();
                },
                Qt::QueuedConnection);
        });
    });
    m_thread.wait();
}

} // namespace iam::support
