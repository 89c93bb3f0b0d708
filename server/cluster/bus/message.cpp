// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/bus/message.h"
#include "contract/json.h"
#include "crypto/base64.h"
#include <algorithm>

namespace iam::cluster {

namespace {

constexpr int maxDepth = 4;
constexpr std::size_t maxNonce = 64;

std::string_view nameOf(Command command)
{
    return command == Command::PolicyChanged ? "PolicyChanged" : "SecretChanged";
}

/// The member as text; empty when it is absent or something else.
std::string textOf(const contract::Json& object, std::string_view name)
{
    const contract::Json* member = object.find(name);
    const std::string* text = member != nullptr ? member->string() : nullptr;
    return text != nullptr ? *text : std::string();
}

std::int64_t integerOf(const contract::Json& object, std::string_view name)
{
    const contract::Json* member = object.find(name);
    const std::int64_t* number = member != nullptr ? member->integer() : nullptr;
    return number != nullptr ? *number : 0;
}

std::string signedPart(const Message& message)
{
    return std::string(nameOf(message.command)) + '\n' + message.payload;
}

} // namespace

std::optional<Message> parseMessage(std::string_view text)
{
    if (text.size() > maxMessage) return std::nullopt;
    const auto json = contract::parseWholeJson(text, maxDepth);
    if (!json || json->object() == nullptr) return std::nullopt;
    Message message;
    const std::string command = textOf(*json, "command");
    if (command == nameOf(Command::SecretChanged))
        message.command = Command::SecretChanged;
    else if (command != nameOf(Command::PolicyChanged))
        return std::nullopt;
    message.payload = textOf(*json, "payload");
    message.signature = textOf(*json, "signature");
    message.algorithm = integerOf(*json, "algorithm");
    return message;
}

std::string writeMessage(const Message& message)
{
    std::string text;
    contract::JsonObjectWriter(text)
        .text("command", nameOf(message.command))
        .text("payload", message.payload)
        .text("signature", message.signature)
        .number("algorithm", message.algorithm);
    return text;
}

std::optional<Origin> parseOrigin(std::string_view payload)
{
    const auto json = contract::parseWholeJson(payload, maxDepth);
    if (!json || json->object() == nullptr) return std::nullopt;
    Origin origin{textOf(*json, "node"), 0, TimePoint(std::chrono::milliseconds(integerOf(*json, "time"))),
                  textOf(*json, "nonce")};
    if (origin.nonce.empty() || origin.nonce.size() > maxNonce) return std::nullopt;
    origin.change = static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerOf(*json, "change")));
    return origin;
}

Message makeMessage(Command command, const Origin& origin, const MessageKeys& keys)
{
    Message message{command, {}, {}, 0};
    contract::JsonObjectWriter(message.payload)
        .text("node", origin.node)
        .number("change", origin.change)
        .number("time", std::int64_t{origin.time.time_since_epoch().count()})
        .text("nonce", origin.nonce);
    if (keys.empty()) return message;
    message.signature = crypto::toBase64Url(keys.front().mac(signedPart(message)));
    message.algorithm = hmacSha256;
    return message;
}

bool isSigned(const Message& message, const MessageKeys& keys)
{
    if (message.algorithm != hmacSha256) return false;
    const auto mac = crypto::fromBase64Url(message.signature);
    if (!mac) return false;
    const std::string part = signedPart(message);
    return std::any_of(keys.begin(), keys.end(), [&](const crypto::HmacKey& key) { return key.verify(part, *mac); });
}

} // namespace iam::cluster
