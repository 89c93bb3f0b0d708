// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keybundle.h"
#include "crypto/aead.h"
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include "crypto/random.h"
#include <argon2.h>
#include <charconv>
#include <optional>

namespace iam::crypto {

namespace {

constexpr std::string_view magicLine = "iam-cluster-bundle 1\n";
constexpr std::string_view magicWord = "iam-cluster-bundle ";
constexpr std::size_t bundleSaltSize = 16;
constexpr std::size_t maxContentSize = 192 * 1024;
constexpr std::size_t maxPassphraseSize = 1024;
constexpr Argon2Parameters maxCost{64, 2 * 1024 * 1024, 64};

std::string toHex(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

tl::unexpected<Error> damaged()
{
    return fail(Code::DecodingFailed, "the bundle is damaged: copy it again from the node that made it");
}

// Takes "<key>=<number>" and the character behind it from the front; only the spelling that std::to_string makes.
std::optional<std::uint32_t> takeParameter(std::string_view& text, std::string_view key, char behind)
{
    if (!text.starts_with(key)) return std::nullopt;
    text.remove_prefix(key.size());
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || length == text.size() || *end != behind ||
        text.substr(0, length) != std::to_string(number))
        return std::nullopt;
    text.remove_prefix(length + 1);
    return number;
}

// Takes "<word> <text>\n" from the front.
std::optional<std::string_view> takeLine(std::string_view& text, std::string_view word)
{
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(word)) return std::nullopt;
    const std::string_view value = text.substr(word.size(), end - word.size());
    text.remove_prefix(end + 1);
    return value;
}

std::string costLine(const Argon2Parameters& cost, std::string_view salt)
{
    return "argon2id m=" + std::to_string(cost.memoryKib) + ",t=" + std::to_string(cost.passes) +
           ",p=" + std::to_string(cost.lanes) + ' ' + toBase64(salt) + '\n';
}

Result<SecretString> keyFrom(const SecretString& passphrase, const std::string& salt, const Argon2Parameters& cost)
{
    std::string key(aeadKeySize, '\0');
    const std::string& words = passphrase.reveal();
    const int status = argon2id_hash_raw(cost.passes, cost.memoryKib, cost.lanes, words.data(), words.size(),
                                         salt.data(), salt.size(), key.data(), key.size());
    if (status != ARGON2_OK) return fail(Code::Encrypt, std::string("argon2id: ") + argon2_error_message(status));
    return SecretString(std::move(key));
}

} // namespace

Result<std::string> sealBundle(const SecretString& content, const SecretString& passphrase,
                               const Argon2Parameters& cost)
{
    if (passphrase.reveal().size() < minPassphraseSize)
        return fail(Code::Validation, "the passphrase is too short: it needs " + std::to_string(minPassphraseSize) +
                                          " characters or more");
    if (passphrase.reveal().size() > maxPassphraseSize) return fail(Code::Validation, "the passphrase is too long");
    if (content.reveal().size() > maxContentSize) return fail(Code::Encrypt, "this is too large for a bundle");
    const std::string salt = randomBytes(bundleSaltSize);
    const auto key = keyFrom(passphrase, salt, cost);
    if (!key) return fail(key);
    std::string bundle = std::string(magicLine) + costLine(cost, salt);
    const auto sealed = aeadSeal(*key, content, bundle);
    if (!sealed) return fail(sealed);
    bundle += "aes-256-gcm " + toBase64(*sealed) + '\n';
    bundle += "sha256 " + toHex(sha256(bundle)) + '\n';
    return bundle;
}

Result<SecretString> openBundle(std::string_view bundle, const SecretString& passphrase)
{
    if (bundle.size() > maxBundleSize) return fail(Code::DecodingFailed, "this is too large to be a bundle");
    if (!bundle.starts_with(magicWord))
        return fail(Code::DecodingFailed, "this is not a bundle that iam-server cluster init made");
    const std::size_t sumAt = bundle.rfind("sha256 ");
    if (sumAt == std::string_view::npos ||
        bundle.substr(sumAt) != "sha256 " + toHex(sha256(bundle.substr(0, sumAt))) + '\n')
        return damaged();
    if (!bundle.starts_with(magicLine))
        return fail(Code::DecodingFailed, "the bundle is of another version of this software");
    std::string_view rest = bundle.substr(magicLine.size(), sumAt - magicLine.size());
    const std::size_t costEnd = rest.find('\n');
    const std::string associated(
        bundle.substr(0, magicLine.size() + (costEnd == std::string_view::npos ? 0 : costEnd + 1)));
    auto costText = takeLine(rest, "argon2id ");
    const auto sealedText = takeLine(rest, "aes-256-gcm ");
    if (!costText || !sealedText || !rest.empty()) return damaged();
    const auto memory = takeParameter(*costText, "m=", ',');
    const auto passes = takeParameter(*costText, "t=", ',');
    const auto lanes = takeParameter(*costText, "p=", ' ');
    const auto salt = fromBase64(*costText);
    const auto sealed = fromBase64(*sealedText);
    if (!memory || !passes || !lanes || !salt || salt->size() != bundleSaltSize || !sealed) return damaged();
    if (*memory > maxCost.memoryKib || *passes > maxCost.passes || *lanes > maxCost.lanes)
        return fail(Code::DecodingFailed, "the bundle asks for more work than any that iam-server cluster init made");
    const auto key = keyFrom(passphrase, *salt, {*passes, *memory, *lanes});
    if (!key) return fail(key);
    auto content = aeadOpen(*key, *sealed, associated);
    if (!content) return fail(Code::PasswordIncorrect, "the passphrase does not open the bundle");
    return content;
}

} // namespace iam::crypto
