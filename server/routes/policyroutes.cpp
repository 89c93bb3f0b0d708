// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/policyroutes.h"
#include "routes/ownedroutes.h"
#include <charconv>
#include <limits>

namespace iam::routes {
namespace {

using contract::Policy;
using contract::PolicyDiff;
using contract::PolicyHistory;
using service::Caller;
using Number = std::optional<std::uint64_t>;

/// A version's number; one too large to be any stays a number. Code::Bind with the fault on `field`.
Result<std::uint64_t> parseVersion(std::string_view text, const std::string& field)
{
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos)
        return fail(Code::Bind, "not a version", {{field, "must be the number of a version"}});
    std::uint64_t number = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc())
        number = std::numeric_limits<std::uint64_t>::max();
    return number;
}

Result<Number> askedVersion(const http::Request& request, const std::string& field)
{
    const std::string* text = request.query.find(field);
    if (text == nullptr || text->empty()) return Number();
    const auto number = parseVersion(*text, field);
    if (!number) return fail(number);
    return Number(*number);
}

std::string encodeHistory(const PolicyHistory& history)
{
    return contract::encodePolicyVersions(history.versions);
}

} // namespace

std::vector<http::Route> policyRoutes(service::PolicyService& policies, const service::ExplainService& explanations,
                                      const service::AccessDirectory& directory, Workers workers,
                                      const http::Auth& login)
{
    using enum http::Method;
    using http::Request;
    using Text = std::string;
    constexpr auto normal = http::LimitClass::Normal;
    const auto owned = [&](auto work) { return onOwned(workers.storage, directory, std::move(work)); };
    const Text one = "/v1/policies/:name";
    auto routes = ownedRoutes("/v1/policies", policies, directory, workers, login, contract::encodePolicy,
                              contract::encodePolicyList);
    routes.emplace_back(Get, one + "/versions", login, normal,
                        owned([&policies](const Request& request, const Caller&, const Text& owner, const Text& name) {
                            const auto query = contract::parseListQuery(request.query.pairs());
                            if (!query) return errorResponse(query.error());
                            return objectResponse(policies.versions(owner, name, *query), encodeHistory);
                        }));
    routes.emplace_back(Get, one + "/versions/:version", login, normal,
                        owned([&policies](const Request& request, const Caller&, const Text& owner, const Text& name) {
                            const auto number = parseVersion(request.pathParam("version"), "version");
                            if (!number) return errorResponse(number.error());
                            return objectResponse(policies.version(owner, name, *number), contract::encodePolicy);
                        }));
    routes.emplace_back(Get, one + "/diff", login, normal,
                        owned([&policies](const Request& request, const Caller&, const Text& owner, const Text& name) {
                            const auto from = askedVersion(request, "from");
                            if (!from) return errorResponse(from.error());
                            const auto to = askedVersion(request, "to");
                            if (!to) return errorResponse(to.error());
                            return objectResponse(policies.diff(owner, name, *from, *to), contract::encodePolicyDiff);
                        }));
    routes.emplace_back(
        Post, one + "/rollback", login, normal,
        owned([&policies](const Request& request, const Caller& caller, const Text& owner, const Text& name) {
            return objectResponse(policies.rollBack(caller, owner, name, request.body, expectation(request)),
                                  contract::encodePolicy);
        }));
    routes.emplace_back(Post, "/v1/policies/explain", login, normal,
                        onOwned(workers.decisions, directory,
                                [&explanations](const Request& request, const Caller&, const Text& owner, const Text&) {
                                    const auto explanation = explanations.explain(owner, request.body);
                                    return explanation ? okResponse(contract::encodeExplanation(*explanation))
                                                       : errorResponse(explanation.error());
                                }));
    return routes;
}

} // namespace iam::routes
