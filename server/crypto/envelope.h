// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace iam::crypto {

/// The master keys that encrypt secret values at rest. Several, each with an id: the newest seals, all open.
/// A plain value after loading; thread-safe to read.
///
/// The file: first line "iam-keyring 1", then one key a line, oldest first: "<id>:<base64 of 32 bytes>".
class KeyRing {
public:
    /// A ring of one new random key.
    static KeyRing generate();
    /// Absent: Code::SecretNotFound. Wrong permissions, size or content: Code::Encrypt, with path and fault.
    static Result<KeyRing> load(const std::string& path);
    /// Makes the file (0600, atomically, on the disk) when there is none.
    static Result<KeyRing> loadOrCreate(const std::string& path);
    static Result<KeyRing> parse(const SecretString& text);
    [[nodiscard]] SecretString serialize() const;

    /// Adds a random key, which seals from now on.
    void addKey();
    [[nodiscard]] const std::string& newestId() const noexcept { return m_newest; }

    /// AES-256-GCM with a fresh nonce: "v1:<key id>:<base64 of nonce, ciphertext and tag>". The associated data (who
    /// the value belongs to) is not stored, and has to be the same to open it.
    Result<std::string> seal(const SecretString& plaintext, std::string_view associatedData) const;
    /// Fails with Code::Encrypt on any change of the text, another associated data or an unknown key.
    Result<SecretString> open(std::string_view sealed, std::string_view associatedData) const;
    /// The id of the key that sealed the text; empty when it is not a sealed text.
    [[nodiscard]] static std::string_view keyIdOf(std::string_view sealed) noexcept;

private:
    KeyRing() = default;

    std::map<std::string, SecretString, std::less<>> m_keys;
    std::vector<std::string> m_order;
    std::string m_newest;
};

} // namespace iam::crypto
