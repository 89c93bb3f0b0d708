// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "brokensessions.h"
#include "service/ownerchoice.h"
#include "service/tokenid.h"
#include "service/userservice.h"
#include "servicefixture.h"

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

class SessionServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;

    std::string logIn(const std::string& password = "Secret@2026")
    {
        auto session = m_f->logIn("ann", password);
        return session ? session->token : std::string();
    }
    bool alive(const std::string& token) const { return m_f->sessions.verify(token).has_value(); }
    /// Refused as a token that is sound but no longer taken.
    bool revoked(const std::string& token) const
    {
        const auto account = m_f->sessions.verify(token);
        return !account && !account.error().token && account.error().code == Code::TokenInvalid;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServiceFixture>();
        m_f->addUser("Ann", "Secret@2026");
    }

    void aTokenNamesTheStoredSpelling()
    {
        const std::string token = logIn();
        QVERIFY(alive(token));
        QCOMPARE(m_f->sessions.verify(token)->name, std::string("Ann"));
        QCOMPARE(m_f->tokens.verify(token, m_f->clock.now())->identity, std::string("Ann"));
        m_f->clock.advance(1h + 1s);
        const auto late = m_f->sessions.verify(token);
        QVERIFY(!late && late.error().token);
    }

    void loggingOutKillsThatTokenOnly()
    {
        const std::string first = logIn();
        const std::string second = logIn();
        QVERIFY(first != second); // in the same ms
        VERIFY_OK(m_f->sessions.logOut(first, m_f->actor));
        QVERIFY(revoked(first));
        QVERIFY(!m_f->sessions.refresh(first));
        QVERIFY(alive(second));
        VERIFY_OK(m_f->sessions.logOut(first, m_f->actor));
        VERIFY_OK(m_f->sessions.logOut("nonsense", m_f->actor));
        const auto rows = m_f->storage->sessions().revoked();
        QCOMPARE(rows->size(), std::size_t{1});
        QVERIFY(rows->front().until > m_f->clock.now() + 2h); // as long as it could be refreshed
    }

    void aRevocationOutlivesTheLastTokenThatCouldBeRefreshed()
    {
        const std::string token = logIn();
        m_f->clock.advance(50min);
        VERIFY_OK(m_f->sessions.logOut(token, m_f->actor));
        const TimePoint lastEnd =
            m_f->clock.now() - 50min + 2h + 1h; // refreshed at the last moment, then used to its end
        QVERIFY(m_f->storage->sessions().revoked()->front().until > lastEnd);
    }

    void logInsAreListedAndEnded()
    {
        m_f->addUser("bob", "Secret@2026");
        m_f->addUser("root", "Secret@2026", true);
        const std::string first =
            m_f->sessions.logIn("ann", SecretString("Secret@2026"), m_f->actor, "curl/7.88")->token;
        const std::string second = logIn();
        const std::string bobs = m_f->logIn("bob", "Secret@2026")->token;
        const auto owner = m_f->sessions.verify(second);
        QVERIFY(owner);
        Caller ann = m_f->caller("Ann");
        ann.session = owner->session;
        const auto page = m_f->sessions.list(ann, "Ann", {});
        VERIFY_OK(page);
        QCOMPARE(page->totalCount, std::uint64_t{2});
        const contract::Session& newest = page->items.at(0);
        QCOMPARE(newest.id, owner->session);
        QVERIFY(newest.current);
        const contract::Session& oldest = page->items.at(1);
        QVERIFY(!oldest.current);
        QCOMPARE(oldest.userAgent, std::string("curl/7.88"));
        QCOMPARE(oldest.address, std::string("10.0.0.1"));
        QCOMPARE(oldest.username, std::string("Ann"));
        QVERIFY(oldest.createdAt == m_f->clock.now());
        QVERIFY(oldest.expiresAt == std::chrono::floor<std::chrono::seconds>(m_f->clock.now()) + 3h);
        QCOMPARE(m_f->sessions.list(m_f->caller("root", true), std::nullopt, {})->totalCount, std::uint64_t{3});

        // Ids of others are passed over, not found out.
        VERIFY_OK(m_f->sessions.end(ann, "Ann", {m_f->sessions.verify(bobs)->session, "none"}));
        QVERIFY(alive(bobs));
        VERIFY_OK(m_f->sessions.end(ann, "Ann", {oldest.id}));
        QVERIFY(revoked(first));
        QVERIFY(!m_f->sessions.refresh(first));
        QVERIFY(alive(second));
        VERIFY_OK(m_f->sessions.end(m_f->caller("root", true), std::nullopt, {m_f->sessions.verify(bobs)->session}));
        QVERIFY(revoked(bobs));
        const auto tokens = m_f->storage->sessions().revoked();
        VERIFY_OK(tokens);
        QCOMPARE(tokens->size(), std::size_t{2});
        for (const store::RevokedToken& token : *tokens) QVERIFY(token.until > m_f->clock.now() + 3h);
    }

    void allOfAUserEndTogether()
    {
        const std::string first = logIn();
        const std::string second = logIn();
        crypto::LoginClaims claims; // of another server: no session
        claims.subject = claims.identity = "ann";
        claims.firstIssued = std::chrono::floor<std::chrono::seconds>(m_f->clock.now());
        claims.expires = *claims.firstIssued + 1h;
        const std::string foreign = m_f->tokens.issue(claims);
        m_f->clock.advance(2s);
        QVERIFY(alive(foreign));
        QVERIFY(m_f->sessions.verify(foreign)->session.empty());
        VERIFY_OK(m_f->sessions.endAll(m_f->caller("Ann"), "Ann"));
        for (const std::string& token : {first, second, foreign}) QVERIFY(revoked(token));
        QCOMPARE(m_f->sessions.list(m_f->caller("Ann"), "Ann", {})->totalCount, std::uint64_t{0});
        QVERIFY(alive(logIn()));
        VERIFY_CODE(m_f->sessions.endAll(m_f->caller("root", true), "nobody"), Code::UserNotFound);
    }

    void loggingOutEndsTheSession()
    {
        const std::string token = logIn();
        QCOMPARE(m_f->sessions.list(m_f->caller("Ann"), "Ann", {})->totalCount, std::uint64_t{1});
        VERIFY_OK(m_f->sessions.logOut(token, m_f->actor));
        QCOMPARE(m_f->sessions.list(m_f->caller("Ann"), "Ann", {})->totalCount, std::uint64_t{0});
    }

    void userAgentsAreCutToWhatCanBeKept()
    {
        const auto kept = [&](const std::string& sent) {
            static_cast<void>(m_f->sessions.logIn("ann", SecretString("Secret@2026"), m_f->actor, sent));
            return m_f->sessions.list(m_f->caller("Ann"), "Ann", {})->items.at(0).userAgent;
        };
        QCOMPARE(kept(""), std::string());
        QCOMPARE(kept(std::string(200, 'x')), std::string(200, 'x'));
        QCOMPARE(kept(std::string(5000, 'x')), std::string(200, 'x'));
        QCOMPARE(kept(std::string(198, 'x') + "\xE4\xB8\xAD"), std::string(198, 'x')); // no half characters
        QCOMPARE(kept(std::string(197, 'x') + "\xE4\xB8\xADy"), std::string(197, 'x') + "\xE4\xB8\xAD");
        QCOMPARE(kept("a\xFFz"), std::string("a\xEF\xBF\xBDz"));
        QVERIFY(text::isUtf8(kept(std::string(300, '\xFF'))));
    }

    void aLogInThatCannotBeKeptIsRefused()
    {
        auto broken = std::make_unique<BrokenSessions>();
        BrokenSessions& storage = *broken;
        ServiceFixture f(std::move(broken));
        f.addUser("ann", "Secret@2026");
        storage.failing = true;
        VERIFY_CODE(f.logIn("ann", "Secret@2026"), Code::StorageUnavailable);
        storage.failing = false;
        VERIFY_OK(f.logIn("ann", "Secret@2026"));
        // Removed between the look at the password and the beginning of the session.
        storage.beforeBegin = [&] { VERIFY_OK(storage.users().remove({"ann"}, f.actor, f.clock.now())); };
        VERIFY_CODE(f.logIn("ann", "Secret@2026"), Code::PasswordIncorrect);
    }

    void aRefreshKeepsTheFirstLogIn()
    {
        const auto first = m_f->clock.now();
        std::string token = logIn();
        for (int i = 0; i < 3; ++i) {
            m_f->clock.advance(40min);
            const auto session = m_f->sessions.refresh(token);
            QVERIFY(session);
            token = session->token;
            QVERIFY(alive(token));
            QVERIFY(*m_f->tokens.verify(token, m_f->clock.now())->firstIssued == first);
        }
        m_f->clock.advance(1s); // 2 h and a second since the log-in
        QVERIFY(alive(token));
        const auto late = m_f->sessions.refresh(token);
        QVERIFY(!late);
        QCOMPARE(late.error().token->message, std::string("token is expired"));
    }

    void aNewPasswordKillsTheTokensOfTheSameMillisecond()
    {
        const std::string before = logIn();
        m_f->storePassword("ann", "Other@2026");
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(before));
        const std::string between = logIn("Other@2026");
        QVERIFY(alive(between));
        m_f->storePassword("ann", "Third@2026");
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(between));
        QVERIFY(alive(logIn("Third@2026")));
    }

    void aNewPasswordKillsTheTokensOfAnEarlierAndALaterClock()
    {
        const std::string before = logIn();
        m_f->clock.set(-10min);
        m_f->storePassword("ann", "Other@2026");
        m_f->directory.changed(Changed::Others);
        m_f->clock.set(10min);
        QVERIFY(revoked(before));
        QVERIFY(alive(logIn("Other@2026")));
    }

    // Whoever holds a stolen token or the old password may be asking all the time.
    void aRefreshDuringTheChangeDoesNotSurviveIt()
    {
        const std::string stolen = logIn();
        m_f->storePassword("ann", "Other@2026"); // stored, but nobody has been told
        m_f->clock.advance(30ms);
        const auto refreshed = m_f->sessions.refresh(stolen);
        QVERIFY(refreshed);
        const std::string fresh = logIn("Other@2026");
        QVERIFY(alive(fresh)); // newer than what is published
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(stolen));
        QVERIFY(revoked(refreshed->token));
        QVERIFY(alive(fresh));
    }

    void disabledAndRemovedUsersHaveNoTokens()
    {
        const std::string token = logIn();
        VERIFY_OK(m_f->storage->users().setEnabled("ann", false, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(token));
        VERIFY_OK(m_f->storage->users().setEnabled("ann", true, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(token));

        const std::string last = logIn();
        VERIFY_OK(m_f->storage->users().remove({"ann"}, m_f->actor, m_f->clock.now()));
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(last));
        m_f->clock.advance(10ms);
        m_f->addUser("ann", "Secret@2026"); // another person of the same name
        QVERIFY(revoked(last));
    }

    void aNewUserOfTheSameNameUnderAClockSetBackDoesNotInheritTokens()
    {
        const std::string token = logIn();
        VERIFY_OK(m_f->storage->users().remove({"ann"}, m_f->actor, m_f->clock.now()));
        m_f->clock.set(-10min);
        m_f->addUser("ann", "Secret@2026");
        m_f->directory.changed(Changed::Others);
        QVERIFY(m_f->tokens.verify(token, m_f->clock.now()));
        QVERIFY(revoked(token));
        QVERIFY(!m_f->sessions.refresh(token));
        QVERIFY(alive(logIn()));
    }

    void tokensOfOlderServersLiveByTheSecond()
    {
        crypto::LoginClaims claims;
        claims.subject = claims.identity = "ann";
        claims.firstIssued = std::chrono::floor<std::chrono::seconds>(m_f->clock.now());
        claims.expires = *claims.firstIssued + 1h;
        const std::string token = m_f->tokens.issue(claims);
        QVERIFY(alive(token));
        m_f->clock.advance(2s);
        m_f->storePassword("ann", "Other@2026");
        m_f->directory.changed(Changed::Others);
        QVERIFY(revoked(token));
    }

    void tokenIdsSayUnderWhatTheyWereMade()
    {
        const TimePoint moment = m_f->clock.now() + 123ms;
        const std::string id = makeTokenId(moment);
        QCOMPARE(id.size(), std::size_t{36});
        QVERIFY(tokensValidFromOf(id) == moment);
        QVERIFY(makeTokenId(moment) != id);
        QVERIFY(!tokensValidFromOf(""));
        QVERIFY(!tokensValidFromOf("018bcfe5-6800-4000-8000-000000000000")); // random
        QVERIFY(!tokensValidFromOf("018bcfe5-680x-8000-8000-000000000000"));
        QVERIFY(!tokensValidFromOf(id + "0"));
    }

    void changingThePasswordAsksForTheOldOne()
    {
        m_f->addUser("admin", "Admin@2026", true);
        m_f->addUser("bob", "Secret@2026");
        std::vector<std::string> changed;
        UserService users(*m_f->storage, m_f->directory, m_f->passwords, m_f->throttle, m_f->rules, false, m_f->clock,
                          [&](const std::string& name) { changed.push_back(name); });
        const auto change = [&](const Caller& caller, const std::string& oldPassword, const std::string& newPassword) {
            return users.changePassword(
                caller, "ann", "{\"oldPassword\":\"" + oldPassword + "\",\"newPassword\":\"" + newPassword + "\"}");
        };
        const std::string token = logIn();
        VERIFY_CODE(change(m_f->caller("bob"), "Secret@2026", "Newer@2026"), Code::PermissionDenied);
        VERIFY_CODE(change(m_f->caller("Ann"), "wrong", "Newer@2026"), Code::PasswordIncorrect);
        VERIFY_CODE(change(m_f->caller("Ann"), "", "Newer@2026"), Code::PasswordIncorrect);
        VERIFY_CODE(change(m_f->caller("Ann"), "Secret@2026", "weak"), Code::Bind);
        QVERIFY(alive(token));
        VERIFY_OK(change(m_f->caller("Ann"), "Secret@2026", "Newer@2026"));
        QVERIFY(revoked(token));
        const std::string next = logIn("Newer@2026");
        QVERIFY(alive(next));
        VERIFY_OK(change(m_f->caller("admin", true), "", "Third@2026"));
        QVERIFY(revoked(next));
        QVERIFY(alive(logIn("Third@2026")));
        QCOMPARE(changed.size(), std::size_t{2});
        QCOMPARE(changed.front(), std::string("Ann"));
    }

    void ownersAreChosenByAdministratorsOnly()
    {
        m_f->addUser("Bob", "Secret@2026");
        const Caller ann = m_f->caller("Ann");
        const Caller root = m_f->caller("root", true);
        QCOMPARE(*chooseOwner(ann, std::nullopt, m_f->directory), std::string("Ann"));
        QCOMPARE(*chooseOwner(ann, "aNN", m_f->directory), std::string("Ann"));
        VERIFY_CODE(chooseOwner(ann, "bob", m_f->directory), Code::PermissionDenied);
        VERIFY_CODE(chooseOwner(ann, "nobody", m_f->directory), Code::PermissionDenied);
        VERIFY_CODE(chooseOwners(ann, "*", m_f->directory), Code::PermissionDenied);
        QCOMPARE(*chooseOwner(root, "BOB", m_f->directory), std::string("Bob"));
        QCOMPARE(*chooseOwner(root, "nobody", m_f->directory), std::string("nobody"));
        QVERIFY(!chooseOwners(root, "*", m_f->directory)->has_value());
        QCOMPARE(**chooseOwners(root, std::nullopt, m_f->directory), std::string("root"));
        QCOMPARE(**chooseOwners(ann, std::nullopt, m_f->directory), std::string("Ann"));
    }
};

QTEST_GUILESS_MAIN(SessionServiceTest)
#include "sessionservicetest.moc"
