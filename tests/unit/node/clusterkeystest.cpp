// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clusterkeys.h"
#include "node/keyfiles.h"
#include "node/keyrotation.h"
#include "store/memorystorage.h"
#include "support/manualclock.h"
#include "support/verifyresult.h"
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::node;
using namespace std::chrono_literals;

namespace {

const contract::Actor actor{"root", "10.0.0.1", "request-1"};

/// The data directory of one node.
class NodeFolder {
public:
    [[nodiscard]] std::string path() const { return m_folder.path().toStdString(); }
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    void copyTo(const NodeFolder& other) const
    {
        for (const QString& name : files()) {
            QFile::remove(other.m_folder.filePath(name));
            QFile::copy(m_folder.filePath(name), other.m_folder.filePath(name));
        }
    }
    void remove(const char* name) const { QFile::remove(m_folder.filePath(QString::fromLatin1(name))); }
    [[nodiscard]] bool keepsPrivate() const
    {
        const auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        for (const QString& name : files())
            if (QFile::permissions(m_folder.filePath(name)) != mode) return false;
        return true;
    }

private:
    QTemporaryDir m_folder;
};

const QStringList allFiles{QStringLiteral("cluster.key"), QStringLiteral("encryption.keys"), QStringLiteral("jwt.key")};

} // namespace

class ClusterKeysTest : public QObject {
    Q_OBJECT

    test::ManualClock m_clock;
    std::unique_ptr<store::Storage> m_storage;

    auto open(const NodeFolder& folder, std::optional<SecretString> tokenKey = {}, bool shared = true)
    {
        return ClusterKeys::open({folder.path(), std::move(tokenKey), 1h, shared}, *m_storage, m_clock);
    }
    auto rotate(const NodeFolder& folder, std::optional<SecretString> tokenKey = {})
    {
        return addGeneration(m_storage->keys(), folder.path(), tokenKey, 30s, m_clock);
    }
    std::string token(const ClusterKeys& keys) const
    {
        crypto::LoginClaims claims;
        claims.identity = "colin";
        claims.expires = std::chrono::floor<std::chrono::seconds>(m_clock.now()) + 1h;
        return keys.tokens().issue(claims);
    }
    bool takes(const ClusterKeys& keys, const std::string& text) const
    {
        return keys.tokens().verify(text, m_clock.now()).has_value();
    }
    void addSecret(const ClusterKeys& keys, const std::string& name, const std::string& value)
    {
        store::StoredSecret secret;
        secret.secret.username = "ann";
        secret.secret.metadata.name = name;
        secret.secret.secretId = "id-" + name;
        secret.sealedKey = keys.sealing().seal(SecretString(value), secret.secret.secretId).value();
        VERIFY_OK(m_storage->secrets().create(secret, 1000, actor, m_clock.now()));
    }
    int sealedWith(const std::string& id)
    {
        int count = 0;
        const auto read = m_storage->secrets().forEachKey(std::nullopt, [&](const store::SecretKeyEntry& entry) {
            count += crypto::KeyRing::keyIdOf(entry.sealedKey) == id;
        });
        return read ? count : -1;
    }

private Q_SLOTS:
    void init()
    {
        m_storage = store::makeMemoryStorage();
        contract::User user;
        user.metadata.name = user.nickname = "ann";
        VERIFY_OK(m_storage->users().create(user, "h", actor, m_clock.now()));
    }

