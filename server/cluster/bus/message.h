// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "crypto/keyedmac.h"
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace iam::cluster {

// What servers tell each other on the channel below, in the form of the system this one replaces:
//   {"command":"PolicyChanged","payload":"","signature":"","algorithm":0}
// That system leaves the last three empty. Ours fill them: the payload is a JSON text of an Origin, the signature the
// HMAC-SHA256 of command, line feed and payload in base64url, the algorithm the number below. A server without a
// key sends its payload unsigned, with algorithm 0.

inline constexpr const char* notificationChannel = "iam.cluster.notifications";
inline constexpr std::size_t maxMessage = 4096;
inline constexpr std::int64_t hmacSha256 = 101;

enum class Command { PolicyChanged, SecretChanged };

struct Message {
    Command command = Command::PolicyChanged;
    std::string payload;
    std::string signature;
    std::int64_t algorithm = 0;
};

/// Who says it.
struct Origin {
    std::string node;
    std::uint64_t change = 0; ///< the newest change that the sender knew to be stored; 0: it could not tell
    TimePoint time{};
    std::string nonce; ///< never the same twice
};

/// Keys of the nodes that belong together, newest first: the first signs, all are taken. None: nothing can be trusted.
using MessageKeys = std::vector<crypto::HmacKey>;
/// Gives those of this moment; any thread, quick.
using MessageKeySource = std::function<std::shared_ptr<const MessageKeys>()>;

/// Nothing when it is no such message: not JSON, too long, another command.
[[nodiscard]] std::optional<Message> parseMessage(std::string_view text);
[[nodiscard]] std::string writeMessage(const Message& message);

[[nodiscard]] std::optional<Origin> parseOrigin(std::string_view payload);
/// Signed when there is a key.
[[nodiscard]] Message makeMessage(Command command, const Origin& origin, const MessageKeys& keys);
/// Whether one of the keys signed it.
[[nodiscard]] bool isSigned(const Message& message, const MessageKeys& keys);

} // namespace iam::cluster
