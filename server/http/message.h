// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/address.h"
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iam::http {

class BodyStream;

enum class Method { Get, Head, Post, Put, Patch, Delete, Options, Other };

[[nodiscard]] Method methodFromText(std::string_view text) noexcept;
/// "GET"…; "OTHER" for Other.
[[nodiscard]] std::string_view methodText(Method method) noexcept;

/// Header fields in the order they came. Names are compared without regard to case.
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    /// Room for so many, made at once.
    void reserve(std::size_t fields) { m_fields.reserve(fields); }
    void add(std::string name, std::string value) { m_fields.emplace_back(std::move(name), std::move(value)); }
    /// Replaces every field of that name.
    void set(std::string_view name, std::string value);
    /// The first field of that name.
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    /// The same, empty when absent.
    [[nodiscard]] std::string_view value(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name) != nullptr; }
    [[nodiscard]] std::size_t count(std::string_view name) const noexcept;
    [[nodiscard]] auto begin() const noexcept { return m_fields.begin(); }
    [[nodiscard]] auto end() const noexcept { return m_fields.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_fields.size(); }

private:
    std::vector<Field> m_fields;
};

/// The decoded query: pairs in the order they came, `+` and %XX decoded. Pairs with a broken %XX are left out.
class Query {
public:
    Query() = default;
    [[nodiscard]] static Query parse(std::string_view raw);

    /// The first value of that name (names are compared exactly).
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& pairs() const noexcept { return m_pairs; }

private:
    std::vector<std::pair<std::string, std::string>> m_pairs;
};

/// %XX decoded, and nothing else; nothing for a broken %XX.
[[nodiscard]] std::optional<std::string> percentDecoded(std::string_view text);

/// Who asks, as an Authenticator found out. Routes that know more derive from it.
struct Principal {
    Principal() = default;
    explicit Principal(std::string principalName)
        : name(std::move(principalName))
    {
    }
    Principal(const Principal&) = default;
    Principal& operator=(const Principal&) = default;
    virtual ~Principal() = default;

    std::string name;
};

/// One request as a handler sees it: a plain value.
struct Request {
    Method method = Method::Get; ///< Head stays Head, though GET's handler answers it
    std::string path;            ///< decoded
    std::string target;          ///< as sent: path and query. May hold a token: never logged
    Query query;
    Headers headers;
    std::string body;
    std::string id;                                              ///< X-Request-ID, the client's or ours
    std::vector<std::pair<std::string, std::string>> pathParams; ///< of the route's pattern, decoded
    Address client;                                              ///< resolved through the trusted proxies
    Address peer;                                                ///< the other end of the connection
    bool forwarded =
        false; ///< some header says that a proxy stands between (believed from anyone: it only takes rights away)
    bool secure = false;                        ///< came over TLS, to us or (as a trusted proxy says) to it
    std::shared_ptr<const Principal> principal; ///< nobody before authentication and on routes without it

    /// The value of `:name`; empty when the route has no such parameter.
    [[nodiscard]] std::string_view pathParam(std::string_view name) const noexcept;
};

/// One answer. The layer itself adds request id, security and cache fields, Date, Content-Length and Connection.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::string_view contentType = "application/json; charset=utf-8"; ///< of a text that stays; empty: none is sent
    std::shared_ptr<BodyStream> stream = nullptr;                     ///< what follows the body; null: nothing

    [[nodiscard]] static Response json(int status, std::string body) { return {status, {}, std::move(body)}; }
};

} // namespace iam::http
