// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/servernode.h"
#include "base/logging.h"
#include "contract/json.h"
#include "node/administrator.h"
#include "node/openstorage.h"
#include "node/serverroutes.h"
#include "routes/respond.h"
#include <utility>

namespace iam::node {

/// Makes the parts one after the other, and ends them.
class ServerNode::Private {
public:
    Private(const ServerConfig& config, const Clock& clock)
        : parts(config, clock)
    {
    }

    Result<> open();
    void drain(std::function<void()> done);

    ServerParts parts;

private:
    Result<> openAgent();
    Result<> openPump();
    Result<> openWatcher();
    Result<> openApiServer();
    Result<> openAuthzServer();
    [[nodiscard]] http::ServerConfig httpConfig(const std::string& name) const;
    Result<std::unique_ptr<http::Server>> listen(const std::string& name, http::Router router,
                                                 const ListenConfig& plain, const SecureConfig& secure);
    void finish();

    int m_draining = 0;
    bool m_ended = false;
    std::function<void()> m_drained;
};

Result<> ServerNode::Private::open()
{
    const ServerConfig& config = parts.config;
    if (config.serves()) {
        if (auto done = parts.openServices(); !done) return done;
    }
    // An agent alone has few to answer, and all that it tells lives on this thread.
    if (config.serves() || config.server.ioThreads > 0)
        parts.ioThreads = std::make_unique<http::IoThreads>(config.limits, config.server.ioThreads, parts.clock);
    else
        parts.ioThreads =
            std::make_unique<http::IoThreads>(config.limits, http::IoThreads::OnThisThread{}, parts.clock);
    const std::pair<bool, Result<> (Private::*)()> roles[] = {{config.runAgent, &Private::openAgent},
                                                              {config.runPump, &Private::openPump},
                                                              {config.runWatcher, &Private::openWatcher},
                                                              {config.runApiServer, &Private::openApiServer},
                                                              {config.runAuthzServer, &Private::openAuthzServer}};
    for (const auto& [runs, openRole] : roles)
        if (runs)
            if (auto done = (this->*openRole)(); !done) return done;
    if (parts.housekeeping) parts.housekeeping->start();
    return {};
}

Result<> ServerNode::Private::openAgent()
{
    auto opened = AgentRole::open(parts.config);
    if (!opened) return fail(opened);
    parts.agent = std::move(*opened);
    return parts.agent->listen(*parts.ioThreads, moreAgentRoutes(parts), httpConfig("agent"));
}

Result<> ServerNode::Private::openPump()
{
    auto opened = PumpRole::open(parts.config, parts.clock);
    if (!opened) return fail(opened);
    parts.pump = std::move(*opened);
    if (auto done = parts.pump->listen(*parts.ioThreads, allPumpRoutes(parts), httpConfig("pump")); !done) return done;
    parts.pump->start();
    return {};
}

Result<> ServerNode::Private::openWatcher()
{
    const auto changed = [this] {
        if (parts.services) parts.services->directory().changed(service::Changed::Others);
    };
    auto opened =
        WatcherRole::open(parts.config, parts.clock, parts.services ? &parts.services->storage() : nullptr, changed);
    if (!opened) return fail(opened);
    parts.watcher = std::move(*opened);
    auto done = parts.watcher->listen(*parts.ioThreads, allWatcherRoutes(parts), httpConfig("watcher"));
    if (!done) return done;
    parts.watcher->start();
    return {};
}

Result<> ServerNode::Private::openApiServer()
{
    const ServerConfig& config = parts.config;
    parts.clusterFeed =
        std::make_unique<cluster::ClusterFeed>(config.cluster.feed, config.cluster.key, "apiserver", parts.clock);
    parts.eventStreams = std::make_unique<routes::EventStreams>(*parts.clusterFeed, parts.clock);
    parts.clusterFeed->start();
    auto server = listen("apiserver", apiRouter(parts), config.apiServer.insecure, config.apiServer.secure);
    if (!server) return fail(server);
    parts.apiServer = std::move(*server);
    return {};
}

Result<> ServerNode::Private::openAuthzServer()
{
    const AuthzServerConfig& config = parts.config.authzServer;
    auto server = listen("authz-server", authzRouter(parts), config.insecure, config.secure);
    if (!server) return fail(server);
    parts.authzServer = std::move(*server);
    return {};
}

http::ServerConfig ServerNode::Private::httpConfig(const std::string& name) const
{
    return {name, parts.config.server.trustedProxies, parts.config.server.corsOrigins,
            [](Code code) { return routes::errorResponse(code); }};
}

Result<std::unique_ptr<http::Server>> ServerNode::Private::listen(const std::string& name, http::Router router,
                                                                  const ListenConfig& plain, const SecureConfig& secure)
{
    auto server = std::make_unique<http::Server>(*parts.ioThreads, std::move(router), httpConfig(name));
    if (auto port = server->listen(plain.bindAddress, plain.bindPort); !port) return fail(port);
    if (secure.enabled()) {
        auto port = server->listenTls(secure.bindAddress, secure.bindPort, {secure.certFile, secure.privateKeyFile});
        if (!port) return fail(port);
    }
    return server;
}

void ServerNode::Private::drain(std::function<void()> done)
{
    if (m_draining > 0 || m_ended) return;
    m_drained = std::move(done);
    if (parts.housekeeping) parts.housekeeping->stop();
    const auto servers = parts.servers();
    m_draining = static_cast<int>(servers.size());
    for (http::Server* server : servers) server->drain(parts.config.server.drainTimeout, [this] { finish(); });
}

void ServerNode::Private::finish()
{
    if (--m_draining > 0) return;
    if (parts.pump) parts.pump->stop();
    if (parts.watcher) parts.watcher->stop();
    if (parts.services) parts.stopServices();
    m_ended = true;
    if (const auto call = std::exchange(m_drained, {})) call();
}

ServerNode::ServerNode(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

ServerNode::~ServerNode() = default;

Result<std::unique_ptr<ServerNode>> ServerNode::start(const ServerConfig& config, const Clock& clock)
{
    auto made = std::make_unique<Private>(config, clock);
    if (auto done = made->open(); !done) return fail(done);
    std::unique_ptr<ServerNode> node(new ServerNode(std::move(made)));
    qCInfo(lcHttp, "serving: %s", node->readyLine().c_str());
    return node;
}

const std::vector<std::string>& ServerNode::apiServerUrls() const
{
    static const std::vector<std::string> none;
    return d->parts.apiServer ? d->parts.apiServer->urls() : none;
}

const std::vector<std::string>& ServerNode::authzServerUrls() const
{
    static const std::vector<std::string> none;
    return d->parts.authzServer ? d->parts.authzServer->urls() : none;
}

std::string ServerNode::readyLine() const
{
    std::string line;
    {
        contract::JsonObjectWriter object(line);
        object.boolean("ready", true);
        if (d->parts.apiServer) object.text("apiserver", apiServerUrls().front());
        if (d->parts.authzServer) object.text("authz-server", authzServerUrls().front());
        if (d->parts.agent) object.text("agent", d->parts.agent->server().urls().front());
        if (d->parts.pump) object.text("pump", d->parts.pump->server().urls().front());
        if (d->parts.watcher) object.text("watcher", d->parts.watcher->server().urls().front());
    }
    return line;
}

void ServerNode::drain(std::function<void()> drained)
{
    d->drain(std::move(drained));
}

std::string initialPasswordPath(const std::string& dataDir)
{
    return dataDir + "/" + initialPasswordFile;
}

Result<> resetAdminPassword(const ServerConfig& config, const SecretString& password, const Clock& clock)
{
    // With a database server the others may go on: they follow the changes.
    auto data =
        sharesDatabase(config) ? DataDirectory::openShared(config.dataDir, {}) : DataDirectory::open(config.dataDir);
    if (!data) return fail(data);
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    return resetAdministrator(**storage, *data, password, passwordScheme(config), clock);
}

} // namespace iam::node
