// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "httpclient.h"
#include <functional>
#include <map>

namespace iam::test {

/// What the console uses: its clients of the resources, over HTTP to a server. Needs an event loop. Decisions are asked
/// by programs, never by the console: those go over plain HTTP.
class ConsoleClient final : public ContractClient {
public:
    ConsoleClient(HttpPlace apiServer, HttpPlace authzServer);

    [[nodiscard]] std::string kind() const override { return "console"; }
    ContractAnswer perform(const ContractCall& call) override;

private:
    using Operation = std::function<ContractAnswer(client::ApiClient&, const ContractCall&)>;

    void addUserOperations();
    void addSecretOperations();
    void addPolicyOperations();
    void addSessionOperations();
    void addRecordOperations();

    client::ApiConfig m_config;
    HttpClient m_http;
    std::map<std::string, Operation> m_operations;
};

} // namespace iam::test
