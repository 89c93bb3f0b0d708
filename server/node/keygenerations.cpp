// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/keygenerations.h"
#include "crypto/keyedmac.h"
#include "node/keyfiles.h"
#include <algorithm>
#include <string_view>

namespace iam::node {
namespace {

constexpr std::string_view version = "v1";
constexpr const char* keyLabel = "iam fingerprint of a key";
constexpr const char* tokenLabel = "iam fingerprint of a token key";

std::string toHex(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
        text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
    }
    return text;
}

Result<std::string> ringPrint(const crypto::KeyRing& ring, const std::string& id)
{
    const auto derived = ring.derive(id, keyLabel);
    if (!derived) return fail(derived);
    return id + ':' + toHex(derived->reveal());
}

Result<std::string> tokenPrint(const crypto::KeyRing& encryption, const std::string& id, const SecretString& token)
{
    const auto derived = encryption.derive(id, tokenLabel);
    if (!derived) return fail(derived);
    const auto mac = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, *derived);
    if (!mac) return fail(mac);
    return toHex(mac->mac(token.reveal()));
}

/// The value behind "<name>=" in the words of a fingerprint; empty when there is none.
std::string_view wordOf(std::string_view fingerprint, char name)
{
    const std::string key = std::string(" ") + name + '=';
    const std::size_t at = fingerprint.find(key);
    if (at == std::string_view::npos) return {};
    const std::string_view value = fingerprint.substr(at + key.size());
    return value.substr(0, value.find(' '));
}

/// The id of the key in `ring` that the word speaks of; empty when it is not there.
std::string idOf(std::string_view word, const std::optional<crypto::KeyRing>& ring)
{
    std::string id(word.substr(0, word.find(':')));
    if (!ring || !ring->has(id)) return {};
    const auto print = ringPrint(*ring, id);
    return print && equalConstantTime(*print, word) ? id : std::string();
}

std::string purposeOf(std::uint64_t number)
{
    return "key generation " + std::to_string(number);
}

} // namespace

Result<GenerationKeys> newestKeys(const crypto::KeySet& keys, const std::optional<SecretString>& configured)
{
    if (!keys.encryption) return fail(Code::Encrypt, encryptionKeyFile);
    if (!keys.cluster) return fail(Code::Encrypt, clusterKeyFile);
    if (!configured && keys.token.empty()) return fail(Code::Encrypt, tokenKeyFile);
    return GenerationKeys{keys.encryption->ids().back(), keys.cluster->ids().back(),
                          configured ? *configured : keys.token.back()};
}

Result<std::string> fingerprintOf(const crypto::KeySet& keys, const GenerationKeys& generation, bool shared)
{
    const auto encryption = ringPrint(*keys.encryption, generation.encryptionId);
    if (!encryption) return fail(encryption);
    std::string text = std::string(version) + " e=" + *encryption;
    if (!shared) return text;
    const auto cluster = ringPrint(*keys.cluster, generation.clusterId);
    if (!cluster) return fail(cluster);
    const auto token = tokenPrint(*keys.encryption, generation.encryptionId, generation.token);
    if (!token) return fail(token);
    return text + " c=" + *cluster + " t=" + *token;
}

Result<GenerationKeys> findRings(const std::string& fingerprint, const crypto::KeySet& keys)
{
    GenerationKeys found;
    // A fingerprint of another version cannot be checked; what cannot be checked does not fit.
    if (fingerprint.starts_with(version)) found.encryptionId = idOf(wordOf(fingerprint, 'e'), keys.encryption);
    if (found.encryptionId.empty()) return fail(Code::Encrypt, encryptionKeyFile);
    if (const auto word = wordOf(fingerprint, 'c'); !word.empty()) {
        found.clusterId = idOf(word, keys.cluster);
        if (found.clusterId.empty()) return fail(Code::Encrypt, clusterKeyFile);
    }
    return found;
}

Result<GenerationKeys> findKeys(const std::string& fingerprint, const crypto::KeySet& keys,
                                const std::optional<SecretString>& configured)
{
    auto found = findRings(fingerprint, keys);
    if (!found) return found;
    if (const auto word = wordOf(fingerprint, 't'); !word.empty()) {
        const crypto::TokenKeys candidates = configured ? crypto::TokenKeys{*configured} : keys.token;
        const auto token = std::find_if(candidates.begin(), candidates.end(), [&](const SecretString& candidate) {
            const auto print = tokenPrint(*keys.encryption, found->encryptionId, candidate);
            return print && equalConstantTime(*print, word);
        });
        if (token == candidates.end())
            return fail(Code::Encrypt, std::string(tokenKeyFile) + (configured ? " of the configuration" : ""));
        found->token = *token;
    }
    return found;
}

Result<std::string> sealGeneration(std::uint64_t number, const crypto::KeySet& added, const crypto::KeySet& keys,
                                   const std::string& clusterId)
{
    const auto ring = keys.cluster->only(clusterId);
    if (!ring) return fail(ring);
    return ring->seal(added.serialize(), purposeOf(number));
}

std::vector<Result<GenerationKeys>> readGenerations(const std::vector<store::KeyGeneration>& generations,
                                                    crypto::KeySet& keys, const std::optional<SecretString>& configured)
{
    std::vector<Result<GenerationKeys>> read;
    read.reserve(generations.size());
    for (const store::KeyGeneration& generation : generations) {
        auto found = findKeys(generation.fingerprint, keys, configured);
        if (!found && !generation.sealed.empty() && keys.cluster) {
            if (const auto text = keys.cluster->open(generation.sealed, purposeOf(generation.number)))
                if (const auto added = crypto::KeySet::parse(*text); added && keys.addMissing(*added))
                    found = findKeys(generation.fingerprint, keys, configured);
        }
        read.push_back(std::move(found));
    }
    return read;
}

std::size_t activeGeneration(const std::vector<store::KeyGeneration>& generations, TimePoint now)
{
    std::size_t active = 0;
    for (std::size_t i = 0; i < generations.size(); ++i)
        if (generations[i].activeFrom <= now) active = i;
    return active;
}

} // namespace iam::node
