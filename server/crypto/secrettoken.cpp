// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secrettoken.h"
#include "crypto/base64.h"
#include "crypto/topmembers.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

namespace iam::crypto {

namespace {

using std::chrono::floor;
using std::chrono::seconds;

constexpr std::size_t maxTokenSize = 8 * 1024;

tl::unexpected<Error> refuse(std::string reason)
{
    return fail(Code::SignatureInvalid, std::move(reason));
}

std::optional<HmacAlgorithm> algorithmOf(const std::string& name)
{
    if (name == "HS256") return HmacAlgorithm::Sha256;
    if (name == "HS384") return HmacAlgorithm::Sha384;
    if (name == "HS512") return HmacAlgorithm::Sha512;
    return std::nullopt;
}

bool isAbsent(const JsonMember& member)
{
    return member.kind == JsonMember::Kind::Absent || member.kind == JsonMember::Kind::Null;
}

// Reads one time claim into `time`: absent (or 0, which Go's library takes for absent) leaves it.
Result<> readTime(const JsonMember& claim, const char* name, double& time)
{
    if (claim.kind == JsonMember::Kind::Absent) return {};
    if (claim.kind != JsonMember::Kind::Number) return refuse(std::string(name) + " is not a number");
    if (claim.number != 0) time = std::trunc(claim.number);
    return {};
}

Result<> checkAudience(const JsonMember& claim, const std::string& wanted)
{
    if (isAbsent(claim)) return {};
    if (claim.kind != JsonMember::Kind::Text && claim.kind != JsonMember::Kind::Texts) {
        return refuse("aud is neither a text nor a list of texts");
    }
    if (std::find(claim.texts.begin(), claim.texts.end(), wanted) == claim.texts.end()) {
        return refuse("aud is somebody else");
    }
    return {};
}

} // namespace

Result<SecretToken> readSecretToken(std::string_view token)
{
    if (token.size() > maxTokenSize) return refuse("token is too long");
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos) {
        return refuse("token has not three segments");
    }
    SecretToken result;
    result.signedPart = token.substr(0, second);
    result.payload = token.substr(first + 1, second - first - 1);
    result.signature = token.substr(second + 1);

    const auto header = fromBase64Url(token.substr(0, first));
    if (!header) return refuse("header is not base64url");
    std::array<JsonMember, 2> members{JsonMember{"alg"}, JsonMember{"kid"}};
    if (!readTopMembers(*header, members)) return refuse("header is not a JSON object");
    if (members[0].kind != JsonMember::Kind::Text) return refuse("alg is missing or not a text");
    const auto algorithm = algorithmOf(members[0].texts.front());
    if (!algorithm) return refuse("alg is not HS256, HS384 or HS512");
    if (members[1].kind != JsonMember::Kind::Text) return refuse("kid is missing or not a text");
    result.algorithm = *algorithm;
    result.keyId = std::move(members[1].texts.front());
    return result;
}

struct SecretTokenKey::Private {
    Private(SecretString secret, HmacKey prepared)
        : key(std::move(secret))
        , usual(std::move(prepared))
    {
    }

    /// HS256 is what clients use; the two others are prepared at their first use.
    const HmacKey* keyFor(HmacAlgorithm algorithm)
    {
        if (algorithm == HmacAlgorithm::Sha256) return &usual;
        Rare& wanted = algorithm == HmacAlgorithm::Sha384 ? sha384 : sha512;
        std::call_once(wanted.once, [&] {
            if (auto made = HmacKey::make(algorithm, key)) wanted.key.emplace(std::move(*made));
        });
        return wanted.key ? &*wanted.key : nullptr;
    }

    struct Rare {
        std::once_flag once;
        std::optional<HmacKey> key;
    };
    SecretString key;
    HmacKey usual;
    Rare sha384;
    Rare sha512;
};

SecretTokenKey::SecretTokenKey(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}
SecretTokenKey::SecretTokenKey(SecretTokenKey&&) noexcept = default;
SecretTokenKey& SecretTokenKey::operator=(SecretTokenKey&&) noexcept = default;
SecretTokenKey::~SecretTokenKey() = default;

Result<SecretTokenKey> SecretTokenKey::make(SecretString key)
{
    auto usual = HmacKey::make(HmacAlgorithm::Sha256, key);
    if (!usual) return fail(usual);
    return SecretTokenKey(std::make_unique<Private>(std::move(key), std::move(*usual)));
}

bool SecretTokenTimes::holdAt(TimePoint now) const noexcept
{
    const auto second = static_cast<double>(floor<seconds>(now).time_since_epoch().count());
    return begins <= second && second < ends;
}

Result<SecretTokenTimes> SecretTokenKey::verify(const SecretToken& token, TimePoint now,
                                                const SecretTokenRules& rules) const
{
    const HmacKey* const key = d->keyFor(token.algorithm);
    const auto signature = fromBase64Url(token.signature);
    if (!signature) return refuse("signature is not base64url");
    if (key == nullptr || !key->verify(token.signedPart, *signature)) return refuse("signature does not fit the key");

    const auto payload = fromBase64Url(token.payload);
    if (!payload) return refuse("claims are not base64url");
    std::array<JsonMember, 4> claims{JsonMember{"exp"}, JsonMember{"iat"}, JsonMember{"nbf"}, JsonMember{"aud"}};
    if (!readTopMembers(*payload, claims)) return refuse("claims are not a JSON object");
    if (rules.requireExpiry && isAbsent(claims[0])) return refuse("exp is missing");
    SecretTokenTimes expiry;
    SecretTokenTimes issued;
    SecretTokenTimes notBefore;
    if (auto read = readTime(claims[0], "exp", expiry.ends); !read) return fail(read);
    if (!expiry.holdAt(now)) return refuse("exp does not hold at this time");
    if (rules.requireExpiry && std::isinf(expiry.ends)) return refuse("exp is missing");
    if (auto read = readTime(claims[1], "iat", issued.begins); !read) return fail(read);
    if (!issued.holdAt(now)) return refuse("iat does not hold at this time");
    if (auto read = readTime(claims[2], "nbf", notBefore.begins); !read) return fail(read);
    if (!notBefore.holdAt(now)) return refuse("nbf does not hold at this time");
    if (rules.checkAudience) {
        if (auto heard = checkAudience(claims[3], rules.audience); !heard) return fail(heard);
    }
    return SecretTokenTimes{std::max(issued.begins, notBefore.begins), expiry.ends};
}

Result<std::string> issueSecretToken(std::string_view keyId, const SecretString& key, std::string_view audience,
                                     TimePoint issued, seconds lifetime)
{
    const auto signer = HmacKey::make(HmacAlgorithm::Sha256, key);
    if (!signer) return fail(signer);
    const auto second = floor<seconds>(issued).time_since_epoch().count();
    const nlohmann::json header{{"alg", "HS256"}, {"kid", keyId}, {"typ", "JWT"}};
    const nlohmann::json claims{{"iss", "iam-console"},
                                {"aud", audience},
                                {"iat", second},
                                {"nbf", second},
                                {"exp", second + lifetime.count()}};
    const auto text = [](const nlohmann::json& json) {
        return toBase64Url(json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    };
    std::string token = text(header) + '.' + text(claims);
    token += '.' + toBase64Url(signer->mac(token));
    return token;
}

} // namespace iam::crypto
