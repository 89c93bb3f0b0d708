// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/logintoken.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "crypto/gojson.h"
#include <QtGlobal>
#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

namespace iam::crypto {

namespace {

using Json = nlohmann::json;
using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::string_view ownHeader = R"({"alg":"HS256","typ":"JWT"})";
constexpr std::string_view forbidden = "you don't have permission to access this resource";
constexpr std::string_view expiredLater = "token is expired";

// The algorithms that clients' libraries know; a token with another one of these is told so.
constexpr std::array<std::string_view, 13> knownAlgorithms = {
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "none"};

tl::unexpected<TokenRefusal> refuse(int httpStatus, std::string_view message)
{
    return tl::unexpected(TokenRefusal{httpStatus, std::string(message)});
}

struct Checked {
    Json claims;
    std::string fault; ///< empty: none
    bool onlyExpired = false;
};

Checked broken(std::string fault)
{
    return {Json::object(), std::move(fault), false};
}

// A number of seconds as Go converts a float64 to an int64 on amd64: the fraction is cut, what does not fit is the
// smallest value.
std::int64_t toSeconds(const Json& number)
{
    const double value = number.get<double>();
    if (!(value >= -9.2e18 && value <= 9.2e18)) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(value);
}

// The claim in seconds when it is a number other than 0, which Go's library takes for "not there".
std::optional<std::int64_t> timeClaim(const Json& claims, const char* name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number()) return std::nullopt;
    const std::int64_t value = toSeconds(*found);
    if (value == 0) return std::nullopt;
    return value;
}

std::vector<std::string_view> segmentsOf(std::string_view token)
{
    std::vector<std::string_view> segments;
    while (segments.size() < 4) {
        const std::size_t dot = token.find('.');
        segments.push_back(token.substr(0, dot));
        if (dot == std::string_view::npos) break;
        token.remove_prefix(dot + 1);
    }
    return segments;
}

// Reads one segment into `object`; the fault in Go's words, or nothing.
std::string readSegment(std::string_view segment, JsonExtent extent, std::string_view goType, Json& object)
{
    const auto bytes = fromBase64UrlLikeGo(segment);
    if (!bytes) return "illegal base64 data at input byte " + std::to_string(bytes.error());
    std::string readable;
    if (auto fault = goJsonFault(*bytes, extent, goType, readable)) return std::move(*fault);
    object = Json::parse(readable, nullptr, false);
    if (object.is_null()) object = Json::object();
    return object.is_object() ? std::string() : std::string("token is invalid");
}

std::string signatureFault(const LoginTokens::Keys& keys, std::string_view signedPart, std::string_view signature)
{
    const auto lenient = fromBase64UrlLikeGo(signature);
    if (!lenient) return "illegal base64 data at input byte " + std::to_string(lenient.error());
    // One signature has one spelling: what only a lenient reader takes is not ours.
    const auto strict = fromBase64Url(signature);
    const bool good = strict && std::any_of(keys.begin(), keys.end(),
                                            [&](const auto& key) { return key->verify(signedPart, *strict); });
    return good ? std::string() : std::string("signature is invalid");
}

Checked check(const LoginTokens::Keys& keys, std::string_view token, std::int64_t now)
{
    if (token.size() > LoginTokens::maxTokenSize) return broken("token is too long");
    const auto segments = segmentsOf(token);
    if (segments.size() != 3) return broken("token contains an invalid number of segments");

    Json header;
    if (auto fault = readSegment(segments[0], JsonExtent::Whole, "map[string]interface {}", header); !fault.empty()) {
        const bool doubled = text::equalIgnoringCase(token.substr(0, 7), "bearer ");
        return broken(doubled ? "tokenstring should not contain 'bearer '" : std::move(fault));
    }
    Checked result;
    if (auto fault = readSegment(segments[1], JsonExtent::First, "jwt.MapClaims", result.claims); !fault.empty()) {
        return broken(std::move(fault));
    }
    const auto algorithm = header.find("alg");
    if (algorithm == header.end() || !algorithm->is_string()) return broken("signing method (alg) is unspecified.");
    const auto& name = algorithm->get_ref<const std::string&>();
    if (std::find(knownAlgorithms.begin(), knownAlgorithms.end(), name) == knownAlgorithms.end()) {
        return broken("signing method (alg) is unavailable.");
    }
    if (name != "HS256") return broken("invalid signing algorithm");

    // Each later fault replaces the words of the ones before.
    const auto expires = timeClaim(result.claims, "exp");
    const auto issued = timeClaim(result.claims, "iat");
    const auto notBefore = timeClaim(result.claims, "nbf");
    if (expires && now > *expires) {
        result.fault = "Token is expired";
        result.onlyExpired = true;
    }
    const auto add = [&result](std::string fault) {
        result.fault = std::move(fault);
        result.onlyExpired = false;
    };
    if (issued && now < *issued) add("Token used before issued");
    if (notBefore && now < *notBefore) add("Token is not valid yet");
    const std::string_view signedPart = token.substr(0, segments[0].size() + 1 + segments[1].size());
    if (auto fault = signatureFault(keys, signedPart, segments[2]); !fault.empty()) add(std::move(fault));
    return result;
}

// Moves a claim of text out of the object; other kinds stay there.
std::string takeText(Json& claims, const char* name)
{
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_string()) return {};
    auto text = found->get<std::string>();
    claims.erase(found);
    return text;
}

