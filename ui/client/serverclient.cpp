// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/serverclient.h"
#include "client/requests.h"
#include "contract/json.h"

namespace iam::client {

namespace {

Result<ServerVersion> readVersion(const ApiAnswer& answer)
{
    const auto json = decoded(contract::parseJson(answer.body, 16));
    if (!json) return fail(json);
    const auto text = [&json](const char* name) {
        const contract::Json* member = json->find(name);
        return member != nullptr && member->string() != nullptr ? *member->string() : std::string();
    };
    ServerVersion version{text("gitVersion"), text("gitCommit"), text("buildDate"), text("platform")};
    if (version.gitVersion.empty()) return fail(Code::AnswerInvalid, "no gitVersion");
    return version;
}

} // namespace

Reply<void> ServerClient::health() const
{
    return m_api->call<void>({.path = "/healthz", .authenticated = false}, ignoreBody);
}

Reply<ServerVersion> ServerClient::version() const
{
    return m_api->call<ServerVersion>({.path = "/version", .authenticated = false}, readVersion);
}

} // namespace iam::client
