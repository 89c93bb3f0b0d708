// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/proof/nodeproof.h"
#include "cluster/proof/signedmessage.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::cluster;
using namespace std::chrono_literals;

namespace {

constexpr const char* nonce = "0123456789abcdef";

template <class... Texts>
ProofKeys keysOf(Texts... texts)
{
    auto keys = ProofKeys::derive({SecretString(std::string(texts))...});
    if (!keys) qFatal("%s", keys.error().detail.c_str());
    return std::move(*keys);
}

} // namespace

class ProofTest : public QObject {
    Q_OBJECT

    test::ManualClock m_clock;
    const RequestText m_request{"GET", "/v1/agent/observations?a=1", "body"};

    MessageStamp stamped(const ProofKeys& keys, std::string text = nonce, std::chrono::milliseconds skew = 0ms)
    {
        return signRequest(keys, "n1", m_request, m_clock.now() + skew, std::move(text));
    }

private Q_SLOTS:
    void aNodeProvesItself()
    {
        const ProofKeys keys = keysOf("a key");
        const std::string body = encodeNodeProof(proveNode(keys, "n1", nonce, m_clock.now()));
        const auto node = verifiedNode(body, keys.verifyKey(), nonce);
        VERIFY_OK(node);
        QCOMPARE(*node, std::string("n1"));
    }

    void aProofIsOfItsNonceNodeAndKeyOnly()
    {
        const ProofKeys keys = keysOf("a key");
        NodeProof proof = proveNode(keys, "n1", nonce, m_clock.now());
        VERIFY_CODE(verifiedNode(encodeNodeProof(proof), keys.verifyKey(), "another-nonce-00"), Code::SignatureInvalid);
        VERIFY_CODE(verifiedNode(encodeNodeProof(proof), keysOf("other").verifyKey(), nonce), Code::SignatureInvalid);
        proof.node = "n2";
        VERIFY_CODE(verifiedNode(encodeNodeProof(proof), keys.verifyKey(), nonce), Code::SignatureInvalid);
        VERIFY_CODE(verifiedNode("<html>", keys.verifyKey(), nonce), Code::AnswerInvalid);
        VERIFY_CODE(verifiedNode("null", keys.verifyKey(), nonce), Code::AnswerInvalid);
        VERIFY_CODE(verifiedNode("{\"node\":1}", keys.verifyKey(), nonce), Code::AnswerInvalid);
        VERIFY_CODE(verifiedNode(std::string(5000, ' '), keys.verifyKey(), nonce), Code::AnswerInvalid);
    }

    void noncesHaveTheirForm()
    {
        QVERIFY(isProofNonce("abcdefghijklmno-"));
        QVERIFY(isProofNonce(std::string(64, '_')));
        QVERIFY(!isProofNonce(std::string(15, 'a')));
        QVERIFY(!isProofNonce(std::string(65, 'a')));
        QVERIFY(!isProofNonce("abcdefghijklmno\n"));
    }

    /// While the key is exchanged it does not matter who has the new one already.
    void nodesUnderstandEachOtherWhileTheKeyIsExchanged()
    {
        const ProofKeys before = keysOf("old");
        const ProofKeys meanwhile = keysOf("new", "old");
        const ProofKeys after = keysOf("new");
        for (const ProofKeys* signer : {&before, &meanwhile, &after}) {
            for (const ProofKeys* reader : {&before, &meanwhile, &after}) {
                const bool share = signer == reader || signer == &meanwhile || reader == &meanwhile;
                const std::string body = encodeNodeProof(proveNode(*signer, "n1", nonce, m_clock.now()));
                QCOMPARE(verifiedNode(body, reader->verifyKey(), nonce).has_value(), share);
                RequestGate gate;
                QCOMPARE(gate.check(*reader, m_request, stamped(*signer), m_clock) == Refusal::None, share);
            }
        }
    }