    void theFirstNodeGivesTheKeys()
    {
        const NodeFolder first;
        const auto keys = open(first);
        VERIFY_OK(keys);
        QCOMPARE(first.files(), allFiles);
        QVERIFY(first.keepsPrivate());
        QVERIFY((*keys)->fault().empty());
        const auto generations = m_storage->keys().generations();
        QCOMPARE(generations->size(), std::size_t{1});

        const NodeFolder second;
        first.copyTo(second);
        const auto others = open(second);
        VERIFY_OK(others);
        QVERIFY(takes(**others, token(**keys)));
        QVERIFY(*(*others)->messageKeys() == *(*keys)->messageKeys());
        QCOMPARE((*keys)->messageKeys()->size(), std::size_t{1});
        VERIFY_OK(open(first)); // and again
        QVERIFY(*m_storage->keys().generations() == *generations);
    }
    void otherKeysAreRefused_data()
    {
        QTest::addColumn<QByteArray>("file");
        for (const char* file : {"cluster.key", "encryption.keys", "jwt.key"}) QTest::newRow(file) << QByteArray(file);
    }
    void otherKeysAreRefused()
    {
        QFETCH(QByteArray, file);
        const NodeFolder first;
        const NodeFolder second;
        VERIFY_OK(open(first));
        first.copyTo(second);
        second.remove(file.constData());
        const QStringList before = second.files();
        const auto missing = open(second);
        VERIFY_CODE(missing, Code::Encrypt);
        QVERIFY2(missing.error().detail.find("iam-server cluster join BUNDLE") != std::string::npos &&
                     missing.error().detail.find(file.toStdString()) != std::string::npos,
                 missing.error().detail.c_str());
        QCOMPARE(second.files(), before); // nothing is invented

        auto keys = readKeyFiles(second.path());
        VERIFY_OK(keys);
        VERIFY_OK(makeMissingKeyFiles(second.path(), *keys, true));
        const auto different = open(second);
        VERIFY_CODE(different, Code::Encrypt);
        QVERIFY(different.error().detail.find(file.toStdString()) != std::string::npos);
    }
    void aNodeWithoutKeysIsRefused()
    {
        const NodeFolder first;
        const NodeFolder second;
        VERIFY_OK(open(first));
        const auto refused = open(second);
        VERIFY_CODE(refused, Code::Encrypt);
        QVERIFY(refused.error().detail.find("iam-server cluster join BUNDLE") != std::string::npos);
        QVERIFY(second.files().isEmpty());
    }
    void theFingerprintDoesNotTellAShortKey()
    {
        // What somebody with the database, but without the encryption key, can compute from the right guess differs
        // from database to database.
        const SecretString shortKey("123456");
        const NodeFolder first;
        VERIFY_OK(open(first, shortKey));
        QCOMPARE(first.files(), allFiles.mid(0, 2));
        const std::string one = m_storage->keys().generations()->front().fingerprint;
        m_storage = store::makeMemoryStorage();
        const NodeFolder second;
        VERIFY_OK(open(second, shortKey));
        const std::string two = m_storage->keys().generations()->front().fingerprint;
        QVERIFY(one.substr(one.find(" t=")) != two.substr(two.find(" t=")));
        QVERIFY(one.find("123456") == std::string::npos);
    }
    void theKeyOfTheConfigurationCounts()
    {
        const NodeFolder first;
        const NodeFolder second;
        const SecretString key("the configured key");
        VERIFY_OK(open(first, key));
        first.copyTo(second);
        VERIFY_OK(open(second, key));
        const auto other = open(second, SecretString("another key"));
        VERIFY_CODE(other, Code::Encrypt);
        QVERIFY(other.error().detail.find("jwt.key of this node's configuration") != std::string::npos);
        VERIFY_CODE(open(second), Code::Encrypt);
        QVERIFY(!second.files().contains(QStringLiteral("jwt.key")));

        // It is changed on purpose, node by node.
        const SecretString next("the next configured key");
        VERIFY_OK(rotate(first, next));
        m_clock.advance(31s);
        VERIFY_OK(open(first, next));
        VERIFY_OK(open(second, next));
        VERIFY_CODE(open(second, key), Code::Encrypt);
    }
    void theConfiguredKeyChangesWhileNodesRun()
    {
        const NodeFolder first;
        const SecretString key("the configured key");
        const SecretString next("the next configured key");
        auto a = std::move(*open(first, key));
        const std::string oldToken = token(*a);
        const std::string oldId = a->sealing().ring()->sealingId();
        VERIFY_OK(rotate(first, next));

        // While it is coming: a warning, and all goes on.
        VERIFY_OK(a->refresh());
        QVERIFY(a->fault().empty());
        QVERIFY2(a->warning().find("coming generation") != std::string::npos &&
                     a->warning().find("jwt.key") != std::string::npos,
                 a->warning().c_str());
        QCOMPARE(a->sealing().ring()->ids().size(), std::size_t{2});
        QCOMPARE(a->messageKeys()->size(), std::size_t{2});
        QCOMPARE(a->sealing().ring()->sealingId(), oldId);
        QVERIFY(token(*a) == oldToken);

        // In force: the node that was not restarted opens and seals like the one that was, and signs as before.
        m_clock.advance(31s);
        VERIFY_OK(a->refresh());
        QVERIFY(a->fault().empty());
        QVERIFY2(a->warning().find("in force") != std::string::npos, a->warning().c_str());
        const auto b = open(first, next);
        VERIFY_OK(b);
        QVERIFY((*b)->warning().empty());
        QVERIFY(a->sealing().ring()->sealingId() != oldId);
        QCOMPARE(a->sealing().ring()->sealingId(), (*b)->sealing().ring()->sealingId());
        QVERIFY(*a->messageKeys() == *(*b)->messageKeys());
        QCOMPARE(a->messageKeys()->size(), std::size_t{2});
        QVERIFY(takes(*a, oldToken));
        QVERIFY(takes(*a, token(*a)));
        m_clock.advance(3h); // longer than a token lives: there is one to sign with all the same
        VERIFY_OK(a->refresh());
        QVERIFY(takes(*a, token(*a)));
        VERIFY_CODE(open(first, key), Code::Encrypt); // a start is refused
    }
    void aComingGenerationThatCannotBeReadIsAWarning()
    {
        const NodeFolder first;
        auto a = std::move(*open(first));
        const std::string fingerprint = "v1 e=abc:00 c=abc:00 t=00";
        VERIFY_OK(m_storage->keys().add({2, fingerprint, "v1:abc:AAAA", m_clock.now(), m_clock.now() + 30s}));
        VERIFY_OK(a->refresh());
        QVERIFY(a->fault().empty());
        QVERIFY(a->warning().find("cluster join") != std::string::npos);
        VERIFY_OK(open(first)); // there is time left to bring the keys
        m_clock.advance(31s);
        VERIFY_CODE(a->refresh(), Code::Encrypt);
        QVERIFY(!a->fault().empty());
    }
    void aLonelyNodeNeedsOnlyItsEncryptionKey()
    {
        const NodeFolder folder;
        VERIFY_OK(open(folder, {}, false));
        QCOMPARE(folder.files(), allFiles);
        folder.remove("jwt.key");
        folder.remove("cluster.key");
        VERIFY_OK(open(folder, {}, false)); // made anew, as ever
        QCOMPARE(folder.files(), allFiles);
        VERIFY_OK(open(folder, SecretString("now configured"), false));
        folder.remove("encryption.keys");
        const auto refused = open(folder, {}, false);
        VERIFY_CODE(refused, Code::Encrypt);
        QVERIFY(refused.error().detail.find("restore") != std::string::npos);
        const NodeFolder other;
        VERIFY_CODE(open(other, {}, false), Code::Encrypt);
    }

