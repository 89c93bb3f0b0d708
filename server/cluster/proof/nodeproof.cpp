// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/proof/nodeproof.h"
#include "contract/json.h"
#include <algorithm>

namespace iam::cluster {
namespace {

constexpr std::size_t maxProof = 4096;

std::string signedText(const NodeProof& proof)
{
    return "iam-node\n" + proof.node + '\n' + proof.nonce + '\n' +
           std::to_string(proof.time.time_since_epoch().count());
}

} // namespace

bool isProofNonce(std::string_view nonce) noexcept
{
    return nonce.size() >= 16 && nonce.size() <= 64 && std::all_of(nonce.begin(), nonce.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                      c == '_';
           });
}

NodeProof proveNode(const ProofKeys& keys, std::string node, std::string nonce, TimePoint now)
{
    NodeProof proof{std::move(node), std::move(nonce), now, {}};
    proof.signature = keys.sign(signedText(proof));
    return proof;
}

std::string encodeNodeProof(const NodeProof& proof)
{
    std::string out;
    contract::JsonObjectWriter(out)
        .text("node", proof.node)
        .text("nonce", proof.nonce)
        .number("time_ms", std::int64_t{proof.time.time_since_epoch().count()})
        .text("signature", proof.signature);
    return out;
}

Result<NodeProof> decodeNodeProof(std::string_view body)
{
    const auto json = body.size() <= maxProof ? contract::parseWholeJson(body, 8) : Result<contract::Json>();
    if (body.size() > maxProof || !json) return fail(Code::AnswerInvalid, "no proof of a node");
    const auto text = [&json](std::string_view name) {
        const contract::Json* member = json->find(name);
        return member != nullptr ? member->string() : nullptr;
    };
    const contract::Json* time = json->find("time_ms");
    const std::string* node = text("node");
    const std::string* nonce = text("nonce");
    const std::string* signature = text("signature");
    if (node == nullptr || nonce == nullptr || signature == nullptr || time == nullptr || time->integer() == nullptr)
        return fail(Code::AnswerInvalid, "no proof of a node");
    return NodeProof{*node, *nonce, TimePoint(std::chrono::milliseconds(*time->integer())), *signature};
}

Result<std::string> verifiedNode(std::string_view body, std::string_view verifyKey, std::string_view nonce)
{
    auto proof = decodeNodeProof(body);
    if (!proof) return fail(proof);
    if (proof->nonce != nonce) return fail(Code::SignatureInvalid, "a proof for another nonce");
    if (!verifySigned(verifyKey, signedText(*proof), proof->signature))
        return fail(Code::SignatureInvalid, "a proof with a wrong signature");
    return std::move(proof->node);
}

} // namespace iam::cluster
