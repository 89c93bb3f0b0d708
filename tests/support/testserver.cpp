// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"
#include "node/serverconfig.h"
#include "node/servernode.h"

namespace iam::support {

TestServer::TestServer()
{
    m_worker.moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("test server"));
    m_thread.start();
    QMetaObject::invokeMethod(
        &m_worker, [this] { start(); }, Qt::BlockingQueuedConnection);
}

void TestServer::start()
{
    node::ServerOptions options;
    options.dataDir = m_data.path().toStdString();
    options.settings = {"apiserver.insecure.bind-port=0", "authz-server.insecure.bind-port=0"};
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
    m_apiUrl = QUrl(QString::fromStdString(m_node->apiServerUrls().front()));
    m_authzUrl = QUrl(QString::fromStdString(m_node->authzServerUrls().front()));
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
