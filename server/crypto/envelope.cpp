// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/envelope.h"
#include "crypto/aead.h"
#include "crypto/base64.h"
#include "crypto/keyedmac.h"
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include <algorithm>

namespace iam::crypto {

namespace {

constexpr std::string_view fileHeader = "iam-keyring 1";
constexpr std::string_view envelopePrefix = "v1:";
constexpr std::size_t maxFileSize = 64 * 1024;
constexpr std::size_t maxSealedSize = 1024 * 1024;
constexpr std::size_t maxIdSize = 32;

bool isKeyId(std::string_view id)
{
    return !id.empty() && id.size() <= maxIdSize &&
           std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

// What the tag protects besides the ciphertext: the form and the key's id, so that neither can be exchanged.
std::string protectedData(std::string_view keyId, std::string_view associatedData)
{
    std::string data(envelopePrefix);
    data += keyId;
    data += ':';
    data += associatedData;
    return data;
}

} // namespace

KeyRing KeyRing::generate()
{
    KeyRing ring;
    ring.addKey();
    return ring;
}

void KeyRing::addKey()
{
    std::string id;
    do {
        id = randomText(8, "abcdefghijklmnopqrstuvwxyz0123456789");
    } while (m_keys.contains(id));
    m_keys.emplace(id, SecretString(randomBytes(aeadKeySize)));
    m_order.push_back(id);
    m_sealing = id;
}

bool KeyRing::addMissing(const KeyRing& other)
{
    bool added = false;
    for (const std::string& id : other.m_order) {
        if (!m_keys.emplace(id, other.m_keys.at(id)).second) continue;
        m_order.push_back(id);
        added = true;
    }
    return added;
}

Result<KeyRing> KeyRing::only(std::string_view id) const
{
    const auto key = m_keys.find(id);
    if (key == m_keys.end()) return fail(Code::Encrypt, "this key ring does not hold the key " + std::string(id));
    KeyRing ring;
    ring.m_keys.insert(*key);
    ring.m_order.push_back(key->first);
    ring.m_sealing = key->first;
    return ring;
}

bool KeyRing::sealWith(std::string_view id)
{
    if (!has(id)) return false;
    m_sealing = id;
    return true;
}

Result<SecretString> KeyRing::derive(std::string_view id, std::string_view label) const
{
    const auto key = m_keys.find(id);
    if (key == m_keys.end()) return fail(Code::Encrypt, "this key ring does not hold the key " + std::string(id));
    const auto mac = HmacKey::make(HmacAlgorithm::Sha256, key->second);
    if (!mac) return fail(mac);
    return SecretString(mac->mac(label));
}

Result<KeyRing> KeyRing::parse(const SecretString& text)
{
    KeyRing ring;
    std::string_view rest = text.reveal();
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const std::string place = "line " + std::to_string(number);
        if (number == 1) {
            if (line != fileHeader) return fail(Code::Encrypt, "this is not a key ring: line 1 is not its header");
            continue;
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !isKeyId(line.substr(0, colon))) {
            return fail(Code::Encrypt, place + " is not <id>:<key>");
        }
        auto key = fromBase64(line.substr(colon + 1));
        if (!key || key->size() != aeadKeySize) return fail(Code::Encrypt, place + " does not hold a key of 32 bytes");
        std::string id(line.substr(0, colon));
        if (!ring.m_keys.emplace(id, SecretString(std::move(*key))).second) {
            return fail(Code::Encrypt, place + " repeats a key id");
        }
        ring.m_order.push_back(id);
        ring.m_sealing = std::move(id);
    }
    if (ring.m_order.empty()) return fail(Code::Encrypt, "this key ring holds no key");
    return ring;
}

SecretString KeyRing::serialize() const
{
    std::string text(fileHeader);
    text += '\n';
    for (const std::string& id : m_order) text += id + ':' + toBase64(m_keys.at(id).reveal()) + '\n';
    return SecretString(std::move(text));
}

Result<KeyRing> KeyRing::load(const std::string& path)
{
    const auto text = readPrivateFile(path, maxFileSize);
    if (!text) return fail(text);
    auto ring = parse(*text);
    if (!ring) return fail(ring.error().code, path + ": " + ring.error().detail);
    return ring;
}

Result<KeyRing> KeyRing::loadOrCreate(const std::string& path)
{
    auto ring = load(path);
    if (ring || ring.error().code != Code::SecretNotFound) return ring;
    const auto created = createPrivateFile(path, generate().serialize());
    if (!created && created.error().code != Code::SecretAlreadyExist) return fail(created);
    return load(path);
}

Result<std::string> KeyRing::seal(const SecretString& plaintext, std::string_view associatedData) const
{
    if (plaintext.reveal().size() > maxSealedSize / 2) return fail(Code::Encrypt, "too large to be sealed");
    const auto sealed = aeadSeal(m_keys.at(m_sealing), plaintext, protectedData(m_sealing, associatedData));
    if (!sealed) return fail(sealed);
    return std::string(envelopePrefix) + m_sealing + ':' + toBase64(*sealed);
}

Result<SecretString> KeyRing::open(std::string_view sealed, std::string_view associatedData) const
{
    const std::string_view id = keyIdOf(sealed);
    if (id.empty() || sealed.size() > maxSealedSize) return fail(Code::Encrypt, "this is not a sealed value");
    const auto key = m_keys.find(id);
    if (key == m_keys.end()) {
        return fail(Code::Encrypt, "sealed with the key " + std::string(id) + ", which this key ring does not hold");
    }
    const auto bytes = fromBase64(sealed.substr(envelopePrefix.size() + id.size() + 1));
    if (!bytes) return fail(Code::Encrypt, "a sealed value is damaged");
    return aeadOpen(key->second, *bytes, protectedData(id, associatedData));
}

std::string_view KeyRing::keyIdOf(std::string_view sealed) noexcept
{
    if (!sealed.starts_with(envelopePrefix)) return {};
    const std::string_view rest = sealed.substr(envelopePrefix.size());
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos || !isKeyId(rest.substr(0, colon))) return {};
    return rest.substr(0, colon);
}

} // namespace iam::crypto
