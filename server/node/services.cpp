// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/services.h"
#include "base/logging.h"
#include "node/administrator.h"
#include "node/openstorage.h"
#include "node/recordsfile.h"
#include "store/sql/legacy/sharedstorage.h"
#include "store/sql/sqlrecordblockstore.h"

namespace iam::node {
namespace {

/// How soon a change of another server is found when nobody tells of it.
constexpr std::chrono::milliseconds pollInterval{500};

std::chrono::seconds wholeSeconds(std::chrono::milliseconds time)
{
    return std::chrono::floor<std::chrono::seconds>(time);
}

/// What /readyz says of a database shared with servers of the old system.
std::string sharedSentence()
{
    std::string sentence = "the database is shared with servers of the old system";
    for (const std::string& limit : store::sql::sharedLimits())
        sentence.append("; ").append(limit, 0, limit.size() - 1);
    return sentence;
}

/// SQLite: one process has it. A database server: one process for each role of a node.
Result<DataDirectory> openData(const ServerConfig& config)
{
    if (!sharesDatabase(config)) return DataDirectory::open(config.dataDir);
    std::vector<std::string> claims;
    if (config.runApiServer) claims.push_back("apiserver-" + nodeInFileName(config));
    if (config.runAuthzServer) claims.push_back("authz-server-" + nodeInFileName(config));
    return DataDirectory::openShared(config.dataDir, claims);
}

} // namespace

Services::Services(const ServerConfig& config, const Clock& clock, DataDirectory data)
    : m_config(config)
    , m_clock(clock)
    , m_data(std::move(data))
{
}

Services::~Services()
{
    stopRecords();
}

void Services::stopRecords()
{
    if (m_log) m_log->stop();
    if (m_legacyQueue) m_legacyQueue->stop();
}

Result<std::unique_ptr<Services>> Services::open(const ServerConfig& config, const Clock& clock)
{
    auto data = openData(config);
    if (!data) return fail(data);
    std::unique_ptr<Services> services(new Services(config, clock, std::move(*data)));
    for (auto step :
         {&Services::openStorage, &Services::openKeys, &Services::openRecords, &Services::loadPasswordRules})
        if (auto done = (services.get()->*step)(); !done) return fail(done);
    if (auto done = ensureAdministrator(*services->m_storage, services->m_data, config.adminPassword,
                                        passwordScheme(config), clock);
        !done)
        return fail(done);
    services->m_data.letOthersStart();
    services->wire();
    if (auto done = services->m_directory->refreshAll(); !done) return fail(done);
    return services;
}

Result<> Services::openStorage()
{
    // Used only when the keys are open.
    const store::sql::KeySeal seal{
        [this](const SecretString& key, const std::string& secretId) { return m_keys->sealing().seal(key, secretId); },
        [this](const std::string& sealed, const std::string& secretId) {
            return m_keys->sealing().open(sealed, secretId);
        }};
    auto storage = node::openStorage(m_config, startPatience, seal);
    if (!storage) return fail(storage);
    m_storage = std::move(*storage);
    if (!m_config.store.sharedWithLegacy) return {};
    qCWarning(lcStore, "the database is shared with servers of the old system; as long as it is:");
    for (const std::string& limit : store::sql::sharedLimits()) qCWarning(lcStore, "  %s", limit.c_str());
    return {};
}

Result<> Services::openKeys()
{
    auto keys =
        ClusterKeys::open({m_config.dataDir, m_config.jwt.key, std::max(m_config.jwt.timeout, m_config.jwt.maxRefresh),
                           sharesDatabase(m_config), !m_config.store.sharedWithLegacy},
                          *m_storage, m_clock);
    if (!keys) return fail(keys);
    m_keys = std::move(*keys);
    return {};
}

Result<> Services::openRecords()
{
    using Log = records::DecisionLogConfig;
    const bool sync = m_config.records.durability == RecordsConfig::Durability::Sync;
    auto blocks = store::sql::openSqlRecordBlockStore({.path = recordsFile(m_config, ".db"), .synchronous = sync});
    if (!blocks) return fail(blocks);
    m_blocks = std::move(*blocks);
    m_reader = std::make_unique<records::DecisionReader>(*m_blocks);
    if (!m_config.runAuthzServer) return {};

    Log log;
    log.sequencePath = recordsFile(m_config, ".seq");
    log.durability = sync ? Log::Durability::Sync : Log::Durability::Interval;
    log.onFull = m_config.records.onFull == RecordsConfig::OnFull::Refuse ? Log::OnFull::Refuse : Log::OnFull::Drop;
    log.retention = m_config.records.retention;
    log.maxSize = m_config.records.maxSize;
    log.stopPatience = std::chrono::milliseconds(1500); // the whole stop has ten seconds
    auto opened = records::DecisionLog::open(std::move(log), *m_blocks, m_clock);
    if (!opened) return fail(opened);
    m_log = std::move(*opened);
    return {};
}

Result<> Services::loadPasswordRules()
{
    const PasswordConfig& config = m_config.auth.password;
    auto rules = service::PasswordRules::load(config.blocklistFile, config.minScore);
    if (!rules) return fail(rules);
    m_passwordRules = std::move(*rules);
    return {};
}

void Services::wire()
{
    m_directory = std::make_unique<service::AccessDirectory>(*m_storage, m_keys->sealing(), m_clock);
    m_directory->observe([this](const service::AccessDirectory::Marks& marks) { forgetFailures(marks); });
    service::LoginThrottleLimits throttle;
    throttle.failuresPerAccount = m_config.auth.maxFailuresPerAccount;
    throttle.failuresPerAddress = m_config.auth.maxFailuresPerAddress;
    throttle.window = m_config.auth.failureWindow;
    m_throttle = std::make_unique<service::LoginThrottle>(throttle, m_clock);
    m_passwords = std::make_unique<service::PasswordCheck>(*m_storage, *m_directory, *m_throttle,
                                                           passwordScheme(m_config), m_clock);
    m_sessions = std::make_unique<service::SessionService>(
        *m_storage, *m_directory, *m_passwords, m_keys->tokens(),
        service::SessionRules{wholeSeconds(m_config.jwt.timeout), wholeSeconds(m_config.jwt.maxRefresh)}, m_clock);
    m_users = std::make_unique<service::UserService>(
        *m_storage, *m_directory, *m_passwords, *m_throttle, m_passwordRules, m_config.apiServer.openRegistration,
        m_clock, [this](const std::string& name) { forgetInitialPassword(m_data, name); });
    m_secrets = std::make_unique<service::SecretService>(
        *m_storage, *m_directory, m_keys->sealing(),
        service::SecretRules{static_cast<std::uint64_t>(m_config.secrets.maxPerUser),
                             m_config.secrets.reveal == SecretsConfig::Reveal::Always},
        m_clock);
    m_policies = std::make_unique<service::PolicyService>(*m_storage, *m_directory, m_clock);
    m_audit = std::make_unique<service::AuditService>(*m_reader, m_storage->changes());
    crypto::SecretTokenRules rules;
    rules.requireExpiry = m_config.authzServer.requireExp;
    rules.checkAudience = m_config.authzServer.checkAudience;
    m_keyUses = std::make_unique<service::KeyUses>(m_storage->secrets(), m_clock);
    m_decisions = std::make_unique<service::DecisionService>(
        *m_directory, *m_keyUses, rules, m_clock, m_config.server.nodeName,
        static_cast<std::size_t>(m_config.authzServer.tokenCache),
        [this](contract::DecisionRecord&& made, service::DecisionService::Recorded&& recorded) {
            record(std::move(made), std::move(recorded));
        });
    if (m_log && m_config.analytics.enableLegacyQueue)
        m_legacyQueue = std::make_unique<records::LegacyQueue>(
            m_config.redis,
            records::LegacyQueueConfig{.maxRecords = static_cast<std::size_t>(m_config.analytics.recordsBufferSize),
                                       .maxList = static_cast<std::uint64_t>(m_config.analytics.maxListLength),
                                       .flushInterval = m_config.analytics.flushInterval},
            std::make_unique<records::PolicyTexts>(m_storage->policies(), [this](const std::string& owner) {
                const auto policies = m_directory->read()->policies.find(owner);
                return records::PolicyMark{policies, policies ? policies->size() : 0};
            }));
    m_explanations = std::make_unique<service::ExplainService>(*m_directory);
    m_databaseWatch = std::make_unique<HealthWatch>(
        "database", [this] { return m_storage->health(); }, std::chrono::seconds(1), m_clock);
    const bool shared = sharesDatabase(m_config);
    if (shared || m_config.redis.enabled())
        m_propagation = std::make_unique<Propagation>(
            Propagation::Setup{m_config.redis, m_config.server.nodeName,
                               messageKeySource([this] { return m_keys->messageKeys(); }),
                               shared ? pollInterval : std::chrono::milliseconds(0), m_config.store.sharedWithLegacy},
            *m_storage, *m_directory, m_clock);
}

void Services::record(contract::DecisionRecord&& record, service::DecisionService::Recorded&& recorded)
{
    if (m_legacyQueue) {
        // The old system is told of the decisions that were given.
        auto told = [this, copy = record, recorded = std::move(recorded)](const Result<>& kept) mutable {
            if (kept) m_legacyQueue->add(std::move(copy));
            recorded(kept);
        };
        recorded = std::move(told);
    }
    // append() takes `recorded` and calls it, unless it fails.
    if (auto taken = m_log->append(std::move(record), std::move(recorded)); !taken) recorded(taken);
}

/// Another server let the account try again.
void Services::forgetFailures(const service::AccessDirectory::Marks& marks)
{
    for (const store::ChangeMark& mark : marks)
        if (mark.kind == "user" && (mark.action == "unlock" || mark.action == "change-password"))
            m_throttle->forget(mark.name);
}

std::vector<routes::ReadinessCheck> Services::readiness() const
{
    std::vector<routes::ReadinessCheck> checks;
    checks.push_back({"database", databaseHealth().has_value(), "storage is unavailable"});

    if (m_config.store.sharedWithLegacy) checks.push_back({"shared-with-legacy", true, sharedSentence(), true});

    const auto staleness = m_directory->staleness();
    checks.push_back({"snapshot", staleness <= m_config.authzServer.maxStaleness,
                      "decisions use data that is " + std::to_string(staleness.count() / 1000) + " s old"});

    if (!m_keys->fault().empty())
        checks.push_back({"keys", false, "this server does not hold the keys of its database"});
    else if (const std::string warning = m_keys->warning(); !warning.empty())
        checks.push_back({"keys", true, warning, true});
    else
        checks.push_back({"keys", true, {}});

    if (auto redis = m_propagation ? m_propagation->readiness() : std::nullopt) checks.push_back(std::move(*redis));

    if (m_legacyQueue) {
        const std::string complaint = m_legacyQueue->complaint();
        checks.push_back({"legacy-queue", true, complaint, !complaint.empty()});
    }
    if (!m_log) return checks; // this process decides nothing
    const records::DecisionLogHealth log = m_log->health();
    checks.push_back({"records", log.storing,
                      "decision records cannot be stored; waiting: " + std::to_string(log.queued) +
                          ", dropped: " + std::to_string(log.dropped)});
    return checks;
}

} // namespace iam::node
