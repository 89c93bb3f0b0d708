// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contractclient.h"
#include "scenario.h"
#include <map>

namespace iam::test {

struct RunnerConfig {
    std::string adminName = "admin";
    std::string adminPassword;
    std::string tokenKey; ///< jwt.key of the server
};

/// Plays scenarios through one client. Names are made anew for each, so that any server that is in use will do.
class ScenarioRunner {
public:
    ScenarioRunner(ContractClient& client, RunnerConfig config);

    /// What went wrong, with its place; empty when everything came as it must.
    std::string play(const Scenario& scenario);

private:
    std::string prepare(const Scenario& scenario);
    std::string playStep(const Scenario& scenario, const Step& step);
    ContractCall makeCall(const Scenario& scenario, const Step& step, std::string& fault);
    CallActor makeActor(const std::string& fallback, const contract::Json& arguments, std::string& fault);
    std::string compare(const Step& step, const ContractAnswer& answer);
    const std::string& tokenOf(const std::string& user, std::string& fault);
    std::string makeToken(const contract::Json& description);
    /// Replaces the variables in every text of `value`.
    contract::Json resolve(const contract::Json& value, std::string& fault) const;
    std::string resolveText(const std::string& text, std::string& fault) const;

    ContractClient& m_client;
    const RunnerConfig m_config;
    const std::string m_run; ///< three letters of this run
    int m_number = 0;
    std::map<std::string, contract::Json> m_variables;
    std::map<std::string, std::string> m_tokens; ///< by the user's name in the file
    std::string m_adminToken;
};

} // namespace iam::test
