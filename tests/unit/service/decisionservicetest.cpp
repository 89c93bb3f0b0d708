// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/decisionservice.h"
#include "service/secretservice.h"
#include "servicefixture.h"
#include <thread>

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

class DecisionServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;
    std::unique_ptr<SecretService> m_secrets;
    std::unique_ptr<KeyUses> m_uses;
    std::unique_ptr<DecisionService> m_decisions;
    const std::shared_ptr<const AccessKey> m_key = std::make_shared<const AccessKey>(
        store::SecretKeyEntry{}, crypto::SecretTokenKey::make(SecretString("a key")).value());
    std::vector<contract::DecisionRecord> m_records;
    Result<> m_recording;

    contract::Secret createSecret(const std::string& name, std::int64_t expires = 0)
    {
        const auto made =
            m_secrets->create(m_f->caller("Ann"), "Ann",
                              R"({"metadata":{"name":")" + name + R"("},"expires":)" + std::to_string(expires) + "}");
        return made ? *made : contract::Secret();
    }
    /// The owner's name.
    Result<std::string> authenticate(const contract::Secret& secret, std::chrono::seconds lifetime = 60s) const
    {
        const auto signer = signerOf(secret, lifetime);
        if (!signer) return fail(signer);
        return signer->owner;
    }
    Result<Signer> signerOf(const contract::Secret& secret, std::chrono::seconds lifetime = 60s) const
    {
        const auto token = crypto::issueSecretToken(secret.secretId, secret.secretKey, "iam.authz.marmotedu.com",
                                                    m_f->clock.now(), lifetime);
        if (!token) return fail(token);
        return m_decisions->authenticate(*token);
    }
    Result<contract::Decision> decide(const std::string& owner, const std::string& body)
    {
        return decide(Signer{owner, m_key}, body);
    }
    Result<contract::Decision> decide(const Signer& signer, const std::string& body,
                                      const std::string& address = "10.0.0.7")
    {
        Result<contract::Decision> answer = fail(Code::Unknown, "not called");
        int calls = 0;
        m_decisions->decide(signer, body, address, "request-7", [&](Result<contract::Decision> decision) {
            answer = std::move(decision);
            ++calls;
        });
        if (calls != 1) return fail(Code::Unknown, "called " + std::to_string(calls) + " times");
        return answer;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServiceFixture>();
        m_secrets =
            std::make_unique<SecretService>(*m_f->storage, m_f->directory, m_f->keyRing, SecretRules{}, m_f->clock);
        m_records.clear();
        m_recording = {};
        m_uses = std::make_unique<KeyUses>(m_f->storage->secrets(), m_f->clock);
        m_decisions = std::make_unique<DecisionService>(
            m_f->directory, *m_uses, crypto::SecretTokenRules{}, m_f->clock, "node-a", 16,
            [this](contract::DecisionRecord record, const DecisionService::Recorded& recorded) {
                m_records.push_back(std::move(record));
                recorded(m_recording);
            });
        m_f->addUser("Ann", "Secret@2026");
        VERIFY_OK(m_f->directory.refreshAll());
    }

    void aSecretSpeaksForItsOwner()
    {
        const contract::Secret secret = createSecret("s0");
        QCOMPARE(*authenticate(secret), std::string("Ann"));
        contract::Secret other = secret;
        other.secretKey = SecretString("another key");
        VERIFY_CODE(authenticate(other), Code::SignatureInvalid);
        other = secret;
        other.secretId = "unknown";
        VERIFY_CODE(authenticate(other), Code::SignatureInvalid);
        VERIFY_CODE(m_decisions->authenticate(""), Code::SignatureInvalid);
        VERIFY_OK(m_secrets->remove(m_f->caller("Ann"), "Ann", {"s0"}));
        VERIFY_CODE(authenticate(secret), Code::SignatureInvalid);
    }

    /// Every end of what a token stands for, with the one token that was good a moment ago.
    void aRememberedTokenEndsAtOnce_data()
    {
        QTest::addColumn<int>("end");
        QTest::addRow("its time is over") << 0;
        QTest::addRow("its time has not begun: the clock was set back") << 1;
        QTest::addRow("the secret has expired") << 2;
        QTest::addRow("the secret is disabled") << 3;
        QTest::addRow("the secret is removed") << 4;
        QTest::addRow("the secret's key was exchanged and the old one ended") << 5;
        QTest::addRow("the old key's time is over") << 6;
        QTest::addRow("the owner is disabled") << 7;
        QTest::addRow("the owner is removed") << 8;
        QTest::addRow("removed, and made anew with the same name") << 9;
    }
    void aRememberedTokenEndsAtOnce()
    {
        QFETCH(const int, end);
        const std::int64_t now = m_f->clock.now().time_since_epoch() / 1s;
        const contract::Secret secret = createSecret("s0", now + 500);
        const auto token = crypto::issueSecretToken(secret.secretId, secret.secretKey, "iam.authz.marmotedu.com",
                                                    m_f->clock.now(), end == 0 ? 60s : 1000s);
        VERIFY_OK(token);
        for (int i = 0; i < 3; ++i) VERIFY_OK(m_decisions->authenticate(*token));
        // Another change takes nothing from it.
        m_f->addUser("Bob", "Secret@2026");
        VERIFY_OK(m_decisions->authenticate(*token));
        VERIFY_OK(m_decisions->authenticate(*token));

        const Caller ann = m_f->caller("Ann");
        store::UserStore& users = m_f->storage->users();
        Code code = Code::SignatureInvalid;
        switch (end) {
        case 0:
            m_f->clock.advance(59'999ms);
            VERIFY_OK(m_decisions->authenticate(*token));
            m_f->clock.advance(1ms);
            break;
        case 1:
            m_f->clock.advance(-1s);
            break;
        case 2:
            m_f->clock.advance(500s);
            VERIFY_OK(m_decisions->authenticate(*token));
            m_f->clock.advance(1ms);
            code = Code::Expired;
            break;
        case 3:
            VERIFY_OK(m_secrets->setEnabled(ann, "Ann", "s0", false, {}));
            break;
        case 4:
            VERIFY_OK(m_secrets->remove(ann, "Ann", {"s0"}));
            break;
        case 5:
            VERIFY_OK(m_secrets->rotate(ann, "Ann", "s0", R"({"overlap":100})", {}));
            VERIFY_OK(m_decisions->authenticate(*token));
            VERIFY_OK(m_secrets->endPrevious(ann, "Ann", "s0", {}));
            break;
        case 6:
            VERIFY_OK(m_secrets->rotate(ann, "Ann", "s0", R"({"overlap":100})", {}));
            m_f->clock.advance(100s);
            VERIFY_OK(m_decisions->authenticate(*token));
            m_f->clock.advance(1ms);
            break;
        case 7:
            VERIFY_OK(users.setEnabled("ann", false, m_f->actor, m_f->clock.now()));
            m_f->directory.changed(Changed::Others);
            break;
        case 8:
            VERIFY_OK(users.remove({"ann"}, m_f->actor, m_f->clock.now()));
            m_f->directory.changed(Changed::Others);
            break;
        case 9:
            VERIFY_OK(users.remove({"ann"}, m_f->actor, m_f->clock.now()));
            m_f->addUser("Ann", "Secret@2026");
            createSecret("s0");
            break;
        default:
            QFAIL("unknown end");
        }
        VERIFY_CODE(m_decisions->authenticate(*token), code);
        VERIFY_CODE(m_decisions->authenticate(*token), code);
    }

    void aRememberedTokenVouchesForNoOther()
    {
        const contract::Secret secret = createSecret("s0");
        auto token = crypto::issueSecretToken(secret.secretId, secret.secretKey, "iam.authz.marmotedu.com",
                                              m_f->clock.now(), 60s);
        VERIFY_OK(token);
        VERIFY_OK(m_decisions->authenticate(*token));
        for (std::size_t i = 0; i < token->size(); i += 7) {
            std::string other = *token;
            other[i] = other[i] == 'A' ? 'B' : 'A';
            VERIFY_CODE(m_decisions->authenticate(other), Code::SignatureInvalid);
        }
        VERIFY_OK(m_decisions->authenticate(*token));
        // Many more than there are places: none speaks for another one's owner.
        m_f->addUser("Bob", "Secret@2026");
        const auto bobs = m_secrets->create(m_f->caller("Bob"), "Bob", R"({"metadata":{"name":"b0"}})");
        VERIFY_OK(bobs);
        for (int i = 1; i < 200; ++i) {
            const contract::Secret& chosen = i % 2 == 0 ? secret : *bobs;
            const auto signer = signerOf(chosen, std::chrono::seconds(i));
            VERIFY_OK(signer);
            QCOMPARE(signer->owner, std::string(i % 2 == 0 ? "Ann" : "Bob"));
        }
    }

    void anExpiredSecretSaysSo()
    {
        const std::int64_t now = m_f->clock.now().time_since_epoch() / 1s;
        const contract::Secret secret = createSecret("s0", now + 100);
        VERIFY_OK(authenticate(secret));
        m_f->clock.advance(100s);
        VERIFY_OK(authenticate(secret)); // until that second
        m_f->clock.advance(1ms);
        VERIFY_CODE(authenticate(secret), Code::Expired);
        contract::Secret forged = secret;
        forged.secretKey = SecretString("another key");
        VERIFY_CODE(authenticate(forged), Code::SignatureInvalid);
        const auto renewed =
            m_secrets->update(m_f->caller("Ann"), "Ann", "S0", R"({"expires":)" + std::to_string(now + 1000) + "}", {});
        VERIFY_OK(renewed);
        QVERIFY(renewed->secretKey.empty());
        VERIFY_OK(authenticate(secret));
    }

    void aDisabledSecretHasNoVoice()
    {
        const contract::Secret secret = createSecret("s0");
        const Caller ann = m_f->caller("Ann");
        VERIFY_OK(m_secrets->setEnabled(ann, "Ann", "s0", false, {}));
        VERIFY_CODE(authenticate(secret), Code::SignatureInvalid);
        VERIFY_OK(m_secrets->setEnabled(ann, "Ann", "s0", true, {}));
        VERIFY_OK(authenticate(secret));
    }

    void bothKeysOfARotationSignUntilTheOldOnesEnd()
    {
        const std::int64_t now = m_f->clock.now().time_since_epoch() / 1s;
        const contract::Secret old = createSecret("s0", now + 500);
        const Caller ann = m_f->caller("Ann");
        const auto fresh = m_secrets->rotate(ann, "Ann", "s0", R"({"overlap":100})", {});
        VERIFY_OK(fresh);
        QVERIFY(fresh->secretId != old.secretId && fresh->secretKey.reveal() != old.secretKey.reveal());
        QCOMPARE(fresh->previous->expires, now + 100);
        QCOMPARE(*authenticate(old), std::string("Ann"));
        QCOMPARE(*authenticate(*fresh), std::string("Ann"));
        VERIFY_OK(m_secrets->setEnabled(ann, "Ann", "s0", false, {}));
        VERIFY_CODE(authenticate(old), Code::SignatureInvalid);
        VERIFY_CODE(authenticate(*fresh), Code::SignatureInvalid);
        VERIFY_OK(m_secrets->setEnabled(ann, "Ann", "s0", true, {}));

        m_f->clock.advance(100s);
        VERIFY_OK(authenticate(old)); // until that second
        QVERIFY(m_secrets->get("Ann", "s0")->previous.has_value());
        VERIFY_CODE(m_secrets->rotate(ann, "Ann", "s0", "{}", {}), Code::Validation);
        m_f->clock.advance(1ms);
        VERIFY_CODE(authenticate(old), Code::SignatureInvalid);
        VERIFY_OK(authenticate(*fresh));
        QVERIFY(!m_secrets->get("Ann", "s0")->previous); // what has ended is no longer shown
        QVERIFY(!m_secrets->list("Ann", {})->items[0].previous);

        // The usual overlap is a day, and the secret's own end comes first for both.
        const auto last = m_secrets->rotate(ann, "Ann", "s0", "", {});
        VERIFY_OK(last);
        QCOMPARE(last->previous->expires, now + 101 + 86'400);
        m_f->clock.advance(400s);
        VERIFY_CODE(authenticate(*last), Code::Expired);
        VERIFY_CODE(authenticate(*fresh), Code::Expired);
        VERIFY_OK(m_secrets->update(ann, "Ann", "s0", "{}", {}));
        VERIFY_OK(authenticate(*fresh));
        VERIFY_OK(m_secrets->endPrevious(ann, "Ann", "s0", {}));
        VERIFY_CODE(authenticate(*fresh), Code::SignatureInvalid);
        VERIFY_OK(authenticate(*last));
    }

    void keysCanAlwaysBeRevealed()
    {
        SecretService revealing(*m_f->storage, m_f->directory, m_f->keyRing, SecretRules{10, true}, m_f->clock);
        const contract::Secret old = createSecret("s0");
        QCOMPARE(revealing.get("Ann", "s0")->secretKey.reveal(), old.secretKey.reveal());
        const auto fresh = revealing.rotate(m_f->caller("Ann"), "Ann", "s0", "", {});
        VERIFY_OK(fresh);
        QCOMPARE(revealing.get("Ann", "s0")->secretKey.reveal(), fresh->secretKey.reveal());
        QVERIFY(m_secrets->get("Ann", "s0")->secretKey.empty());
    }

    void theLastUseIsKnownToTheMinute()
    {
        const auto minute = std::chrono::floor<std::chrono::minutes>(m_f->clock.now());
        const auto lastUse = [&] { return m_secrets->get("Ann", "s0")->lastUse; };
        const contract::Secret secret = createSecret("s0");
        const auto signer = signerOf(secret);
        VERIFY_OK(signer);
        VERIFY_OK(m_uses->write());
        QVERIFY(!lastUse().at); // who shows a token has not used it yet
        VERIFY_CODE(decide(*signer, "no question"), Code::Bind);
        VERIFY_OK(decide(*signer, R"({"action":"read"})", "10.0.0.7"));
        VERIFY_OK(decide(*signer, R"({"action":"write"})", "10.0.0.8"));
        QVERIFY(!lastUse().at); // nothing is written for a request
        VERIFY_OK(m_uses->write());
        QVERIFY(lastUse() == (contract::SecretUse{minute, "10.0.0.7", "read"}));
        m_f->clock.advance(60s);
        VERIFY_OK(decide(*signer, R"({"action":"write"})", "10.0.0.8"));
        VERIFY_OK(m_uses->write());
        QVERIFY(lastUse() == (contract::SecretUse{minute + 1min, "10.0.0.8", "write"}));

        // A use that is written after the rotation is one of the old key.
        m_f->clock.advance(60s);
        VERIFY_OK(decide(*signer, R"({"action":"late"})"));
        VERIFY_OK(m_secrets->rotate(m_f->caller("Ann"), "Ann", "s0", "", {}));
        VERIFY_OK(m_uses->write());
        QVERIFY(!lastUse().at);
        QVERIFY(m_secrets->get("Ann", "s0")->previous->lastUse ==
                (contract::SecretUse{minute + 2min, "10.0.0.7", "late"}));
    }

    void longActionsAreCutBetweenCharacters()
    {
        const auto signer = signerOf(createSecret("s0"));
        VERIFY_OK(signer);
        std::string action = "a";
        for (int i = 0; i < 200; ++i) action += "é";
        VERIFY_OK(decide(*signer, "{\"action\":\"" + action + "\"}"));
        VERIFY_OK(m_uses->write());
        QCOMPARE(m_secrets->get("Ann", "s0")->lastUse.action, action.substr(0, 255));
        QCOMPARE(m_records.front().action, action);
    }

    // From as many threads as decide: one note a minute and key, and none is lost.
    void manyUsesAtOnceAreOneNote()
    {
        const auto signer = signerOf(createSecret("s0"));
        VERIFY_OK(signer);
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 1000; ++i)
                    m_uses->note(*signer->key, "10.0.0." + std::to_string(t), std::to_string(i));
            });
        for (std::thread& thread : threads) thread.join();
        VERIFY_OK(m_uses->write());
        QCOMPARE(m_secrets->get("Ann", "s0")->lastUse.action, std::string("0"));
    }

    void aDisabledOrRemovedOwnerHasNoVoice()
    {
        const contract::Secret secret = createSecret("s0");
        VERIFY_OK(m_f->storage->users().setEnabled("ann", false, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        VERIFY_CODE(authenticate(secret), Code::SignatureInvalid);
        VERIFY_OK(m_f->storage->users().setEnabled("ann", true, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        VERIFY_OK(authenticate(secret));
        VERIFY_OK(m_f->storage->users().remove({"ann"}, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        VERIFY_CODE(authenticate(secret), Code::SignatureInvalid);
    }

    void theOwnersNameIsInTheContext()
    {
        contract::Policy policy = m_f->policy("Ann", "p0");
        policy.policy.conditions = {{"username", contract::StringEqualCondition{"Ann"}}};
        VERIFY_OK(m_f->storage->policies().create(policy, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        const auto decision =
            decide("Ann", R"({"subject":"s","action":"a","resource":"r","context":{"username":"root"}})");
        VERIFY_OK(decision);
        QVERIFY(decision->allowed);
        QCOMPARE(m_records.size(), std::size_t{1});
        const contract::DecisionRecord& record = m_records.front();
        QCOMPARE(record.owner, std::string("Ann"));
        QCOMPARE(record.subject, std::string("s"));
        QCOMPARE(record.context, std::string(R"({"username":"Ann"})"));
        QCOMPARE(record.requestId, std::string("request-7"));
        QCOMPARE(record.node, std::string("node-a"));
        QVERIFY(record.allowed);
        QCOMPARE(record.deciders, std::vector<std::string>{"p0"});
    }

    void theRecordNamesAFaultyPolicy()
    {
        for (const char* name : {"good", "broken"}) {
            contract::Policy policy = m_f->policy("Ann", name);
            if (policy.metadata.name == "broken") policy.policy.resources = {{"<["}};
            VERIFY_OK(m_f->storage->policies().create(policy, ServiceFixture::actor, m_f->clock.now()));
        }
        VERIFY_OK(m_f->directory.refreshAll());
        const auto decision = decide("Ann", R"({"subject":"s","action":"a","resource":"r"})");
        VERIFY_OK(decision);
        QVERIFY(!decision->allowed);
        QVERIFY2(m_records.front().reason.ends_with(" in policy broken"), m_records.front().reason.c_str());
        QCOMPARE(m_records.front().reason, decision->reason + " in policy broken"); // the caller is not told its name
        QVERIFY(!m_records.front().allowed);
    }

    void whatCannotBeRecordedIsNotAnswered()
    {
        m_recording = fail(Code::StorageUnavailable, "full");
        VERIFY_CODE(decide("Ann", "{}"), Code::StorageUnavailable);
        m_records.clear();
        VERIFY_CODE(decide("Ann", "not JSON"), Code::Bind);
        VERIFY_CODE(decide("Ann", ""), Code::Bind);
        QVERIFY(m_records.empty());
    }

    void aBatchIsDecidedRequestByRequest()
    {
        contract::Policy policy = m_f->policy("Ann", "p0");
        policy.policy.subjects = {{"s"}};
        VERIFY_OK(m_f->storage->policies().create(policy, ServiceFixture::actor, m_f->clock.now()));
        VERIFY_OK(m_f->directory.refreshAll());
        // The records are stored later, last first, and one of them cannot be.
        std::vector<DecisionService::Recorded> waiting;
        const DecisionService decisions(
            m_f->directory, *m_uses, crypto::SecretTokenRules{}, m_f->clock, "node-a", 16,
            [&](contract::DecisionRecord record, const DecisionService::Recorded& recorded) {
                m_records.push_back(std::move(record));
                waiting.push_back(recorded);
            });
        std::optional<Result<std::vector<Result<contract::Decision>>>> answer;
        const std::string yes = R"({"subject":"s","action":"a","resource":"r"})";
        decisions.decideBatch(Signer{"Ann", m_key}, R"({"requests":[)" + yes + R"(,{},7,)" + yes + "]}", "10.0.0.7",
                              "request-7", [&](auto results) {
                                  QVERIFY(!answer);
                                  answer = std::move(results);
                              });
        QCOMPARE(waiting.size(), std::size_t{3});
        QCOMPARE(m_records[0].requestId, std::string("request-7#0"));
        QCOMPARE(m_records[1].requestId, std::string("request-7#1"));
        QCOMPARE(m_records[2].requestId, std::string("request-7#3"));
        for (std::size_t i = waiting.size(); i-- > 0;) {
            QVERIFY(!answer); // not before all are stored
            waiting[i](i == 0 ? fail(Code::StorageUnavailable, "full") : Result<>());
        }
        QVERIFY(answer);
        VERIFY_OK(*answer);
        QCOMPARE((*answer)->size(), std::size_t{4});
        VERIFY_CODE((**answer)[0], Code::StorageUnavailable);
        QCOMPARE((**answer)[1]->reason, std::string(contract::reasonDefault));
        VERIFY_CODE((**answer)[2], Code::Bind);
        QVERIFY((**answer)[3]->allowed);
        QCOMPARE(decisions.count(DecisionOutcome::Allowed), std::uint64_t{1});
        QCOMPARE(decisions.count(DecisionOutcome::DeniedByDefault), std::uint64_t{1});
        QCOMPARE(decisions.count(DecisionOutcome::NotRecorded), std::uint64_t{1});
        QCOMPARE(decisions.count(DecisionOutcome::Malformed), std::uint64_t{1});
    }

    void aBatchThatIsNoneRecordsNothing()
    {
        for (const auto& [body, code] : {std::pair("{}", Code::Validation), std::pair("[]", Code::Bind)}) {
            Result<std::vector<Result<contract::Decision>>> answer;
            m_decisions->decideBatch(Signer{"Ann", m_key}, body, "10.0.0.7", "request-7",
                                     [&](auto results) { answer = std::move(results); });
            VERIFY_CODE(answer, code);
        }
        QVERIFY(m_records.empty());
        QCOMPARE(m_decisions->count(DecisionOutcome::Malformed), std::uint64_t{2});
    }

    // On the stack of a thread as small as those that may decide.
    void aDeepContextIsHarmless()
    {
        constexpr int depth = 9'990;
        std::string deep(depth, '[');
        deep += std::string(depth, ']');
        Result<contract::Decision> decision = fail(Code::Unknown, "not called");
        std::thread([&] { decision = decide("Ann", R"({"context":{"a":)" + deep + "}}"); }).join();
        VERIFY_OK(decision);
        QVERIFY(!decision->allowed);
        QCOMPARE(m_records.front().context, R"({"a":)" + deep + R"(,"username":"Ann"})");
    }
};

QTEST_GUILESS_MAIN(DecisionServiceTest)
#include "decisionservicetest.moc"
