// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/servernode.h"
#include "base/logging.h"
#include "contract/json.h"
#include "http/server.h"
#include "node/administrator.h"
#include "node/agentrole.h"
#include "node/clockwatch.h"
#include "node/metrics.h"
#include "node/openstorage.h"
#include "node/pumprole.h"
#include "node/pumpview.h"
#include "node/recordsfile.h"
#include "node/services.h"
#include "node/watcherrole.h"
#include "routes/auditroutes.h"
#include "routes/authzroutes.h"
#include "routes/clusterroutes.h"
#include "routes/loginauthenticator.h"
#include "routes/metricsroutes.h"
#include "routes/openapiroutes.h"
#include "routes/policyroutes.h"
#include "routes/pumproutes.h"
#include "routes/respond.h"
#include "routes/secretroutes.h"
#include "routes/sessionroutes.h"
#include "routes/userroutes.h"
#include <QTimer>
#include <atomic>
#include <utility>

namespace iam::node {
namespace {

constexpr unsigned storageThreads = 4;
constexpr std::size_t storageQueue = 1024;
constexpr unsigned decisionThreads = 2;
constexpr std::size_t decisionQueue = 64;
constexpr std::size_t metricsQueue = 8;

void append(std::vector<http::Route>& routes, std::vector<http::Route> more)
{
    std::move(more.begin(), more.end(), std::back_inserter(routes));
}

void notFound(const http::ExchangePtr& exchange)
{
    exchange->reply(routes::errorResponse(Code::PageNotFound));
}

} // namespace

class ServerNode::Private {
public:
    Private(const ServerConfig& nodeConfig, const Clock& nodeClock)
        : config(nodeConfig)
        , clock(nodeClock)
        , m_pumpView(pumpFolder(config) + "/" + pumpDatabase, nodeClock)
        , m_clockWatch(nodeClock)
    {
    }
    ~Private();

    Result<> open();
    void drain(std::function<void()> done);

    const ServerConfig config;
    const Clock& clock;
    std::unique_ptr<Services> services; ///< null where neither apiserver nor authz-server runs
    std::unique_ptr<WorkerPool> storagePool;
    std::unique_ptr<WorkerPool> passwordPool;
    std::unique_ptr<WorkerPool> decisionPool;
    std::unique_ptr<WorkerPool> metricsPool;
    std::unique_ptr<WorkerPool> keysPool;
    std::unique_ptr<http::IoThreads> ioThreads;
    std::unique_ptr<http::Server> apiServer;
    std::unique_ptr<http::Server> authzServer;
    std::unique_ptr<AgentRole> agent;
    std::unique_ptr<PumpRole> pump;
    std::unique_ptr<WatcherRole> watcher;
    std::unique_ptr<cluster::ClusterFeed> clusterFeed; ///< of an apiserver
    std::unique_ptr<routes::EventStreams> eventStreams;
    QTimer housekeeping;

private:
    Result<> openServices();
    Result<> openWatcher();
    std::vector<http::Route> commonRoutes();
    std::vector<http::Route> agentCommonRoutes();
    std::vector<http::Route> allPumpRoutes();
    std::vector<http::Route> watcherRoutes();
    std::vector<http::Route> measured();
    [[nodiscard]] http::Auth metricsReaders() const;
    [[nodiscard]] std::vector<http::Server*> servers() const;
    http::Router apiRouter();
    http::Router authzRouter();
    [[nodiscard]] http::ServerConfig httpConfig(const std::string& name) const;
    Result<std::unique_ptr<http::Server>> listen(const std::string& name, http::Router router,
                                                 const ListenConfig& plain, const SecureConfig& secure);
    void finish();
    void stopServices();
    void keepHouse();
    void keepKeys();
    void writeKeyUses();

    [[nodiscard]] routes::Workers workers() const { return {*storagePool, *passwordPool, *decisionPool}; }

