// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "node/clusterkeys.h"
#include "node/datadirectory.h"
#include "node/healthwatch.h"
#include "node/propagation.h"
#include "node/serverconfig.h"
#include "records/decisionlog.h"
#include "records/decisionreader.h"
#include "records/legacy/legacyqueue.h"
#include "routes/proberoutes.h"
#include "service/auditservice.h"
#include "service/decisionservice.h"
#include "service/explainservice.h"
#include "service/policyservice.h"
#include "service/secretservice.h"
#include "service/sessionservice.h"
#include "service/userservice.h"
#include "store/storage.h"
#include <memory>

namespace iam::node {

/// What stands below the listeners: the data of one server and the use cases on it, wired together.
class Services {
public:
    /// Opens the data, makes the administrator at the first start and reads everything that decisions need.
    /// Error::detail is one clear sentence. `config` and `clock` outlive this.
    static Result<std::unique_ptr<Services>> open(const ServerConfig& config, const Clock& clock);
    ~Services();
    Services(const Services&) = delete;
    Services& operator=(const Services&) = delete;

    [[nodiscard]] store::Storage& storage() { return *m_storage; }
    [[nodiscard]] service::AccessDirectory& directory() { return *m_directory; }
    [[nodiscard]] service::PasswordCheck& passwords() { return *m_passwords; }
    [[nodiscard]] service::SessionService& sessions() { return *m_sessions; }
    [[nodiscard]] service::UserService& users() { return *m_users; }
    [[nodiscard]] service::SecretService& secrets() { return *m_secrets; }
    [[nodiscard]] service::PolicyService& policies() { return *m_policies; }
    [[nodiscard]] service::KeyUses& keyUses() { return *m_keyUses; }
    [[nodiscard]] service::DecisionService& decisions() { return *m_decisions; }
    [[nodiscard]] const service::ExplainService& explanations() const { return *m_explanations; }
    [[nodiscard]] service::AuditService& audit() { return *m_audit; }
    [[nodiscard]] ClusterKeys& keys() { return *m_keys; }
    /// Null where no authz-server runs: then another process writes the log, and this one only reads it.
    [[nodiscard]] records::DecisionLog* decisionLog() { return m_log.get(); }
    /// Stores and hands over what waits of the decisions' records. Idempotent.
    void stopRecords();

    // For those that only look.
    [[nodiscard]] const service::AccessDirectory& directory() const { return *m_directory; }
    [[nodiscard]] const service::DecisionService& decisions() const { return *m_decisions; }
    [[nodiscard]] const service::LoginThrottle& throttle() const { return *m_throttle; }
    [[nodiscard]] const records::DecisionLog* decisionLog() const { return m_log.get(); }         ///< or null, as above
    [[nodiscard]] const records::LegacyQueue* legacyQueue() const { return m_legacyQueue.get(); } ///< or null
    /// Nothing without Redis.
    [[nodiscard]] std::optional<cluster::BusStats> busStats() const
    {
        return m_propagation ? m_propagation->busStats() : std::nullopt;
    }
    /// What the database said when it was last asked, at most a second or two ago. Does not wait for it.
    [[nodiscard]] Result<> databaseHealth() const { return m_databaseWatch->state(); }
    /// What /readyz says. Does not block.
    [[nodiscard]] std::vector<routes::ReadinessCheck> readiness() const;

private:
    Services(const ServerConfig& config, const Clock& clock, DataDirectory data);
    Result<> openStorage();
    Result<> openKeys();
    Result<> openRecords();
    Result<> loadPasswordRules();
    void wire();
    void record(contract::DecisionRecord&& record, service::DecisionService::Recorded&& recorded);
    void forgetFailures(const service::AccessDirectory::Marks& marks);

    const ServerConfig& m_config;
    const Clock& m_clock;
    DataDirectory m_data;
    std::unique_ptr<store::Storage> m_storage;
    std::unique_ptr<store::RecordBlockStore> m_blocks;
    std::unique_ptr<ClusterKeys> m_keys;
    std::unique_ptr<records::DecisionLog> m_log;
    std::unique_ptr<records::DecisionReader> m_reader;
    std::unique_ptr<service::AccessDirectory> m_directory;
    std::unique_ptr<records::LegacyQueue> m_legacyQueue; ///< null when nobody wants it
    std::unique_ptr<service::LoginThrottle> m_throttle;
    service::PasswordRules m_passwordRules;
    std::unique_ptr<service::PasswordCheck> m_passwords;
    std::unique_ptr<service::SessionService> m_sessions;
    std::unique_ptr<service::UserService> m_users;
    std::unique_ptr<service::SecretService> m_secrets;
    std::unique_ptr<service::PolicyService> m_policies;
    std::unique_ptr<service::KeyUses> m_keyUses;
    std::unique_ptr<service::DecisionService> m_decisions;
    std::unique_ptr<service::ExplainService> m_explanations;
    std::unique_ptr<service::AuditService> m_audit;
    std::unique_ptr<HealthWatch> m_databaseWatch;
    std::unique_ptr<Propagation> m_propagation; ///< null when this is the only server of its database
};

} // namespace iam::node
