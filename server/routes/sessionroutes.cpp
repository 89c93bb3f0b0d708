// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "routes/sessionroutes.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/validation.h"
#include "routes/authorizationheader.h"
#include "routes/callerprincipal.h"
#include "routes/loginauthenticator.h"
#include "routes/respond.h"
#include "service/ownerchoice.h"

namespace iam::routes {
namespace {

/// Scripts of a page cannot read it, and other sites cannot send it (RFC 6265bis).
std::string sessionCookie(const std::string& token, std::chrono::seconds age, bool secure)
{
    return "jwt=" + token + "; Path=/; Max-Age=" + std::to_string(age.count()) + "; HttpOnly; SameSite=Strict" +
           (secure ? "; Secure" : "");
}

http::Response sessionResponse(const service::Session& session, std::chrono::seconds age, bool secure)
{
    std::string body;
    contract::JsonObjectWriter(body).text("expire", toRfc3339LocalSeconds(session.expires)).text("token", session.token);
    http::Response response = okResponse(std::move(body));
    response.headers.add("Set-Cookie", sessionCookie(session.token, age, secure));
    return response;
}

service::BearerRefusal refusal(const char* message) { return {crypto::TokenRefusal{401, message}}; }

constexpr std::size_t longestCredentials = 16 * 1024; // nobody who asks here is known yet: what is longer is not parsed

/// From the Authorization field when there is one, else from the body, where the name and password rules hold.
std::optional<BasicCredentials> loginCredentials(const http::Request& request)
{
    if (!request.headers.value("Authorization").empty()) {
        const auto authorization = splitAuthorization(request);
        if (!authorization || authorization->first != "Basic") return std::nullopt;
        return parseBasic(authorization->second);
    }
    if (request.body.size() > longestCredentials) return std::nullopt;
    auto credentials = contract::decodeCredentials(request.body);
    if (!credentials || contract::checkName(credentials->username) ||
        contract::checkPassword(credentials->password.reveal()))
        return std::nullopt;
    return BasicCredentials{std::move(credentials->username), std::move(credentials->password)};
}

http::Response logIn(service::SessionService& sessions, const http::Request& request, const std::string& realm)
{
    const auto refused = [&] { return bearerRefused(refusal("incorrect Username or Password"), realm); };
    const auto credentials = loginCredentials(request);
    if (!credentials) return refused();
    const auto session = sessions.logIn(credentials->name, credentials->password, actorOf(request),
                                        request.headers.value("User-Agent"));
    if (session) return sessionResponse(*session, sessions.rules().timeout, request.secure);
    if (session.error().code == Code::PasswordIncorrect) return refused();
    return errorResponse(session.error());
}

http::Response logOut(service::SessionService& sessions, const http::Request& request)
{
    http::Response response = nullResponse(sessions.logOut(anyToken(request), actorOf(request)));
    if (response.status == 200)
        response.headers.add("Set-Cookie", sessionCookie("", std::chrono::seconds(0), request.secure));
    return response;
}

http::Response refresh(service::SessionService& sessions, const http::Request& request, const std::string& realm)
{
    const std::string token = anyToken(request);
    if (token.empty()) return bearerRefused(refusal("cookie token is empty"), realm);
    const auto session = sessions.refresh(token);
    if (!session) return bearerRefused(session.error(), realm);
    return sessionResponse(*session, sessions.rules().timeout, request.secure);
}

http::Response list(service::SessionService& sessions, const service::AccessDirectory& directory,
                    const http::Request& request)
{
    const service::Caller caller = callerOf(request);
    const auto owners = service::chooseOwners(caller, askedOwner(request), directory);
    if (!owners) return errorResponse(owners.error());
    const auto query = contract::parseListQuery(request.query.pairs());
    if (!query) return errorResponse(query.error());
    return listResponse(sessions.list(caller, *owners, *query), contract::encodeSessionList);
}

/// Those with the ids that are given. Without any, everything of one user: "*" names nobody then.
http::Response end(service::SessionService& sessions, const service::AccessDirectory& directory,
                   const http::Request& request, const std::vector<std::string>& ids)
{
    const service::Caller caller = callerOf(request);
    if (ids.empty()) {
        const auto owner = service::chooseOwner(caller, askedOwner(request), directory);
        return owner ? nullResponse(sessions.endAll(caller, *owner)) : errorResponse(owner.error());
    }
    const auto owners = service::chooseOwners(caller, askedOwner(request), directory);
    return owners ? nullResponse(sessions.end(caller, *owners, ids)) : errorResponse(owners.error());
}

std::vector<std::string> askedIds(const http::Request& request)
{
    std::vector<std::string> ids;
    for (const std::string_view id : request.query.all("id")) ids.emplace_back(id);
    return ids;
}

} // namespace

std::vector<http::Route> sessionRoutes(service::SessionService& sessions, const service::AccessDirectory& directory,
                                       Workers workers, const http::Auth& login, const std::string& realm)
{
    using enum http::Method;
    using enum http::LimitClass;
    return {
        {Post, "/login", http::Auth::none(), Login,
         onPool(workers.passwords, [&sessions, realm](http::Exchange& exchange) { return logIn(sessions, exchange.request(), realm); })},
        {Post, "/logout", http::Auth::none(), Normal,
         onPool(workers.storage, [&sessions](http::Exchange& exchange) { return logOut(sessions, exchange.request()); })},
        {Post, "/refresh", http::Auth::none(), Normal,
         [&sessions, realm](const http::ExchangePtr& exchange) { exchange->reply(refresh(sessions, exchange->request(), realm)); }},
        {Get, "/v1/sessions", login, Normal,
         onPool(workers.storage, [&sessions, &directory](http::Exchange& x) { return list(sessions, directory, x.request()); })},
        {Delete, "/v1/sessions", login, Normal,
         onPool(workers.storage, [&sessions, &directory](http::Exchange& x) { return end(sessions, directory, x.request(), askedIds(x.request())); })},
        {Delete, "/v1/sessions/:id", login, Normal,
         onPool(workers.storage, [&sessions, &directory](http::Exchange& x) {
             return end(sessions, directory, x.request(), {std::string(x.request().pathParam("id"))});
         })},
    };
}

} // namespace iam::routes
