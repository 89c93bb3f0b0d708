// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/vipwitness.h"
#include "cluster/proof/nodeproof.h"
#include "cluster/verdict/evidencepool.h"
#include "crypto/random.h"

namespace iam::cluster {
namespace {

constexpr std::size_t longestProof = 4096;

} // namespace

VipWitness::VipWitness(std::string self, const ClusterDefinition& definition, const ClusterKeySource& keys,
                       const Clock& clock, Said said)
    : m_self(std::move(self))
    , m_keys(keys)
    , m_said(std::move(said))
    , m_ask(HttpAsk::Config{definition.vip.address, definition.ports.http, definition.apiDomain, false, longestProof,
                            timeout},
            clock)
{
    QObject::connect(&m_ask, &HttpAsk::answered, &m_ask, [this](const HttpWord& word) { answered(word); });
}

void VipWitness::ask()
{
    if (m_ask.asking()) return;
    m_nonce = crypto::randomText(22);
    m_ask.get(std::string(nodeProofPath) + "?nonce=" + m_nonce);
}

void VipWitness::answered(const HttpWord& word)
{
    if (word.outcome == HttpWord::Outcome::Unasked) return;
    const auto keys = m_keys.keys();
    if (!keys) return; // nothing could be checked
    // An answer without a proof is one of an nginx whose agent is gone: nobody proved to be there.
    std::string says = "none";
    if (word.outcome == HttpWord::Outcome::Answered && word.status == 200) {
        const auto node = verifiedNode(word.body, keys->verifyKey(), m_nonce);
        says = node ? *node : "forged";
    }
    const bool same = m_word && m_word->says == says && word.askedAt - m_word->at <= freshFor;
    m_word = Observation{m_self, Fact::VipAnswer, {},
                         says,   word.askedAt,    same ? m_word->since : std::optional(word.askedAt)};
    m_said(*m_word);
}

} // namespace iam::cluster
