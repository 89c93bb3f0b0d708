// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/router.h"
#include <algorithm>
#include <map>
#include <stdexcept>

namespace iam::http {

Auth Auth::by(std::shared_ptr<Authenticator> authenticator)
{
    if (!authenticator) throw std::logic_error("Auth::by(): no authenticator; an open route says Auth::none()");
    return Auth(std::move(authenticator));
}

/// One path segment. `fixed` is asked before `param`.
struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> param;
    std::vector<const Route*> routes;

    [[nodiscard]] const Route* route(Method method) const
    {
        const Method asked = method == Method::Head ? Method::Get : method;
        const auto found =
            std::find_if(routes.begin(), routes.end(), [asked](const Route* r) { return r->method == asked; });
        return found != routes.end() ? *found : nullptr;
    }
    [[nodiscard]] const Route* find(Method method, std::string_view rest, std::vector<std::string_view>& values) const;
};

namespace {

/// Takes the segment up to the next slash off `rest`; `last` when there was none.
std::string_view takeSegment(std::string_view& rest, bool& last)
{
    const std::size_t slash = rest.find('/');
    last = slash == std::string_view::npos;
    const std::string_view segment = rest.substr(0, slash);
    rest.remove_prefix(last ? rest.size() : slash + 1);
    return segment;
}

} // namespace

const Route* Router::Node::find(Method method, std::string_view rest, std::vector<std::string_view>& values) const
{
    bool last = false;
    const std::string_view segment = takeSegment(rest, last);
    if (const auto next = fixed.find(segment); next != fixed.end()) {
        const Route* found = last ? next->second->route(method) : next->second->find(method, rest, values);
        if (found != nullptr) return found;
    }
    if (param && !segment.empty()) {
        values.push_back(segment);
        const Route* found = last ? param->route(method) : param->find(method, rest, values);
        if (found != nullptr) return found;
        values.pop_back();
    }
    return nullptr;
}

Router::Router(std::vector<Route> routes, Auth fallbackAuth, Handler fallback)
    : m_routes(std::move(routes))
    , m_fallback(Method::Other, {}, std::move(fallbackAuth), LimitClass::Normal, std::move(fallback))
    , m_root(std::make_unique<Node>())
{
    for (const Route& route : m_routes) {
        if (!route.pattern.starts_with('/'))
            throw std::logic_error("route \"" + route.pattern + "\" lacks its first slash");
        Node* node = m_root.get();
        std::string_view rest = std::string_view(route.pattern).substr(1);
        for (bool last = false; !last;) {
            const std::string_view segment = takeSegment(rest, last);
            std::unique_ptr<Node>& next = segment.starts_with(':') ? node->param : node->fixed[std::string(segment)];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
        }
        if (node->route(route.method) != nullptr) throw std::logic_error("two routes for " + route.pattern);
        node->routes.push_back(&route);
    }
}

Router::Router(Router&&) noexcept = default; // a moved vector keeps its elements where they are
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

const Route* Router::walk(Method method, std::string_view path, Match* match) const
{
    if (!path.starts_with('/')) return nullptr;
    std::vector<std::string_view> values;
    const Route* found = m_root->find(method, path.substr(1), values);
    if (found == nullptr || match == nullptr) return found;
    std::string_view rest = std::string_view(found->pattern).substr(1);
    auto value = values.begin();
    for (bool last = false; !last;) {
        const std::string_view segment = takeSegment(rest, last);
        if (segment.starts_with(':')) match->params.emplace_back(segment.substr(1), *value++);
    }
    return found;
}

/// A name with a slash in it, which came as %2F.
bool Router::findWhole(Method method, std::string_view sent, Match& match) const
{
    if (sent.find("%2F") == std::string_view::npos && sent.find("%2f") == std::string_view::npos) return false;
    Match whole;
    whole.route = walk(method, sent, &whole);
    if (whole.route == nullptr) return false;
    for (auto& [name, value] : whole.params) {
        auto decoded = percentDecoded(value);
        if (!decoded) return false;
        value = std::move(*decoded);
    }
    match = std::move(whole);
    return true;
}

Router::Match Router::find(Method method, std::string_view path, std::string_view sent) const
{
    Match match;
    if (findWhole(method, sent, match)) return match;
    match.route = walk(method, path, &match);
    if (match.route != nullptr) return match;
    match.route = &m_fallback;
    if (path.size() < 2) return match;
    std::string other(path);
    if (other.ends_with('/'))
        other.pop_back();
    else
        other += '/';
    if (walk(method, other, nullptr) != nullptr) match.otherPath = std::move(other);
    return match;
}

LimitClass Router::limitClass(Method method, std::string_view path) const
{
    const Route* found = walk(method, path, nullptr);
    return found != nullptr ? found->limits : m_fallback.limits;
}

} // namespace iam::http
