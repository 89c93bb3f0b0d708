// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/listquery.h"
#include "http/router.h"
#include "routes/callerprincipal.h"
#include "routes/respond.h"
#include "routes/workers.h"
#include "service/ownerchoice.h"

namespace iam::routes {

/// A handler that runs `work(request, caller, owner, name)` on the pool: with who asks, whose things the request is
/// about, and the path's :name. `work` returns the answer. The directory outlives the handler.
template <class Work>
[[nodiscard]] http::Handler onOwned(WorkerPool& pool, const service::AccessDirectory& directory, Work work)
{
    return onPool(pool, [&directory, work = std::move(work)](http::Exchange& x) {
        const service::Caller caller = callerOf(x.request());
        const auto owner = service::chooseOwner(caller, askedOwner(x.request()), directory);
        if (!owner) return errorResponse(owner.error());
        return work(x.request(), caller, *owner, std::string(x.request().pathParam("name")));
    });
}

/// The routes of things that belong to a user: `path` and `path`/:name, with POST, GET, PUT and DELETE. `Service` is
/// SecretService or PolicyService; `object` and `list` write their JSON. Everything outlives the routes.
template <class Service, class EncodeObject, class EncodeList>
[[nodiscard]] std::vector<http::Route> ownedRoutes(const std::string& path, Service& service,
                                                   const service::AccessDirectory& directory, Workers workers,
                                                   const http::Auth& login, EncodeObject object, EncodeList list)
{
    using enum http::Method;
    const auto owned = [&](auto work) { return onOwned(workers.storage, directory, std::move(work)); };
    using Request = http::Request;
    using service::Caller;
    using Text = std::string;
    const std::string one = path + "/:name";
    return {
        {Post, path, login, http::LimitClass::Normal,
         owned([&service, object](const Request& request, const Caller& caller, const Text& owner, const Text&) {
             return objectResponse(service.create(caller, owner, request.body), object);
         })},
        {Get, path, login, http::LimitClass::Normal,
         onPool(workers.storage,
                [&service, &directory, list](http::Exchange& x) {
                    const auto owners =
                        service::chooseOwners(callerOf(x.request()), askedOwner(x.request()), directory);
                    if (!owners) return errorResponse(owners.error());
                    const auto query = contract::parseListQuery(x.request().query.pairs());
                    if (!query) return errorResponse(query.error());
                    return listResponse(service.list(*owners, *query), list);
                })},
        {Delete, path, login, http::LimitClass::Normal,
         owned([&service](const Request& request, const Caller& caller, const Text& owner, const Text&) {
             return nullResponse(service.remove(caller, owner, askedNames(request)));
         })},
        {Get, one, login, http::LimitClass::Normal,
         owned([&service, object](const Request&, const Caller&, const Text& owner, const Text& name) {
             return objectResponse(service.get(owner, name), object);
         })},
        {Put, one, login, http::LimitClass::Normal,
         owned([&service, object](const Request& request, const Caller& caller, const Text& owner, const Text& name) {
             return objectResponse(service.update(caller, owner, name, request.body, expectation(request)), object);
         })},
        {Delete, one, login, http::LimitClass::Normal,
         owned([&service](const Request&, const Caller& caller, const Text& owner, const Text& name) {
             return nullResponse(service.remove(caller, owner, {name}));
         })},
    };
}

} // namespace iam::routes
