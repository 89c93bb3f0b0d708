// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/userroutes.h"
#include "routes/callerprincipal.h"
#include "routes/respond.h"

namespace iam::routes {
namespace {

std::string pathName(const http::Exchange& exchange) { return std::string(exchange.request().pathParam("name")); }

http::Response list(service::UserService& users, const http::Request& request)
{
    const service::Caller caller = callerOf(request);
    const auto query = contract::parseListQuery(request.query.pairs());
    if (!query) // the right to list comes before the form of the question
        return errorResponse(caller.administrator ? query.error() : Error{Code::PermissionDenied, "not an administrator", {}});
    const auto which = contract::parseWhichUsers(request.query.pairs());
    if (!which)
        return errorResponse(caller.administrator ? which.error() : Error{Code::PermissionDenied, "not an administrator", {}});
    const auto form = which->has_value() ? contract::UserListForm::ByStatus : contract::UserListForm::Plain;
    return listResponse(users.list(caller, *query, which->value_or(contract::WhichUsers::Enabled)),
                        [form](const auto& page) { return contract::encodeUserList(page, form); });
}

} // namespace

std::vector<http::Route> userRoutes(service::UserService& users, Workers workers, const http::Auth& login,
                                    const http::Auth& registration)
{
    using enum http::Method;
    using enum http::LimitClass;
    return {
        {Post, "/v1/users", registration, http::LimitClass::Login,
         onPool(workers.passwords, [&users](http::Exchange& x) {
             return objectResponse(users.create(callerOf(x.request()), x.request().body), contract::encodeUser);
         })},
        {Get, "/v1/users", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) { return list(users, x.request()); })},
        {Delete, "/v1/users", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return nullResponse(users.remove(callerOf(x.request()), askedNames(x.request())));
         })},
        {Get, "/v1/users/:name", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return objectResponse(users.get(callerOf(x.request()), pathName(x)), contract::encodeUser);
         })},
        {Put, "/v1/users/:name", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return objectResponse(users.update(callerOf(x.request()), pathName(x), x.request().body, expectation(x.request())),
                                   contract::encodeUser);
         })},
        {Delete, "/v1/users/:name", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return nullResponse(users.remove(callerOf(x.request()), {pathName(x)}));
         })},
        {Put, "/v1/users/:name/change-password", login, http::LimitClass::Login,
         onPool(workers.passwords, [&users](http::Exchange& x) {
             return nullResponse(users.changePassword(callerOf(x.request()), pathName(x), x.request().body));
         })},
        {Put, "/v1/users/:name/enable", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return objectResponse(users.setEnabled(callerOf(x.request()), pathName(x), true), contract::encodeUser);
         })},
        {Put, "/v1/users/:name/disable", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return objectResponse(users.setEnabled(callerOf(x.request()), pathName(x), false), contract::encodeUser);
         })},
        {Put, "/v1/users/:name/unlock", login, Normal,
         onPool(workers.storage, [&users](http::Exchange& x) {
             return nullResponse(users.unlock(callerOf(x.request()), pathName(x)));
         })},
    };
}

} // namespace iam::routes
