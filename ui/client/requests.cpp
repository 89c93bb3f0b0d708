// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/requests.h"

namespace iam::client {

namespace {

/// A value of a field selector: `\`, `,` and `=` are escaped.
std::string escapeSelector(const std::string& value)
{
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == ',' || c == '=') out += '\\';
        out += c;
    }
    return out;
}

} // namespace

Query listParameters(const contract::ListQuery& query)
{
    Query out;
    if (query.offset > 0) out.emplace_back("offset", std::to_string(query.offset));
    out.emplace_back("limit", query.limit ? std::to_string(*query.limit) : "-1");
    if (query.nameContains && !query.nameContains->empty())
        out.emplace_back("fieldSelector", "name=" + escapeSelector(*query.nameContains));
    return out;
}

void addOwner(Query& parameters, const std::optional<std::string>& owner)
{
    if (owner) parameters.emplace_back("username", *owner);
}

} // namespace iam::client