    void rotationWhileNodesRun()
    {
        const NodeFolder first;
        const NodeFolder second;
        auto a = std::move(*open(first));
        first.copyTo(second);
        auto b = std::move(*open(second));
        addSecret(*a, "s", "value of s");
        const std::string oldToken = token(*a);
        const auto oldMessage = a->messageKeys()->front();
        const std::string oldId = a->sealing().ring()->sealingId();

        const auto generation = rotate(first);
        VERIFY_OK(generation);
        QCOMPARE(generation->number, std::uint64_t{2});
        QCOMPARE(generation->activeFrom, m_clock.now() + 30s);
        VERIFY_CODE(rotate(second), Code::Validation); // one at a time

        // Known, but not in force; a's clock is ahead, so that b sees what a makes early.
        VERIFY_OK(b->refresh());
        QCOMPARE(b->sealing().ring()->sealingId(), oldId);
        QVERIFY(token(*b) == oldToken);
        QCOMPARE(b->messageKeys()->front(), oldMessage);
        QVERIFY(second.keepsPrivate());
        m_clock.set(30s);
        VERIFY_OK(a->refresh());
        const std::string newToken = token(*a);
        QVERIFY(newToken != oldToken);
        QVERIFY(takes(*a, oldToken));
        QVERIFY(takes(*b, newToken));
        addSecret(*a, "early", "value");
        QVERIFY(b->sealing().open(a->sealing().seal(SecretString("x"), "y").value(), "y").has_value());
        QVERIFY(a->messageKeys()->at(0) == b->messageKeys()->at(1));
        QVERIFY(a->messageKeys()->at(1) == b->messageKeys()->at(0));
        VERIFY_OK(b->refresh());
        QVERIFY(*a->messageKeys() == *b->messageKeys());
        QCOMPARE(a->sealing().ring()->sealingId(), b->sealing().ring()->sealingId());
        QVERIFY(a->sealing().ring()->sealingId() != oldId);

        // Both seal anew what the old key sealed; together they do it once.
        QCOMPARE(sealedWith(oldId), 1);
        a->resealWhenDue();
        b->resealWhenDue();
        QCOMPARE(sealedWith(oldId), 0);
        QCOMPARE(b->sealing().open(m_storage->secrets().find("ann", "s")->sealedKey, "id-s")->reveal(),
                 std::string("value of s"));

        // What the other node sealed a moment later comes with the second time.
        store::StoredSecret late = *m_storage->secrets().find("ann", "early");
        const auto oldRing = b->sealing().ring()->only(oldId);
        const std::string lateSealed = oldRing->seal(SecretString("value"), "id-early").value();
        QCOMPARE(m_storage->secrets().reseal({{"id-early", late.sealedKey, lateSealed}}).value(), std::uint64_t{1});
        a->resealWhenDue();
        QCOMPARE(sealedWith(oldId), 1);
        m_clock.advance(2min);
        a->resealWhenDue();
        QCOMPARE(sealedWith(oldId), 0);

        // Messages of the old key end, and its tokens when the last one is over.
        m_clock.advance(12min);
        VERIFY_OK(a->refresh());
        QCOMPARE(a->messageKeys()->size(), std::size_t{1});
        QVERIFY(takes(*a, oldToken));
        const std::string signedBefore = oldToken;
        m_clock.advance(1h);
        VERIFY_OK(a->refresh());
        QCOMPARE(a->tokens().verify(signedBefore, m_clock.now() - 2h).error().message,
                 std::string("signature is invalid"));
        VERIFY_OK(open(first));
        VERIFY_OK(open(second));
    }
    void aNodeThatWasDownCatchesUp()
    {
        const NodeFolder first;
        const NodeFolder second;
        auto a = std::move(*open(first));
        first.copyTo(second);
        for (int i = 0; i < 3; ++i) { // each sealed with the one before
            VERIFY_OK(rotate(first));
            m_clock.advance(31s);
        }
        const auto b = open(second);
        VERIFY_OK(b);
        VERIFY_OK(a->refresh());
        QVERIFY(takes(**b, token(*a)));
        QCOMPARE((*b)->sealing().ring()->ids().size(), std::size_t{4});
        QVERIFY(second.keepsPrivate());
        QCOMPARE(second.files(), allFiles);
        QCOMPARE(readKeyFiles(second.path())->token.size(), std::size_t{4});
        // With its files alone, as after a restart.
        const NodeFolder third;
        second.copyTo(third);
        VERIFY_OK(open(third));
    }
    void whatCannotBeOpenedIsAFault()
    {
        const NodeFolder first;
        auto a = std::move(*open(first));
        const std::string before = token(*a);
        VERIFY_OK(m_storage->keys().add({2, "v1 e=abc:00 c=abc:00 t=00", "v1:abc:AAAA", m_clock.now(), m_clock.now()}));
        VERIFY_CODE(a->refresh(), Code::Encrypt);
        QVERIFY(a->fault().find("cluster join") != std::string::npos);
        QVERIFY(takes(*a, before)); // what it can do it goes on doing
        VERIFY_CODE(open(first), Code::Encrypt);
    }
    void keysThatCannotBeStoredAreUsedAllTheSame()
    {
        const NodeFolder first;
        auto b = [&] {
            const NodeFolder gone;
            if (auto made = open(gone)) gone.copyTo(first);
            return std::move(*open(gone));
        }();
        auto a = std::move(*open(first));
        VERIFY_OK(rotate(first));
        m_clock.advance(31s);
        VERIFY_OK(a->refresh());
        VERIFY_OK(b->refresh());
        QVERIFY(b->fault().empty());
        QVERIFY2(b->warning().find("cannot be stored") != std::string::npos, b->warning().c_str());
        QVERIFY(takes(*b, token(*a)));
        QVERIFY(takes(*a, token(*b)));
        QCOMPARE(b->sealing().ring()->sealingId(), a->sealing().ring()->sealingId());
    }
    void twoBeginAtOnce()
    {
        // The other node's keys come into the database between our look and our own.
        class Racing final : public store::KeyStore {
        public:
            explicit Racing(store::KeyStore& inner)
                : m_inner(inner)
            {
            }
            Result<std::vector<store::KeyGeneration>> generations() override { return m_inner.generations(); }
            Result<> add(const store::KeyGeneration& generation) override
            {
                if (auto other = m_inner.add({1, "v1 e=abc:00 c=abc:00 t=00", {}, {}, {}}); !other) return other;
                return m_inner.add(generation);
            }

        private:
            store::KeyStore& m_inner;
        };
        class RacingStorage final : public store::Storage {
        public:
            explicit RacingStorage(store::Storage& inner)
                : m_inner(inner)
                , m_keys(inner.keys())
            {
            }
            store::UserStore& users() override { return m_inner.users(); }
            store::SecretStore& secrets() override { return m_inner.secrets(); }
            store::PolicyStore& policies() override { return m_inner.policies(); }
            store::ChangeStore& changes() override { return m_inner.changes(); }
            store::SessionStore& sessions() override { return m_inner.sessions(); }
            store::KeyStore& keys() override { return m_keys; }
            Result<> health() override { return m_inner.health(); }

        private:
            store::Storage& m_inner;
            Racing m_keys;
        };
        RacingStorage racing(*m_storage);
        const NodeFolder folder;
        const auto lost = ClusterKeys::open({folder.path(), {}, 1h, true}, racing, m_clock);
        VERIFY_CODE(lost, Code::Encrypt);
        QVERIFY(lost.error().detail.find("iam-server cluster join BUNDLE") != std::string::npos);
        QVERIFY(folder.files().isEmpty()); // nothing was sealed with what it made
    }
};

QTEST_GUILESS_MAIN(ClusterKeysTest)
#include "clusterkeystest.moc"
