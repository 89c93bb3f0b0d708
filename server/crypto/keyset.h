// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/envelope.h"
#include "crypto/tokenkeys.h"
#include <optional>

namespace iam::crypto {

/// The keys that the nodes of one database share, or some of them.
///
/// As text: first line "iam-keys 1", then one key a line, oldest of a kind first: "encryption <id>:<base64 of 32
/// bytes>", "cluster <id>:<base64 of 32 bytes>", "token <64 printable characters>".
struct KeySet {
    static constexpr std::size_t maxText = 192 * 1024;

    std::optional<KeyRing> encryption; ///< seals secret values
    std::optional<KeyRing> cluster;    ///< for messages between nodes, and seals new generations of all three
    TokenKeys token;                   ///< sign log-in tokens; none when the configuration has the key

    /// Code::Encrypt for anything that serialize() does not make; the detail repeats no key.
    static Result<KeySet> parse(const SecretString& text);
    [[nodiscard]] SecretString serialize() const;

    /// Adds the keys that are not here yet, each kind behind the others. Whether there were any.
    bool addMissing(const KeySet& other);
    /// Whether every key of the other one is here.
    [[nodiscard]] bool includes(const KeySet& other) const;
};

} // namespace iam::crypto