    void aRequestIsTakenOnce()
    {
        const ProofKeys keys = keysOf("a key");
        RequestGate gate;
        const MessageStamp stamp = stamped(keys);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::None);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::Replayed);
        m_clock.advance(messageWindow);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::Replayed);
        m_clock.advance(1ms);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::Clock);
    }

    /// The longest time that a request can be repeated in: signed ahead of the receiver's clock.
    void aRequestFromAheadIsRememberedLongEnough()
    {
        const ProofKeys keys = keysOf("a key");
        RequestGate gate;
        const MessageStamp stamp = stamped(keys, nonce, messageWindow);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::None);
        m_clock.advance(2 * messageWindow);
        QCOMPARE(gate.check(keys, m_request, stamp, m_clock), Refusal::Replayed);
    }

    void oldAndFutureRequestsAreRefused()
    {
        const ProofKeys keys = keysOf("a key");
        RequestGate gate;
        QCOMPARE(gate.check(keys, m_request, stamped(keys, "nonce-of-the-past", -messageWindow - 1ms), m_clock),
                 Refusal::Clock);
        QCOMPARE(gate.check(keys, m_request, stamped(keys, "nonce-of-the-future", messageWindow + 1ms), m_clock),
                 Refusal::Clock);
    }

    void nothingOfARequestCanBeChanged()
    {
        const ProofKeys keys = keysOf("a key");
        RequestGate gate;
        const MessageStamp good = stamped(keys);
        const auto refused = [&](const RequestText& request, const MessageStamp& stamp) {
            return gate.check(keys, request, stamp, m_clock) == Refusal::Unsigned;
        };
        QVERIFY(refused({"POST", m_request.target, m_request.body}, good));
        QVERIFY(refused({"GET", "/v1/agent/observations?a=2", m_request.body}, good));
        QVERIFY(refused({"GET", m_request.target, "bodx"}, good));
        MessageStamp other = good;
        other.sender = "n2";
        QVERIFY(refused(m_request, other));
        other = good;
        other.time.back() = other.time.back() == '0' ? '1' : '0';
        QVERIFY(refused(m_request, other));
        other = good;
        other.nonce.back() = 'x';
        QVERIFY(refused(m_request, other));
        other = good;
        other.signature.clear();
        QVERIFY(refused(m_request, other));
        QVERIFY(refused(m_request, stamped(keysOf("other key"))));
        QVERIFY(refused(m_request, stamped(keys, "short")));
        QVERIFY(refused(m_request, {}));
        QCOMPARE(gate.check(keys, m_request, good, m_clock), Refusal::None);
    }

    void anAnswerBelongsToItsRequestAndSender()
    {
        const ProofKeys keys = keysOf("a key");
        const MessageStamp answer = signAnswer(keys, "n2", 200, "{}", m_clock.now(), nonce);
        QCOMPARE(verifyAnswer(keys, answer, "n2", 200, "{}", nonce), std::optional(m_clock.now()));
        QVERIFY(!verifyAnswer(keys, answer, "n3", 200, "{}", nonce));
        QVERIFY(!verifyAnswer(keys, answer, "n2", 403, "{}", nonce));
        QVERIFY(!verifyAnswer(keys, answer, "n2", 200, "{ }", nonce));
        QVERIFY(!verifyAnswer(keys, answer, "n2", 200, "{}", "another-nonce-00"));
        QVERIFY(!verifyAnswer(keysOf("other"), answer, "n2", 200, "{}", nonce));
    }

    void memoryIsBounded()
    {
        NonceMemory memory(10s, 2);
        using Seen = NonceMemory::Seen;
        QCOMPARE(memory.note("a", m_clock.steadyNow()), Seen::New);
        QCOMPARE(memory.note("b", m_clock.steadyNow()), Seen::New);
        QCOMPARE(memory.note("c", m_clock.steadyNow()), Seen::Full);
        QCOMPARE(memory.note("a", m_clock.steadyNow()), Seen::Again);
        m_clock.advance(10s);
        QCOMPARE(memory.note("c", m_clock.steadyNow()), Seen::New);
        QCOMPARE(memory.size(), std::size_t{1});
    }

    void thereAreOneOrTwoKeys()
    {
        VERIFY_CODE(ProofKeys::derive({}), Code::Encrypt);
        VERIFY_CODE(ProofKeys::derive({SecretString()}), Code::Encrypt);
        VERIFY_CODE(ProofKeys::derive(std::vector<SecretString>(3, SecretString(std::string("x")))), Code::Encrypt);
    }
};

QTEST_APPLESS_MAIN(ProofTest)
#include "prooftest.moc"
