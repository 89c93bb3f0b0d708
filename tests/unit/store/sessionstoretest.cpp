// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "storagefixture.h"

using namespace iam;
using namespace iam::store;

class SessionStoreTest : public QObject {
    Q_OBJECT

    StorageFixture m_storage;

    /// A log-in of `owner` at 10, good until 100.
    NewSession session(const std::string& id, const std::string& owner)
    {
        const auto credentials = m_storage->users().credentials(owner);
        if (!credentials) return {id, 999, {}, at(10), at(100), {}, {}};
        const Account& account = credentials->account;
        return {id, account.id, account.tokensValidFrom, at(10), at(100), "10.0.0.9", "curl/7.88"};
    }
    Names idsOf(const std::optional<std::string>& owner, int now = 20, const contract::ListQuery& query = {})
    {
        auto page = m_storage->sessions().list(owner, query, at(now));
        if (!page) return {page.error().detail};
        Names ids;
        for (const contract::Session& item : page->items) ids.push_back(item.id);
        return ids;
    }
    Names revokedIds()
    {
        const auto tokens = m_storage->sessions().revoked();
        if (!tokens) return {tokens.error().detail};
        Names ids;
        for (const RevokedToken& token : *tokens) ids.push_back(token.tokenId);
        std::sort(ids.begin(), ids.end());
        return ids;
    }

private Q_SLOTS:
    void initTestCase_data() { StorageFixture::engines(); }
    void init()
    {
        m_storage.open();
        for (const char* name : {"Ann", "bob"}) VERIFY_OK(m_storage->users().create(user(name), "h", actor, at(0)));
    }

    void aSessionIsKeptAsGiven()
    {
        VERIFY_OK(m_storage->sessions().begin(session("s1", "ann")));
        auto page = m_storage->sessions().list("ANN", {}, at(20));
        VERIFY_OK(page);
        QCOMPARE(page->totalCount, std::uint64_t{1});
        const contract::Session expected{"s1", "Ann", at(10), at(100), "10.0.0.9", "curl/7.88", false};
        QVERIFY(page->items.at(0) == expected);
        VERIFY_CODE(m_storage->sessions().begin(session("s2", "nobody")), Code::UserNotFound);
        QCOMPARE(changesOf(*m_storage.operator->()), (Names{"user create Ann/Ann", "user create bob/bob"}));
    }

    void listsAreNewestFirstAndPaged()
    {
        for (const char* id : {"z", "a", "m"}) VERIFY_OK(m_storage->sessions().begin(session(id, "ann")));
        VERIFY_OK(m_storage->sessions().begin(session("b", "bob")));
        QCOMPARE(idsOf("ann"), (Names{"m", "a", "z"}));
        QCOMPARE(idsOf(std::nullopt), (Names{"b", "m", "a", "z"}));
        QCOMPARE(idsOf("nobody"), Names{});
        QCOMPARE(idsOf("ann", 20, {.offset = 1, .limit = 1, .nameContains = {}}), Names{"a"});
        QCOMPARE(m_storage->sessions().list("ann", {.offset = 1, .limit = 1, .nameContains = {}}, at(20))->totalCount,
                 std::uint64_t{3});
    }

    void onlyWhatIsAliveIsListed()
    {
        SessionStore& sessions = m_storage->sessions();
        for (const char* id : {"s1", "s2"}) VERIFY_OK(sessions.begin(session(id, "ann")));
        QCOMPARE(idsOf("ann", 99), (Names{"s2", "s1"}));
        QCOMPARE(idsOf("ann", 100), Names{});
        VERIFY_OK(sessions.revoke({"s1", "Ann", at(200)}, actor, at(20)));
        QCOMPARE(idsOf("ann"), Names{"s2"});
        const NewSession begunBefore = session("s3", "ann");
        VERIFY_OK(m_storage->users().setPasswordHash("ann", "other", at(15), actor, at(15)));
        QCOMPARE(idsOf("ann"), Names{});
        VERIFY_OK(sessions.begin(begunBefore)); // let in with the password that is no more
        QCOMPARE(idsOf("ann"), Names{});
        VERIFY_OK(sessions.begin(session("s4", "ann")));
        QCOMPARE(idsOf("ann"), Names{"s4"});
        VERIFY_OK(m_storage->users().endTokens("ann", actor, at(16)));
        QCOMPARE(idsOf("ann"), Names{});
        VERIFY_OK(sessions.begin(session("s5", "ann")));
        VERIFY_OK(m_storage->users().setEnabled("ann", false, actor, at(17)));
        QCOMPARE(idsOf("ann"), Names{});
        VERIFY_OK(m_storage->users().setEnabled("ann", true, actor, at(18)));
        QCOMPARE(idsOf("ann"), Names{});
    }

