// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/serverroutes.h"
#include "node/metrics.h"
#include "routes/auditroutes.h"
#include "routes/authzroutes.h"
#include "routes/loginauthenticator.h"
#include "routes/metricsroutes.h"
#include "routes/openapiroutes.h"
#include "routes/policyroutes.h"
#include "routes/pumproutes.h"
#include "routes/respond.h"
#include "routes/secretroutes.h"
#include "routes/sessionroutes.h"
#include "routes/userroutes.h"
#include <utility>

namespace iam::node {
namespace {

void append(std::vector<http::Route>& routes, std::vector<http::Route> more)
{
    std::move(more.begin(), more.end(), std::back_inserter(routes));
}

void notFound(const http::ExchangePtr& exchange)
{
    exchange->reply(routes::errorResponse(Code::PageNotFound));
}

http::Auth metricsReaders(const ServerParts& parts)
{
    return http::Auth::by(std::make_shared<routes::NetworkAuthenticator>(parts.config.metrics.allow));
}

std::vector<http::Route> measured(ServerParts& parts)
{
    const auto metrics = [&parts] {
        MetricSources sources{parts.services.get(), parts.agent.get(), parts.pump.get(), parts.watcher.get(), {}, {}};
        if (parts.services)
            sources.pools = {{"storage", parts.storagePool.get()},
                             {"password", parts.passwordPool.get()},
                             {"decision", parts.decisionPool.get()}};
        for (const http::Server* server : parts.servers()) sources.servers.push_back(server);
        return makeMetrics(sources);
    };
    return routes::metricsRoutes(metrics, *parts.metricsPool, metricsReaders(parts));
}

/// What apiserver and authz-server both answer.
std::vector<http::Route> commonRoutes(ServerParts& parts)
{
    std::vector<http::Route> table = routes::probeRoutes([&parts] {
        auto checks = parts.services->readiness();
        if (const std::string complaint = parts.housekeeping->clockComplaint(); !complaint.empty())
            checks.push_back({"clock", true, complaint, true});
        return checks;
    });
    append(table, measured(parts));
    append(table, routes::openApiRoutes());
    return table;
}

} // namespace

http::Router apiRouter(ServerParts& parts)
{
    using Missing = routes::LoginAuthenticator::Missing;
    Services& services = *parts.services;
    const routes::Workers workers = parts.workers();
    const std::string& realm = parts.config.jwt.realm;
    const auto authenticator = [&](Missing missing) {
        return http::Auth::by(std::make_shared<routes::LoginAuthenticator>(services.sessions(), services.passwords(),
                                                                           workers, realm, missing));
    };
    const http::Auth login = authenticator(Missing::Refuse);
    const http::Auth registration = parts.config.apiServer.openRegistration ? authenticator(Missing::Allow) : login;
    std::vector<http::Route> table = commonRoutes(parts);
    append(table, routes::sessionRoutes(services.sessions(), services.directory(), workers, login, realm));
    append(table, routes::userRoutes(services.users(), workers, login, registration));
    append(table, routes::secretRoutes(services.secrets(), services.directory(), workers, login));
    append(table,
           routes::policyRoutes(services.policies(), services.explanations(), services.directory(), workers, login));
    append(table, routes::auditRoutes(services.audit(), workers, login));
    append(table, routes::clusterRoutes(*parts.clusterFeed, *parts.eventStreams, login));
    append(table, routes::pumpRoutes([&parts] { return parts.pumpView.sinks(); }, *parts.storagePool, login));
    return {std::move(table), login, notFound};
}

http::Router authzRouter(ServerParts& parts)
{
    Services& services = *parts.services;
    const http::Auth secret = http::Auth::by(std::make_shared<routes::SecretAuthenticator>(services.decisions()));
    std::vector<http::Route> table = commonRoutes(parts);
    append(table, routes::authzRoutes(services.decisions(), services.explanations(), parts.workers(), secret));
    return {std::move(table), secret, notFound};
}

std::vector<http::Route> moreAgentRoutes(ServerParts& parts)
{
    std::vector<http::Route> table = routes::probeRoutes([&parts] { return parts.agent->readiness(); });
    append(table, measured(parts));
    return table;
}

std::vector<http::Route> allPumpRoutes(ServerParts& parts)
{
    std::vector<http::Route> table =
        routes::probeRoutes([&parts] { return parts.pump->readiness(); }, routes::oldHealth);
    append(table, measured(parts));
    append(table,
           routes::ownPumpRoutes([&parts] { return Result<std::vector<contract::SinkStatus>>(parts.pump->status()); },
                                 *parts.metricsPool, metricsReaders(parts)));
    return table;
}

std::vector<http::Route> allWatcherRoutes(ServerParts& parts)
{
    std::vector<http::Route> table =
        routes::probeRoutes([&parts] { return parts.watcher->readiness(); }, routes::oldHealth);
    append(table, measured(parts));
    return table;
}

} // namespace iam::node
