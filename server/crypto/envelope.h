// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/published.h"
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
    /// Adds the keys of another ring that are not here yet, behind the others; what seals stays the same. Returns
    /// whether there were any. A key of the same id but another value stays as it is here.
    bool addMissing(const KeyRing& other);
    /// A ring of that key alone. Code::Encrypt when it is not here.
    [[nodiscard]] Result<KeyRing> only(std::string_view id) const;
    /// Lets that key seal instead of the newest; false when it is not here. Not part of the file.
    [[nodiscard]] bool sealWith(std::string_view id);
    [[nodiscard]] bool has(std::string_view id) const { return m_keys.contains(id); }
    /// Oldest first.
    [[nodiscard]] const std::vector<std::string>& ids() const noexcept { return m_order; }
    /// The key that seals: the last one, unless sealWith() said otherwise.
    [[nodiscard]] const std::string& sealingId() const noexcept { return m_sealing; }

    /// 32 bytes that follow from that key and the label, and tell nothing about the key (HMAC-SHA256): keys for other
    /// uses, fingerprints. Code::Encrypt when the key is not here.
    [[nodiscard]] Result<SecretString> derive(std::string_view id, std::string_view label) const;

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
    std::string m_sealing;
};

/// The key ring of a running server, which can be exchanged while others seal and open. Thread-safe; nobody waits.
class SealingKeys {
public:
    explicit SealingKeys(KeyRing ring)
        : m_ring(std::make_shared<const KeyRing>(std::move(ring)))
    {
    }
    void publish(KeyRing ring) { m_ring.publish(std::make_shared<const KeyRing>(std::move(ring))); }
    /// The ring of this moment.
    [[nodiscard]] std::shared_ptr<const KeyRing> ring() const { return m_ring.read(); }

    /// As KeyRing does.
    Result<std::string> seal(const SecretString& plaintext, std::string_view associatedData) const
    {
        return ring()->seal(plaintext, associatedData);
    }
    Result<SecretString> open(std::string_view sealed, std::string_view associatedData) const
    {
        return ring()->open(sealed, associatedData);
    }

private:
    Published<KeyRing> m_ring;
};

} // namespace iam::crypto
