// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/agentrole.h"
#include "base/logging.h"
#include "cluster/definition/definitionfile.h"
#include "routes/respond.h"
#include <fstream>
#include <sstream>

namespace iam::node {
namespace {

constexpr std::size_t longestDefinition = 1024 * 1024;
constexpr const char* loopback = "127.0.0.1";

Result<cluster::ClusterDefinition> readDefinition(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(longestDefinition + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!file.eof() || file.bad()) return fail(Code::Validation, path + " cannot be read");
    text.resize(static_cast<std::size_t>(file.gcount()));
    auto definition = cluster::parseDefinition(text, path);
    if (definition) return definition;
    std::string faults;
    for (const FieldFault& fault : definition.error().faults) faults += "\n  " + fault.field + ": " + fault.message;
    return fail(Code::Validation, path + " has faults:" + faults);
}

} // namespace

/// NodeSenses as the agent wants them.
class AgentRole::OwnSenses final : public cluster::Senses {
public:
    OwnSenses(const cluster::ClusterDefinition& definition, const cluster::AgentConfig& config, const Clock& clock)
        : m_senses(definition, config.node, config.senses, clock)
    {
        QObject::connect(&m_senses, &cluster::NodeSenses::observed, &m_senses,
                         [this](const cluster::Observation& observation) {
                             if (observed) observed(observation);
                         });
        QObject::connect(&m_senses, &cluster::NodeSenses::noticed, &m_senses, [this](const std::string& sentence) {
            if (noticed) noticed(sentence);
        });
    }

    Result<> start() { return m_senses.start(); }
    std::vector<cluster::Observation> observations() override { return m_senses.observations(); }
    contract::ClusterNode node() override { return m_senses.node(); }
    std::vector<contract::ClusterDependency> dependencies() override { return m_senses.dependencies(); }
    std::uint64_t lostLogLines() const override { return m_senses.lostLogLines(); }
    std::string surrenderReason() const override { return m_senses.surrenderReason(); }

private:
    cluster::NodeSenses m_senses;
};

AgentRole::AgentRole(const ServerConfig& config, DataDirectory data)
    : m_config(config)
    , m_data(std::move(data))
{
}

// Listeners first, then what they ask.
AgentRole::~AgentRole()
{
    m_server.reset();
    if (m_files) m_files->stop();
    m_agent.reset();
    m_senses.reset();
}

Result<std::unique_ptr<AgentRole>> AgentRole::open(const ServerConfig& config)
{
    auto data = DataDirectory::open(config.dataDir + "/agent");
    if (!data) return fail(data);
    std::unique_ptr<AgentRole> role(new AgentRole(config, std::move(*data)));
    if (auto done = role->begin(); !done) return fail(done);
    return role;
}

Result<> AgentRole::begin()
{
    const cluster::AgentConfig& config = m_config.cluster.agent;
    auto definition = readDefinition(config.definitionFile);
    if (!definition) return fail(definition);
    m_definition = std::move(*definition);
    if (m_definition.node(config.node) == nullptr)
        return fail(Code::Validation, config.definitionFile + " has no node " + config.node);
    m_keys = std::make_unique<cluster::ClusterKeySource>(m_config.cluster.key, m_clock);

    cluster::Journal::Config journal{m_data.file("journal"),
                                     config.journalRetention,
                                     config.journalMaxSize,
                                     config.node,
                                     {m_definition.vip.address, {}}};
    for (const cluster::NodeDefinition& node : m_definition.nodes) journal.cluster.nodes.push_back(node.name);
    auto opened = cluster::Journal::open(std::move(journal), m_clock);
    if (!opened) return fail(opened);
    m_journal = std::move(*opened);

    m_senses = std::make_unique<OwnSenses>(m_definition, config, m_clock);
    m_files = std::make_unique<WorkerPool>("iam-files", 1, 64);
    m_agent = std::make_unique<cluster::Agent>(
        cluster::Agent::Setup{m_definition, config.node, config.bindPort.value_or(m_definition.ports.agent), true},
        *m_senses, *m_keys, m_journal.get(), m_clock);
    m_parts = std::make_unique<routes::AgentParts>(routes::AgentParts{*m_agent, *m_keys, m_clock, *m_files});
    if (auto done = m_senses->start(); !done) return done;
    m_agent->start();
    QObject::connect(&m_keyTimer, &QTimer::timeout, &m_keyTimer, [this] { m_keys->look(); });
    m_keyTimer.start(std::chrono::seconds(1));
    return {};
}

Result<> AgentRole::listen(http::IoThreads& threads, std::vector<http::Route> more, http::ServerConfig config)
{
    const cluster::AgentConfig& agent = m_config.cluster.agent;
    std::vector<http::Route> table = routes::agentRoutes(*m_parts);
    std::move(more.begin(), more.end(), std::back_inserter(table));
    m_server =
        std::make_unique<http::Server>(threads,
                                       http::Router(std::move(table), http::Auth::none(),
                                                    [](const http::ExchangePtr& exchange) {
                                                        exchange->reply(routes::errorResponse(Code::PageNotFound));
                                                    }),
                                       std::move(config));
    const std::string address = agent.bindAddress.empty() ? m_definition.node(agent.node)->address : agent.bindAddress;
    const auto port = m_server->listen(address, agent.bindPort.value_or(m_definition.ports.agent));
    if (!port) return fail(port);
    // nginx of this node and its server ask here.
    const bool all = address == "0.0.0.0" || address == "::" || address == loopback;
    if (all) return {};
    const auto own = m_server->listen(loopback, *port);
    return own ? Result<>() : Result<>(fail(own));
}

} // namespace iam::node