    PumpView m_pumpView;
    ClockWatch m_clockWatch;
    std::uint64_t m_ticks = 0;
    int m_draining = 0;
    bool m_ended = false;
    std::atomic<bool> m_keepingHouse = false;
    std::atomic<bool> m_keepingKeys = false;
    std::shared_ptr<const crypto::KeyRing> m_readWith; ///< by the directory; for the thread that keeps the keys
    std::function<void()> m_drained;
};

// What uses something dies before it: listeners, then the work they started, then the threads that take its answers.
ServerNode::Private::~Private()
{
    housekeeping.stop();
    if (metricsPool) metricsPool->stop(); // it looks at the servers
    apiServer.reset();
    authzServer.reset();
    eventStreams.reset();
    clusterFeed.reset();
    agent.reset();
    pump.reset();
    watcher.reset();
    if (services) services->stopRecords();
    if (decisionPool) decisionPool->stop();
    if (passwordPool) passwordPool->stop();
    if (storagePool) storagePool->stop();
    if (keysPool) keysPool->stop();
    ioThreads.reset();
}

Result<> ServerNode::Private::open()
{
    metricsPool = std::make_unique<WorkerPool>("iam-metrics", 1, metricsQueue);
    if (config.serves()) {
        if (auto done = openServices(); !done) return done;
    }
    // An agent alone has few to answer, and all that it tells lives on this thread.
    if (config.serves() || config.server.ioThreads > 0)
        ioThreads = std::make_unique<http::IoThreads>(config.limits, config.server.ioThreads, clock);
    else
        ioThreads = std::make_unique<http::IoThreads>(config.limits, http::IoThreads::OnThisThread{}, clock);
    if (config.runAgent) {
        auto opened = AgentRole::open(config);
        if (!opened) return fail(opened);
        agent = std::move(*opened);
        if (auto done = agent->listen(*ioThreads, agentCommonRoutes(), httpConfig("agent")); !done) return done;
    }
    if (config.runPump) {
        auto opened = PumpRole::open(config, clock);
        if (!opened) return fail(opened);
        pump = std::move(*opened);
        if (auto done = pump->listen(*ioThreads, allPumpRoutes(), httpConfig("pump")); !done) return done;
        pump->start();
    }
    if (config.runWatcher) {
        if (auto done = openWatcher(); !done) return done;
    }
    if (config.runApiServer) {
        clusterFeed =
            std::make_unique<cluster::ClusterFeed>(config.cluster.feed, config.cluster.key, "apiserver", clock);
        eventStreams = std::make_unique<routes::EventStreams>(*clusterFeed, clock);
        clusterFeed->start();
        auto server = listen("apiserver", apiRouter(), config.apiServer.insecure, config.apiServer.secure);
        if (!server) return fail(server);
        apiServer = std::move(*server);
    }
    if (config.runAuthzServer) {
        auto server = listen("authz-server", authzRouter(), config.authzServer.insecure, config.authzServer.secure);
        if (!server) return fail(server);
        authzServer = std::move(*server);
    }
    if (!services) return {};
    QObject::connect(&housekeeping, &QTimer::timeout, &housekeeping, [this] {
        keepHouse();
        keepKeys();
    });
    housekeeping.start(std::chrono::seconds(1));
    return {};
}

Result<> ServerNode::Private::openServices()
{
    auto opened = Services::open(config, clock);
    if (!opened) return fail(opened);
    services = std::move(*opened);
    m_readWith = services->keys().sealing().ring();
    storagePool = std::make_unique<WorkerPool>("iam-storage", storageThreads, storageQueue);
    passwordPool = std::make_unique<WorkerPool>("iam-password", static_cast<unsigned>(config.auth.hashThreads),
                                                static_cast<std::size_t>(config.auth.hashQueue));
    decisionPool = std::make_unique<WorkerPool>("iam-decisions", decisionThreads, decisionQueue);
    keysPool = std::make_unique<WorkerPool>("iam-keys", 1, 1);
    return {};
}

Result<> ServerNode::Private::openWatcher()
{
    const auto changed = [this] {
        if (services) services->directory().changed(service::Changed::Others);
    };
    auto opened = WatcherRole::open(config, clock, services ? &services->storage() : nullptr, changed);
    if (!opened) return fail(opened);
    watcher = std::move(*opened);
    if (auto done = watcher->listen(*ioThreads, watcherRoutes(), httpConfig("watcher")); !done) return done;
    watcher->start();
    return {};
}

http::ServerConfig ServerNode::Private::httpConfig(const std::string& name) const
{
    return {name, config.server.trustedProxies, config.server.corsOrigins,
            [](Code code) { return routes::errorResponse(code); }};
}

Result<std::unique_ptr<http::Server>> ServerNode::Private::listen(const std::string& name, http::Router router,
                                                                  const ListenConfig& plain, const SecureConfig& secure)
{
    auto server = std::make_unique<http::Server>(*ioThreads, std::move(router), httpConfig(name));
    if (auto port = server->listen(plain.bindAddress, plain.bindPort); !port) return fail(port);
    if (secure.enabled()) {
        auto port = server->listenTls(secure.bindAddress, secure.bindPort, {secure.certFile, secure.privateKeyFile});
        if (!port) return fail(port);
    }
    return server;
}

/// What both roles answer.
std::vector<http::Route> ServerNode::Private::commonRoutes()
{
    std::vector<http::Route> table = routes::probeRoutes([this] {
        auto checks = services->readiness();
        if (const std::string complaint = m_clockWatch.complaint(); !complaint.empty())
            checks.push_back({"clock", true, complaint, true});
        return checks;
    });
    append(table, measured());
    append(table, routes::openApiRoutes());
    return table;
}

/// What an agent answers besides its own.
std::vector<http::Route> ServerNode::Private::agentCommonRoutes()
{
    std::vector<http::Route> table = routes::probeRoutes([this] { return agent->readiness(); });
    append(table, measured());
    return table;
}

/// What a pump answers.
std::vector<http::Route> ServerNode::Private::allPumpRoutes()
{
    std::vector<http::Route> table = routes::probeRoutes([this] { return pump->readiness(); }, routes::oldHealth);
    append(table, measured());
    append(table, routes::ownPumpRoutes([this] { return Result<std::vector<contract::SinkStatus>>(pump->status()); },
                                        *metricsPool, metricsReaders()));
    return table;
}

/// What a watcher answers.
std::vector<http::Route> ServerNode::Private::watcherRoutes()
{
    std::vector<http::Route> table = routes::probeRoutes([this] { return watcher->readiness(); }, routes::oldHealth);
    append(table, measured());
    return table;
}

http::Auth ServerNode::Private::metricsReaders() const
{
    return http::Auth::by(std::make_shared<routes::NetworkAuthenticator>(config.metrics.allow));
}

std::vector<http::Route> ServerNode::Private::measured()
{
    const auto metrics = [this] {
        MetricSources sources{services.get(), agent.get(), pump.get(), watcher.get(), {}, {}};
        if (services)
            sources.pools = {
                {"storage", storagePool.get()}, {"password", passwordPool.get()}, {"decision", decisionPool.get()}};
        for (const http::Server* server : servers()) sources.servers.push_back(server);
        return makeMetrics(sources);
    };
    return routes::metricsRoutes(metrics, *metricsPool, metricsReaders());
}

std::vector<http::Server*> ServerNode::Private::servers() const
{
    std::vector<http::Server*> running;
    for (http::Server* server : {apiServer.get(), authzServer.get(), agent ? &agent->server() : nullptr,
                                 pump ? &pump->server() : nullptr, watcher ? &watcher->server() : nullptr})
        if (server != nullptr) running.push_back(server);
    return running;
}

http::Router ServerNode::Private::apiRouter()
{
    using Missing = routes::LoginAuthenticator::Missing;
    const auto authenticator = [this](Missing missing) {
        return http::Auth::by(std::make_shared<routes::LoginAuthenticator>(services->sessions(), services->passwords(),
                                                                           workers(), config.jwt.realm, missing));
    };
    const http::Auth login = authenticator(Missing::Refuse);
    const http::Auth registration = config.apiServer.openRegistration ? authenticator(Missing::Allow) : login;
    std::vector<http::Route> table = commonRoutes();
    append(table,
           routes::sessionRoutes(services->sessions(), services->directory(), workers(), login, config.jwt.realm));
    append(table, routes::userRoutes(services->users(), workers(), login, registration));
    append(table, routes::secretRoutes(services->secrets(), services->directory(), workers(), login));
    append(table, routes::policyRoutes(services->policies(), services->explanations(), services->directory(), workers(),
                                       login));
    append(table, routes::auditRoutes(services->audit(), workers(), login));
    append(table, routes::clusterRoutes(*clusterFeed, *eventStreams, login));
    append(table, routes::pumpRoutes([this] { return m_pumpView.sinks(); }, *storagePool, login));
    return {std::move(table), login, notFound};
}

http::Router ServerNode::Private::authzRouter()
{
    const http::Auth secret = http::Auth::by(std::make_shared<routes::SecretAuthenticator>(services->decisions()));
    std::vector<http::Route> table = commonRoutes();
    append(table, routes::authzRoutes(services->decisions(), services->explanations(), workers(), secret));
    return {std::move(table), secret, notFound};
}

void ServerNode::Private::keepHouse()
{
    // Seconds since the start decide; work goes to a worker, and waits for the next time when all are busy.
    const std::uint64_t tick = ++m_ticks;
    m_clockWatch.look();
    if (m_keepingHouse.exchange(true)) return; // the last time is not over: a storage that hangs gathers no jobs
    const bool taken = storagePool->post([this, tick] {
        // A failure is logged, shown by staleness() and tried again.
        if (tick % 300 == 0)
            static_cast<void>(services->directory().refreshAll());
        else if (services->directory().staleness().count() > 0)
            static_cast<void>(services->directory().catchUp());
        if (tick % 5 == 0) writeKeyUses();
        if (tick % 3600 == 0 && m_clockWatch.settled())
            if (auto pruned = services->storage().sessions().prune(clock.now()); !pruned)
                qCWarning(lcStore, "revoked tokens are not pruned: %s", pruned.error().detail.c_str());
        if (tick % 600 == 60 && services->decisionLog()) {
            // By a clock that was set lately nothing is old.
            const TimePoint now = m_clockWatch.settled() ? clock.now() : TimePoint();
            if (auto removed = services->decisionLog()->applyRetention(now); !removed)
                qCWarning(lcRecords, "old decision records are not removed: %s", removed.error().detail.c_str());
        }
        m_keepingHouse = false;
    });
    if (!taken) m_keepingHouse = false;
}

void ServerNode::Private::keepKeys()
{
    // In a thread of its own: a new generation of keys has to be known before it signs, whatever else takes its time.
    if (m_keepingKeys.exchange(true)) return;
    const bool taken = keysPool->post([this] {
        static_cast<void>(services->keys().refresh()); // logs its failure, shows it in fault(), and is tried again
        // A secret that another node sealed with a key that came here later could not be opened until now.
        if (auto ring = services->keys().sealing().ring(); ring != m_readWith && services->directory().refreshAll())
            m_readWith = std::move(ring);
        services->keys().resealWhenDue();
        m_keepingKeys = false;
    });
    if (!taken) m_keepingKeys = false;
}

void ServerNode::Private::writeKeyUses()
{
    if (auto written = services->keyUses().write(); !written)
        qCWarning(lcStore, "the last uses of secrets are not written: %s", written.error().detail.c_str());
}

void ServerNode::Private::drain(std::function<void()> done)
{
    if (m_draining > 0 || m_ended) return;
    m_drained = std::move(done);
    housekeeping.stop();
    m_draining = static_cast<int>(servers().size());
    for (http::Server* server : servers()) server->drain(config.server.drainTimeout, [this] { finish(); });
}

void ServerNode::Private::finish()
{
    if (--m_draining > 0) return;
    if (pump) pump->stop();
    if (watcher) watcher->stop();
    if (services) stopServices();
    m_ended = true;
    if (const auto call = std::exchange(m_drained, {})) call();
}

/// First what is to be safe, then what a database that hangs can keep.
void ServerNode::Private::stopServices()
{
    services->stopRecords();
    decisionPool->stop();
    passwordPool->stop();
    storagePool->stop();
    keysPool->stop();
    if (services->databaseHealth()) writeKeyUses();
}

ServerNode::ServerNode(std::unique_ptr<Private> parts)
    : d(std::move(parts))
{
}

ServerNode::~ServerNode() = default;

Result<std::unique_ptr<ServerNode>> ServerNode::start(const ServerConfig& config, const Clock& clock)
{
    auto parts = std::make_unique<Private>(config, clock);
    if (auto done = parts->open(); !done) return fail(done);
    std::unique_ptr<ServerNode> node(new ServerNode(std::move(parts)));
    qCInfo(lcHttp, "serving: %s", node->readyLine().c_str());
    return node;
}

const std::vector<std::string>& ServerNode::apiServerUrls() const
{
    static const std::vector<std::string> none;
    return d->apiServer ? d->apiServer->urls() : none;
}

const std::vector<std::string>& ServerNode::authzServerUrls() const
{
    static const std::vector<std::string> none;
    return d->authzServer ? d->authzServer->urls() : none;
}

std::string ServerNode::readyLine() const
{
    std::string line;
    {
        contract::JsonObjectWriter object(line);
        object.boolean("ready", true);
        if (d->apiServer) object.text("apiserver", apiServerUrls().front());
        if (d->authzServer) object.text("authz-server", authzServerUrls().front());
        if (d->agent) object.text("agent", d->agent->server().urls().front());
        if (d->pump) object.text("pump", d->pump->server().urls().front());
        if (d->watcher) object.text("watcher", d->watcher->server().urls().front());
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
