// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/proof/proofkeys.h"
#include "crypto/base64.h"

namespace iam::cluster {
namespace {

constexpr std::string_view messageInfo = "iam cluster: messages between agents";
constexpr std::string_view proofInfo = "iam cluster: proof of a node";

/// The decoded parts of "a.b"; those that are not base64url are left out.
std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts;
    for (std::size_t count = 0; count < ProofKeys::most; ++count) {
        const std::size_t dot = text.find('.');
        if (auto bytes = crypto::fromBase64Url(text.substr(0, dot)); bytes && !bytes->empty())
            parts.push_back(std::move(*bytes));
        if (dot == std::string_view::npos) break;
        text.remove_prefix(dot + 1);
    }
    return parts;
}

void appendPart(std::string& text, std::string_view bytes)
{
    if (!text.empty()) text += '.';
    text += crypto::toBase64Url(bytes);
}

} // namespace

Result<ProofKeys> ProofKeys::derive(const std::vector<SecretString>& clusterKeys)
{
    if (clusterKeys.empty() || clusterKeys.size() > most) return fail(Code::Encrypt, "there is no cluster key");
    ProofKeys keys;
    for (const SecretString& clusterKey : clusterKeys) {
        const auto forMessages = crypto::deriveKey(clusterKey, {}, messageInfo, 32);
        const auto seed = crypto::deriveKey(clusterKey, {}, proofInfo, 32);
        if (!forMessages) return fail(forMessages);
        if (!seed) return fail(seed);
        auto mac = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, *forMessages);
        if (!mac) return fail(mac);
        auto signing = crypto::SigningKey::fromSeed(*seed);
        if (!signing) return fail(signing);
        appendPart(keys.m_verifyKey, signing->publicKey());
        keys.m_macs.push_back(std::move(*mac));
        keys.m_signing.push_back(std::move(*signing));
    }
    return keys;
}

std::string ProofKeys::mac(std::string_view data) const
{
    std::string text;
    for (const crypto::HmacKey& key : m_macs) appendPart(text, key.mac(data));
    return text;
}

bool ProofKeys::verifyMac(std::string_view data, std::string_view text) const
{
    const std::vector<std::string> parts = partsOf(text);
    for (const crypto::HmacKey& key : m_macs)
        for (const std::string& part : parts)
            if (key.verify(data, part)) return true;
    return false;
}

std::string ProofKeys::sign(std::string_view data) const
{
    std::string text;
    for (const crypto::SigningKey& key : m_signing) appendPart(text, key.sign(data));
    return text;
}

bool verifySigned(std::string_view verifyKey, std::string_view data, std::string_view signature)
{
    const std::vector<std::string> signatures = partsOf(signature);
    for (const std::string& key : partsOf(verifyKey))
        for (const std::string& part : signatures)
            if (crypto::verifySignature(key, data, part)) return true;
    return false;
}

} // namespace iam::cluster
