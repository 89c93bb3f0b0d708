// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tokenkeys.h"
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include <algorithm>
#include <string_view>

namespace iam::crypto {

namespace {

constexpr std::size_t tokenKeySize = 64;
constexpr std::size_t maxTokenFileSize = 64 * 1024;

bool isTokenKey(std::string_view text)
{
    return text.size() == tokenKeySize &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

SecretString newTokenKey()
{
    return SecretString(randomText(tokenKeySize)); // 62 characters carry 5.95 bits each
}

Result<TokenKeys> parseTokenKeys(const SecretString& text)
{
    TokenKeys keys;
    std::string_view rest = text.reveal();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!isTokenKey(line)) {
            return fail(Code::Encrypt,
                        "line " + std::to_string(keys.size() + 1) + " does not hold a key of 64 printable characters");
        }
        keys.emplace_back(std::string(line));
    }
    if (keys.empty()) return fail(Code::Encrypt, "does not hold a key of 64 printable characters");
    return keys;
}

SecretString serializeTokenKeys(const TokenKeys& keys)
{
    std::string text;
    text.reserve(keys.size() * (tokenKeySize + 1));
    for (const SecretString& key : keys) text += key.reveal() + '\n';
    return SecretString(std::move(text));
}

bool addMissingTokenKeys(TokenKeys& keys, const TokenKeys& others)
{
    bool added = false;
    for (const SecretString& key : others) {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        keys.push_back(key);
        added = true;
    }
    return added;
}

Result<TokenKeys> loadTokenKeys(const std::string& path)
{
    const auto text = readPrivateFile(path, maxTokenFileSize);
    if (!text) return fail(text);
    auto keys = parseTokenKeys(*text);
    if (!keys) return fail(keys.error().code, path + ": " + keys.error().detail);
    return keys;
}

Result<TokenKeys> loadOrCreateTokenKeys(const std::string& path)
{
    auto keys = loadTokenKeys(path);
    if (keys || keys.error().code != Code::SecretNotFound) return keys;
    const auto created = createPrivateFile(path, serializeTokenKeys({newTokenKey()}));
    if (!created && created.error().code != Code::SecretAlreadyExist) return fail(created);
    return loadTokenKeys(path);
}

} // namespace iam::crypto
