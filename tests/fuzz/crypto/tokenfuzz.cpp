// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads arbitrary bytes as log-in token and as secret token, as they are and as the header and claims of a token that
// is signed properly.
#include "crypto/base64.h"
#include "crypto/logintoken.h"
#include "crypto/secrettoken.h"
#include <cstdlib>

using namespace iam;
using namespace iam::crypto;

namespace {

const TimePoint now{std::chrono::milliseconds(1'700'000'000'000)};

void demand(bool held)
{
    if (!held) std::abort();
}

HmacKey fuzzKey()
{
    return std::move(*HmacKey::make(HmacAlgorithm::Sha256, SecretString("fuzz key")));
}

void tryLogin(const LoginTokens& tokens, std::string_view token, bool signedByUs)
{
    const auto claims = tokens.verify(token, now);
    demand(claims || (!claims.error().message.empty() && claims.error().httpStatus >= 400));
    demand(!claims || signedByUs);
    if (claims) {
        // What was accepted can be issued again and says the same.
        const auto again = tokens.verify(tokens.issue(*claims), now);
        demand(again && again->identity == claims->identity && again->others == claims->others);
    }
    (void)tokens.verifyForRefresh(token, now, std::chrono::hours(1));
}

void trySecret(const SecretTokenKey& key, std::string_view token, bool signedByUs)
{
    const auto read = readSecretToken(token);
    if (!read) {
        demand(read.error().code == Code::SignatureInvalid && !read.error().detail.empty());
        return;
    }
    const auto verified = key.verify(*read, now, {});
    demand(!verified || signedByUs);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const HmacKey signer = fuzzKey();
    static const LoginTokens tokens{fuzzKey()};
    static const auto key = SecretTokenKey::make(SecretString("fuzz key"));
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    tryLogin(tokens, input, false);
    trySecret(*key, input, false);

    // A line end parts the header from the claims; without one it is all claims.
    const std::size_t end = input.find('\n');
    const std::string_view header =
        end == std::string_view::npos ? R"({"alg":"HS256","kid":"k"})" : input.substr(0, end);
    const std::string_view claims = end == std::string_view::npos ? input : input.substr(end + 1);
    std::string token = toBase64Url(header) + '.' + toBase64Url(claims);
    token += '.' + toBase64Url(signer.mac(token));
    tryLogin(tokens, token, true);
    trySecret(*key, token, true);
    return 0;
}
