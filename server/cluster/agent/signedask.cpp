// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/signedask.h"
#include "base/text.h"
#include "cluster/proof/signedmessage.h"
#include "crypto/random.h"
#include <algorithm>

namespace iam::cluster {

SignedAsk::SignedAsk(HttpAsk::Config config, Who who, const ClusterKeySource& keys, const Clock& clock, Done done)
    : m_who(std::move(who))
    , m_keys(keys)
    , m_clock(clock)
    , m_done(std::move(done))
    , m_ask(std::move(config), clock)
{
    QObject::connect(&m_ask, &HttpAsk::answered, &m_ask, [this](const HttpWord& word) { heard(word); });
}

void SignedAsk::get(const std::string& target)
{
    if (asking()) return;
    m_signedWith = m_keys.keys();
    if (!m_signedWith) return;
    m_nonce = crypto::randomText(22);
    const MessageStamp stamp =
        signRequest(*m_signedWith, m_who.sender, {"GET", target, {}}, m_clock.now() + m_offset, m_nonce);
    m_ask.get(target, {{senderField, stamp.sender},
                       {timeField, stamp.time},
                       {nonceField, stamp.nonce},
                       {signatureField, stamp.signature}});
}

void SignedAsk::heard(const HttpWord& word)
{
    SignedAnswer answer;
    answer.askedAt = word.askedAt;
    answer.reason = word.reason;
    switch (word.outcome) {
    case HttpWord::Outcome::Unasked:
        answer.outcome = SignedAnswer::Outcome::Unasked;
        break;
    case HttpWord::Outcome::Silent:
        answer.outcome = SignedAnswer::Outcome::Silent;
        break;
    case HttpWord::Outcome::Answered:
        judge(word, answer);
        break;
    }
    m_done(answer);
}

void SignedAsk::judge(const HttpWord& word, SignedAnswer& answer)
{
    const auto field = [&word](std::string_view name) {
        const auto found = std::find_if(word.fields.begin(), word.fields.end(), [name](const HttpField& known) {
            return text::equalIgnoringCase(known.name, name);
        });
        return found == word.fields.end() ? std::string() : found->value;
    };
    const MessageStamp stamp{field(senderField), field(timeField), {}, field(signatureField)};
    const std::string& answerer = m_who.answerer.empty() ? stamp.sender : m_who.answerer;
    const auto time = verifyAnswer(*m_signedWith, stamp, answerer, word.status, word.body, m_nonce);
    if (!time) {
        answer.outcome = SignedAnswer::Outcome::Forged;
        answer.reason = "an answer that is not signed with this cluster's key";
        return;
    }
    const auto way = std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow() - word.askedAt);
    m_offset = *time - (m_clock.now() - way / 2);
    answer.clockOffset = m_offset;
    answer.clockError = (way + std::chrono::milliseconds(1)) / 2;
    answer.outcome = word.status == 200 ? SignedAnswer::Outcome::Answered : SignedAnswer::Outcome::Refused;
    if (word.status != 200) answer.reason = word.body.substr(0, 200);
    answer.body = word.body;
}

} // namespace iam::cluster
