// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/changetext.h"
#include "models/decisionlistmodel.h"
#include "models/userlistmodel.h"
#include "support/httpstandin.h"
#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace iam;
using namespace iam::models;
using iam::support::HttpStandIn;
using iam::support::StandInRequest;

namespace {

QByteArray toBytes(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Users with ids, served newest first; decisions with sequences, likewise.
class FakeServer : public HttpStandIn {
public:
    FakeServer()
    {
        handler = [this](const StandInRequest& request) -> std::optional<QByteArray> {
            if (broken) return json(503, R"({"code":100102,"message":"m"})");
            const QUrl url = QUrl::fromEncoded(request.target);
            const QUrlQuery query(url);
            return json(200, url.path() == u"/v1/users" ? listUsers(query) : listDecisions(query));
        };
    }
    void fill(int count)
    {
        for (int i = 1; i <= count; ++i) ids.prepend(i);
    }

    QList<int> ids; // newest first
    bool broken = false;

private:
    QByteArray listUsers(const QUrlQuery& query) const
    {
        const QString selector = query.queryItemValue(QStringLiteral("fieldSelector"), QUrl::FullyDecoded);
        QJsonArray all;
        for (const int id : ids) {
            const QString name = QStringLiteral("user%1").arg(id);
            if (!selector.isEmpty() && !name.contains(selector.mid(5))) continue;
            all.append(QJsonObject{
                {QStringLiteral("metadata"), QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("name"), name}}},
                {QStringLiteral("nickname"), name}});
        }
        return slice(all, query.queryItemValue(QStringLiteral("offset")).toInt(),
                     query.queryItemValue(QStringLiteral("limit")).toInt());
    }
    static QByteArray slice(const QJsonArray& all, int offset, int limit)
    {
        QJsonArray items;
        for (int i = offset; i < all.size() && i < offset + limit; ++i) items.append(all[i]);
        return toBytes({{QStringLiteral("totalCount"), all.size()}, {QStringLiteral("items"), items}});
    }
    QByteArray listDecisions(const QUrlQuery& query) const
    {
        const int limit = query.queryItemValue(QStringLiteral("limit")).toInt();
        const QString cursor = query.queryItemValue(QStringLiteral("cursor"));
        QJsonArray items;
        QString next;
        for (const int id : ids) {
            if (!cursor.isEmpty() && id >= cursor.toInt()) continue;
            if (items.size() == limit) {
                next = QString::number(ids[ids.indexOf(id) - 1]);
                break;
            }
            const auto time = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + id, Qt::UTC);
            items.append(QJsonObject{{QStringLiteral("sequence"), id},
                                     {QStringLiteral("time"), time.toString(Qt::ISODateWithMs)},
                                     {QStringLiteral("owner"), QStringLiteral("foo")},
                                     {QStringLiteral("allowed"), id % 2 == 0},
                                     {QStringLiteral("node"), QStringLiteral("n1")}});
        }
        return toBytes({{QStringLiteral("items"), items}, {QStringLiteral("next"), next}});
    }
};

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<FakeServer>();
        m_api = std::make_unique<client::ApiClient>(client::ApiConfig{.baseUrl = m_server->url()});
        m_users = std::make_unique<UserListModel>(client::UserClient(*m_api));
        m_decisions = std::make_unique<DecisionListModel>(client::RecordClient(*m_api));
    }

    void pagesComeAsTheyAreWanted()
    {
        m_server->fill(260);
        m_users->refresh();
        QCOMPARE(m_users->state(), ListState::Loading);
        QTRY_COMPARE(m_users->state(), ListState::Ready);
        QCOMPARE(m_users->rowCount(), 100);
        QCOMPARE(*m_users->totalCount(), 260U);
        QCOMPARE(m_users->at(0).metadata.name, std::string("user260"));
        QVERIFY(m_users->canFetchMore({}));
        m_users->fetchMore({});
        QVERIFY(!m_users->canFetchMore({})); // one at a time
        QTRY_COMPARE(m_users->rowCount(), 200);
        m_users->fetchAll();
        QTRY_COMPARE(m_users->rowCount(), 260);
        QVERIFY(m_users->complete());
        QVERIFY(!m_users->canFetchMore({}));
    }

    void rowsThatComeMeanwhileAreNotShownTwice()
    {
        m_server->fill(150);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 100);
        m_server->ids.prepend(151);
        m_users->fetchMore({});
        QTRY_VERIFY(m_users->complete());
        QCOMPARE(m_users->rowCount(), 150);
    }

    void rowsThatGoMeanwhileHideNoOthers()
    {
        m_server->fill(150);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 100);
        m_server->ids.removeAll(140);
        m_users->fetchMore({});
        QTRY_COMPARE(m_users->rowCount(), 149);
        QVERIFY(m_users->rowOf(QStringLiteral("140")) < 0);
        QVERIFY(m_users->rowOf(QStringLiteral("50")) >= 0);
    }

    void refreshingKeepsTheSelection()
    {
        // It fetches more by itself, so it stands only where everything fits one page.
        const QAbstractItemModelTester tester(m_users.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_server->fill(10);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 10);
        QItemSelectionModel selection(m_users.get());
        for (const QString& key : {QStringLiteral("3"), QStringLiteral("7")})
            selection.select(m_users->index(m_users->rowOf(key), 0),
                             QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_server->ids = {12, 11, 10, 9, 7, 5, 3, 1};
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 8);
        QStringList selected;
        for (const QModelIndex& index : selection.selectedRows())
            selected.append(index.data(ListModel::KeyRole).toString());
        selected.sort();
        QCOMPARE(selected, (QStringList{QStringLiteral("3"), QStringLiteral("7")}));
        QCOMPARE(m_users->at(0).metadata.name, std::string("user12"));
        QCOMPARE(m_users->at(7).metadata.name, std::string("user1"));
    }

    void sortingIsTrueForTheWholeList()
    {
        m_server->fill(230);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 100);
        m_users->sort(UserListModel::Name, Qt::AscendingOrder);
        QTRY_COMPARE(m_users->rowCount(), 230);
        QCOMPARE(m_users->at(0).metadata.name, std::string("user1"));
        QCOMPARE(m_users->at(9).metadata.name, std::string("user10")); // numbers as numbers
        m_users->sort(UserListModel::Name, Qt::DescendingOrder);
        QCOMPARE(m_users->at(0).metadata.name, std::string("user230"));
        m_server->ids.prepend(231);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 231);
        QCOMPARE(m_users->at(0).metadata.name, std::string("user231"));
        m_users->sort(UserListModel::Name, Qt::AscendingOrder);
        m_users->sort(-1, Qt::AscendingOrder);
        QTRY_COMPARE(m_users->at(0).metadata.name, std::string("user231"));
        QCOMPARE(m_users->at(230).metadata.name, std::string("user1"));
    }

    void anAnswerToAnOldSearchIsDropped()
    {
        m_server->fill(30);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 30);
        m_users->setSearch(QStringLiteral("user1"));
        m_users->setSearch(QStringLiteral("user2"));
        QTRY_COMPARE(m_users->rowCount(), 11);
        m_users->setSearch(QStringLiteral("nobody"));
        QTRY_COMPARE(m_users->state(), ListState::NothingFound);
        m_users->setSearch({});
        QTRY_COMPARE(m_users->rowCount(), 30);
    }

    void aFailureKeepsWhatIsShown()
    {
        m_server->fill(5);
        m_users->refresh();
        QTRY_COMPARE(m_users->rowCount(), 5);
        m_server->broken = true;
        m_users->refresh();
        QTRY_COMPARE(m_users->state(), ListState::Failed);
        QCOMPARE(m_users->error()->code, Code::StorageUnavailable);
        QCOMPARE(m_users->rowCount(), 5);
        m_server->broken = false;
        m_users->refresh();
        QTRY_COMPARE(m_users->state(), ListState::Ready);
        QVERIFY(!m_users->error());
    }

    void nothingIsEmpty()
    {
        m_users->refresh();
        QTRY_COMPARE(m_users->state(), ListState::Empty);
        m_users->clear();
        QCOMPARE(m_users->state(), ListState::Idle);
    }

    void decisionsFollow()
    {
        m_server->fill(250);
        m_decisions->refresh();
        QTRY_COMPARE(m_decisions->rowCount(), 100);
        m_decisions->fetchMore({});
        QTRY_COMPARE(m_decisions->rowCount(), 200);
        m_decisions->setFollowing(true);
        m_server->ids.prepend(251);
        m_server->ids.prepend(252);
        QTRY_COMPARE(m_decisions->rowCount(), 202);
        QCOMPARE(m_decisions->at(0).sequence, 252U);
        QCOMPARE(m_decisions->at(2).sequence, 250U);
        m_decisions->setFollowing(false);
        m_decisions->fetchAll();
        QTRY_VERIFY(m_decisions->complete());
        QCOMPARE(m_decisions->rowCount(), 252);
    }

    void aBurstLeavesNoGap()
    {
        m_server->fill(50);
        m_decisions->refresh();
        QTRY_COMPARE(m_decisions->rowCount(), 50);
        m_decisions->setFollowing(true);
        for (int id = 51; id <= 400; ++id) m_server->ids.prepend(id);
        QTRY_COMPARE(m_decisions->rowCount(), 100);
        QCOMPARE(m_decisions->at(99).sequence, 301U);
        m_decisions->fetchAll();
        QTRY_COMPARE(m_decisions->rowCount(), 400);
    }

    void aFilterStartsAnew()
    {
        m_server->fill(3);
        m_decisions->refresh();
        QTRY_COMPARE(m_decisions->rowCount(), 3);
        contract::RecordFilter filter;
        filter.owner = "foo";
        m_server->ids.clear();
        m_decisions->setFilter(filter);
        QTRY_COMPARE(m_decisions->state(), ListState::NothingFound);
        QVERIFY(m_server->requests.last().target.contains("owner=foo"));
    }

    void aChangeIsPutIntoWords()
    {
        contract::ChangeRecord change;
        change.actor.name = "admin";
        change.kind = "policy";
        change.action = "update";
        change.owner = "foo";
        change.name = "100%1";
        QCOMPARE(changeSentence(change), QStringLiteral("admin changed policy 100%1 of foo"));
        change.kind = "user";
        change.action = "change-password";
        change.name = change.owner;
        QCOMPARE(changeSentence(change), QStringLiteral("admin changed the password of user foo"));
        QCOMPARE(actionTone(change.action), Tone::Neutral);
        QCOMPARE(actionTone("delete"), Tone::Warning);
        // What a later server may write.
        change.actor.name.clear();
        change.kind = "role";
        change.action = "grant";
        QCOMPARE(changeSentence(change), QStringLiteral("somebody unknown: grant role foo"));
    }

    void changedMembersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QString>("members");
        const auto row = [](const char* name, const QByteArray& before, const QByteArray& after, const char* members) {
            QTest::newRow(name) << before << after << QString::fromLatin1(members);
        };
        row("created", "", "{\"a\":1}", "");
        row("removed", "{\"a\":1}", "", "");
        row("none", "{\"a\":1}", "{\"a\":1}", "");
        row("plain", "{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":\"x\"}", "a");
        row("below", "{\"p\":{\"s\":[\"x\"],\"t\":1}}", "{\"p\":{\"s\":[\"y\"],\"t\":1}}", "p.s");
        row("come and gone", "{\"a\":1,\"p\":{\"x\":1}}", "{\"b\":1,\"p\":{\"y\":1}}", "a p.x p.y b");
        row("another type", "{\"p\":{\"x\":1}}", "{\"p\":[1]}", "p");
        row("the time of the change", "{\"metadata\":{\"updatedAt\":\"1\"}}", "{\"metadata\":{\"updatedAt\":\"2\"}}",
            "");
        row("no object", "\"not JSON {\"", "{\"a\":1}", "everything");
        row("too deep", QByteArray(100, '[') + QByteArray(100, ']'), "[]", "everything");
    }
    void changedMembersAreNamed()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QString, members);
        contract::ChangeRecord change;
        change.before = before.toStdString();
        change.after = after.toStdString();
        QCOMPARE(changedMembers(change).join(u' '), members);
    }

private:
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<client::ApiClient> m_api;
    std::unique_ptr<UserListModel> m_users;
    std::unique_ptr<DecisionListModel> m_decisions;
};

QTEST_GUILESS_MAIN(ModelsTest)
#include "modelstest.moc"
