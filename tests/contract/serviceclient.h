// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contractclient.h"
#include "node/services.h"
#include <functional>
#include <map>

namespace iam::test {

/// The use cases in this process, without HTTP. Codes become statuses by the error table.
class ServiceClient final : public ContractClient {
public:
    explicit ServiceClient(node::Services& services);

    [[nodiscard]] std::string kind() const override { return "service"; }
    ContractAnswer perform(const ContractCall& call) override;

private:
    using Operation = std::function<ContractAnswer(const service::Caller&, const ContractCall&)>;

    void addUserOperations();
    void addSecretOperations();
    void addPolicyOperations();
    void addSessionOperations();
    void addRecordOperations();
    ContractAnswer decide(const ContractCall& call);
    /// Whom the actor is, or the answer that refuses it.
    tl::expected<service::Caller, ContractAnswer> callerOf(const CallActor& actor);

    node::Services& m_services;
    std::map<std::string, Operation> m_operations;
};

} // namespace iam::test