// Within what every clock of ours can hold: the years 1970 to 9999.
sys_seconds toTime(const Json& number)
{
    return sys_seconds(seconds(std::clamp<std::int64_t>(toSeconds(number), 0, 253402300799)));
}

LoginClaims toClaims(Json claims)
{
    LoginClaims result;
    result.issuer = takeText(claims, "iss");
    result.audience = takeText(claims, "aud");
    result.subject = takeText(claims, "sub");
    result.identity = takeText(claims, "identity");
    result.id = takeText(claims, "jti");
    if (const auto exp = claims.find("exp"); exp != claims.end()) {
        if (exp->is_number()) result.expires = toTime(*exp);
        claims.erase(exp);
    }
    if (const auto first = claims.find("orig_iat"); first != claims.end()) {
        if (first->is_number()) result.firstIssued = toTime(*first);
        claims.erase(first);
    }
    result.others = claims.dump();
    return result;
}

void setText(Json& claims, const char* name, const std::string& text)
{
    if (!text.empty()) claims[name] = text;
}

std::int64_t wholeSeconds(TimePoint time)
{
    return floor<seconds>(time).time_since_epoch().count();
}

} // namespace

LoginTokens::LoginTokens(Keys keys)
    : m_keys(std::make_shared<const Keys>(std::move(keys)))
{
}

LoginTokens::LoginTokens(HmacKey key)
    : LoginTokens(Keys{std::make_shared<const HmacKey>(std::move(key))})
{
}

void LoginTokens::publish(Keys keys)
{
    Q_ASSERT(!keys.empty());
    m_keys.publish(std::make_shared<const Keys>(std::move(keys)));
}

std::string LoginTokens::issue(const LoginClaims& claims) const
{
    Json all = Json::parse(claims.others, nullptr, false);
    if (!all.is_object()) all = Json::object();
    setText(all, "iss", claims.issuer);
    setText(all, "aud", claims.audience);
    setText(all, "sub", claims.subject);
    setText(all, "jti", claims.id);
    all["identity"] = claims.identity;
    all["exp"] = claims.expires.time_since_epoch().count();
    if (claims.firstIssued) all["orig_iat"] = claims.firstIssued->time_since_epoch().count();
    std::string token =
        toBase64Url(ownHeader) + '.' + toBase64Url(all.dump(-1, ' ', false, Json::error_handler_t::replace));
    token += '.' + toBase64Url(m_keys.read()->front()->mac(token));
    return token;
}

tl::expected<LoginClaims, TokenRefusal> LoginTokens::verify(std::string_view token, TimePoint now) const
{
    const std::int64_t second = wholeSeconds(now);
    Checked checked = check(*m_keys.read(), token, second);
    if (!checked.fault.empty()) return refuse(401, checked.fault);
    const auto exp = checked.claims.find("exp");
    if (exp == checked.claims.end() || exp->is_null()) return refuse(400, "missing exp field");
    if (!exp->is_number()) return refuse(400, "exp must be float64 format");
    if (toSeconds(*exp) < second) return refuse(401, expiredLater);
    const auto identity = checked.claims.find("identity");
    if (identity == checked.claims.end() || !identity->is_string()) return refuse(403, forbidden);
    return toClaims(std::move(checked.claims));
}

tl::expected<LoginClaims, TokenRefusal> LoginTokens::verifyForRefresh(std::string_view token, TimePoint now,
                                                                      seconds maxRefresh) const
{
    const std::int64_t second = wholeSeconds(now);
    Checked checked = check(*m_keys.read(), token, second);
    if (!checked.fault.empty() && !checked.onlyExpired) return refuse(401, checked.fault);
    const auto identity = checked.claims.find("identity");
    if (identity == checked.claims.end() || !identity->is_string()) return refuse(401, forbidden);
    const auto first = checked.claims.find("orig_iat");
    if (first == checked.claims.end() || !first->is_number()) return refuse(401, "missing orig_iat field");
    if (toSeconds(*first) < second - maxRefresh.count()) return refuse(401, expiredLater);
    return toClaims(std::move(checked.claims));
}

} // namespace iam::crypto
