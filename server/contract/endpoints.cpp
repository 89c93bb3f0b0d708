// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/endpoints.h"

namespace iam::contract {

const std::vector<Endpoint>& endpoints()
{
    using enum Service;
    using enum Access;
    static const std::vector<Endpoint> table{
        {Both, "GET", "/healthz", Open},
        {Both, "GET", "/readyz", Open},
        {Both, "GET", "/version", Open},
        {Both, "GET", "/metrics", Network},
        {Both, "GET", "/openapi.json", Open},
        {ApiServer, "POST", "/login", Open},
        {ApiServer, "POST", "/logout", Open},
        {ApiServer, "POST", "/refresh", Refresh},
        {ApiServer, "POST", "/v1/users", Login}, // Open when open registration is switched on
        {ApiServer, "DELETE", "/v1/users", Login},
        {ApiServer, "GET", "/v1/users", Login},
        {ApiServer, "GET", "/v1/users/:name", Login},
        {ApiServer, "PUT", "/v1/users/:name", Login},
        {ApiServer, "DELETE", "/v1/users/:name", Login},
        {ApiServer, "PUT", "/v1/users/:name/change-password", Login},
        {ApiServer, "PUT", "/v1/users/:name/enable", Login},
        {ApiServer, "PUT", "/v1/users/:name/disable", Login},
        {ApiServer, "PUT", "/v1/users/:name/unlock", Login},
        {ApiServer, "GET", "/v1/sessions", Login},
        {ApiServer, "DELETE", "/v1/sessions", Login},
        {ApiServer, "DELETE", "/v1/sessions/:id", Login},
        {ApiServer, "POST", "/v1/policies", Login},
        {ApiServer, "DELETE", "/v1/policies", Login},
        {ApiServer, "GET", "/v1/policies", Login},
        {ApiServer, "GET", "/v1/policies/:name", Login},
        {ApiServer, "PUT", "/v1/policies/:name", Login},
        {ApiServer, "DELETE", "/v1/policies/:name", Login},
        {ApiServer, "GET", "/v1/policies/:name/versions", Login},
        {ApiServer, "GET", "/v1/policies/:name/versions/:version", Login},
        {ApiServer, "GET", "/v1/policies/:name/diff", Login},
        {ApiServer, "POST", "/v1/policies/:name/rollback", Login},
        {ApiServer, "POST", "/v1/policies/explain", Login},
        {ApiServer, "POST", "/v1/secrets", Login},
        {ApiServer, "GET", "/v1/secrets", Login},
        {ApiServer, "GET", "/v1/secrets/:name", Login},
        {ApiServer, "PUT", "/v1/secrets/:name", Login},
        {ApiServer, "DELETE", "/v1/secrets/:name", Login},
        {ApiServer, "PUT", "/v1/secrets/:name/enable", Login},
        {ApiServer, "PUT", "/v1/secrets/:name/disable", Login},
        {ApiServer, "POST", "/v1/secrets/:name/rotate", Login},
        {ApiServer, "DELETE", "/v1/secrets/:name/previous", Login},
        {ApiServer, "GET", "/v1/audit/decisions", Login},
        {ApiServer, "GET", "/v1/audit/changes", Login},
        {ApiServer, "GET", "/v1/cluster", Login},
        {ApiServer, "GET", "/v1/cluster/events", Login},
        {ApiServer, "GET", "/v1/pump", Login},
        {AuthzServer, "POST", "/v1/authz", SecretToken},
        {AuthzServer, "POST", "/v1/authz/batch", SecretToken},
        {AuthzServer, "POST", "/v1/authz/explain", SecretToken},
    };
    return table;
}

} // namespace iam::contract