    void endingRevokesAndRecords()
    {
        SessionStore& sessions = m_storage->sessions();
        for (const char* id : {"s1", "s2", "s3"}) VERIFY_OK(sessions.begin(session(id, "ann")));
        VERIFY_OK(sessions.begin(session("b1", "bob")));
        auto ended = sessions.end("ANN", {"s2", "b1", "none", "s2", ""}, at(50), actor, at(20));
        VERIFY_OK(ended);
        QCOMPARE(*ended, std::uint64_t{1});
        QCOMPARE(idsOf(std::nullopt), (Names{"b1", "s3", "s1"}));
        QCOMPARE(revokedIds(), Names{"s2"});
        QCOMPARE(sessions.revoked()->at(0).until, at(100)); // its own end is later
        QCOMPARE(sessions.revoked()->at(0).owner, std::string("Ann"));
        QCOMPARE(*sessions.end(std::nullopt, {"b1", "s1"}, at(500), actor, at(21)), std::uint64_t{2});
        QCOMPARE(idsOf(std::nullopt), Names{"s3"});
        const auto tokens = sessions.revoked();
        VERIFY_OK(tokens);
        for (const RevokedToken& token : *tokens) QCOMPARE(token.until, token.tokenId == "s2" ? at(100) : at(500));
        QCOMPARE(*sessions.end("ann", {}, at(500), actor, at(22)), std::uint64_t{0});
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.begin() + 2, changes.end()),
                 (Names{"session revoke Ann/s2", "session revoke bob/b1", "session revoke Ann/s1"}));
    }

    void endingKeepsTheLaterEndOfARevocation()
    {
        SessionStore& sessions = m_storage->sessions();
        for (const auto& [id, until] : {std::pair("s1", 500), std::pair("s2", 50)}) {
            VERIFY_OK(sessions.revoke({id, "Ann", at(until)}, actor, at(9)));
            VERIFY_OK(sessions.begin(session(id, "ann"))); // was on its way when its token was given back
        }
        QCOMPARE(*sessions.end("ann", {"s1", "s2"}, at(60), actor, at(20)), std::uint64_t{2});
        QCOMPARE(idsOf("ann"), Names{});
        QCOMPARE(revokedIds(), (Names{"s1", "s2"}));
        const auto tokens = sessions.revoked();
        for (const RevokedToken& token : *tokens) QCOMPARE(token.until, token.tokenId == "s1" ? at(500) : at(100));
    }

    void removingAUserRemovesItsSessions()
    {
        SessionStore& sessions = m_storage->sessions();
        VERIFY_OK(sessions.begin(session("s1", "ann")));
        VERIFY_OK(sessions.begin(session("b1", "bob")));
        VERIFY_OK(m_storage->users().remove({"ann"}, actor, at(20)));
        QCOMPARE(idsOf(std::nullopt), Names{"b1"});
        QCOMPARE(revokedIds(), Names{"s1"});
        QCOMPARE(sessions.revoked()->at(0).until, at(100));
        QCOMPARE(sessions.revoked()->at(0).owner, std::string("Ann"));
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.begin() + 2, changes.end()), (Names{"session revoke Ann/s1", "user delete Ann/Ann"}));
        VERIFY_OK(m_storage->users().create(user("ann"), "h", actor, at(5)));
        QCOMPARE(idsOf("ann"), Names{});
        QCOMPARE(*sessions.end("ann", {"s1"}, at(50), actor, at(21)), std::uint64_t{0});
    }

    void whatIsOverIsPruned()
    {
        SessionStore& sessions = m_storage->sessions();
        VERIFY_OK(sessions.begin(session("s1", "ann")));
        NewSession longer = session("s2", "ann");
        longer.expiresAt = at(300);
        VERIFY_OK(sessions.begin(longer));
        QCOMPARE(*sessions.prune(at(100)), std::uint64_t{0});
        QCOMPARE(idsOf("ann", 20), Names{"s2"}); // s1 is not even there for a clock that was set back
    }

    void revokedTokensAreKeptUntilPruned()
    {
        SessionStore& sessions = m_storage->sessions();
        VERIFY_OK(sessions.revoke({"t1", "Ann", at(100)}, actor, at(0)));
        VERIFY_OK(sessions.revoke({"t2", "Ann", at(200)}, actor, at(1)));
        VERIFY_OK(sessions.revoke({"t1", "Ann", at(150)}, actor, at(2)));
        VERIFY_OK(sessions.revoke({"t1", "Ann", at(50)}, actor, at(3)));
        auto revoked = sessions.revoked();
        VERIFY_OK(revoked);
        std::sort(revoked->begin(), revoked->end(), [](auto& a, auto& b) { return a.tokenId < b.tokenId; });
        QCOMPARE(revoked->size(), std::size_t{2});
        QCOMPARE(revoked->at(0).until, at(150));
        QCOMPARE(revoked->at(0).owner, std::string("Ann"));
        const Names changes = changesOf(*m_storage.operator->());
        QCOMPARE(Names(changes.begin() + 2, changes.end()), (Names{"session logout Ann/t1", "session logout Ann/t2"}));
        QCOMPARE(*sessions.prune(at(149)), std::uint64_t{0});
        QCOMPARE(*sessions.prune(at(150)), std::uint64_t{1});
        QCOMPARE(sessions.revoked()->at(0).tokenId, std::string("t2"));
    }
};

QTEST_GUILESS_MAIN(SessionStoreTest)
#include "sessionstoretest.moc"
