// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/exchange.h"
#include "http/limits.h"
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace iam::http {

/// Finds out who asks. Thread-safe.
class Authenticator {
public:
    virtual ~Authenticator() = default;
    /// Either answers the exchange itself (the caller is not let in), or sets the principal and calls `next` once,
    /// now or later, on this thread or another.
    virtual void authenticate(const ExchangePtr& exchange, std::function<void()> next) = 0;
};

/// What a route asks of its caller. There is no default: it is said on every route.
class Auth {
public:
    /// Open to everybody.
    [[nodiscard]] static Auth none() { return Auth(nullptr); }
    /// Only for whom `authenticator` (never null) lets in.
    [[nodiscard]] static Auth by(std::shared_ptr<Authenticator> authenticator);

    [[nodiscard]] Authenticator* authenticator() const noexcept { return m_authenticator.get(); }

private:
    explicit Auth(std::shared_ptr<Authenticator> authenticator)
        : m_authenticator(std::move(authenticator))
    {
    }

    std::shared_ptr<Authenticator> m_authenticator;
};

/// One line of the route table.
struct Route {
    /// `routePattern`: "/v1/users/:name/change-password"; `:name` takes one whole, non-empty segment.
    Route(Method routeMethod, std::string routePattern, Auth routeAuth, LimitClass limitClass, Handler routeHandler)
        : method(routeMethod)
        , pattern(std::move(routePattern))
        , auth(std::move(routeAuth))
        , limits(limitClass)
        , handler(std::move(routeHandler))
    {
    }

    Method method;
    std::string pattern;
    Auth auth;
    LimitClass limits;
    Handler handler;
};

/// The route table, ready to be asked. Immutable, so thread-safe.
class Router {
public:
    /// Requests without a route, also those with the wrong method on a known path, go through `fallbackAuth` to
    /// `fallback`. Two routes with the same method and shape are a mistake of the programmer: std::logic_error.
    Router(std::vector<Route> routes, Auth fallbackAuth, Handler fallback);
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    struct Match {
        const Route* route = nullptr; ///< never null: the fallback is a route too
        std::vector<std::pair<std::string, std::string>> params;
        /// Not empty: there is no such route, but one whose path differs only by a slash at the end: this one.
        std::string otherPath;
    };
    /// `path` is decoded, so a %2F splits like a slash; but where `sent`, the same as it came, has one within a segment
    /// that some `:name` takes, it belongs to the name. A fixed segment goes before `:name`. HEAD finds GET's routes.
    [[nodiscard]] Match find(Method method, std::string_view path, std::string_view sent = {}) const;
    /// The same for the limits only; cheaper.
    [[nodiscard]] LimitClass limitClass(Method method, std::string_view path) const;
    [[nodiscard]] const std::vector<Route>& routes() const noexcept { return m_routes; }

private:
    struct Node;
    [[nodiscard]] const Route* walk(Method method, std::string_view path, Match* match) const;
    [[nodiscard]] bool findWhole(Method method, std::string_view sent, Match& match) const;

    std::vector<Route> m_routes;
    Route m_fallback;
    std::unique_ptr<Node> m_root;
};

} // namespace iam::http
