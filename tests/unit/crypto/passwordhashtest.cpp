// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/passwordhash.h"
#include <QElapsedTimer>
#include <QTest>

using namespace iam;
using namespace iam::crypto;

namespace {

constexpr Argon2Parameters cheap{1, 64, 1};
// crypt(3) of "Admin@2021"; the same text that Go's x/crypto/bcrypt makes at its default cost.
constexpr const char* adminBcrypt = "$2a$10$N9qo8uLOickgx2ZMRZoMyeob.34F2ieDqFiZ0./28/AouEH/SLgES";

} // namespace

class PasswordHashTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void argon2RoundTrip();
    void knownHashes_data();
    void knownHashes();
    void bcryptLooksAt72Bytes();
    void bcryptIsMadeForOthers();
    void damagedHashes_data();
    void damagedHashes();
    void needsRehashTellsWeakerOnes();
    void nothingCostsAsMuchAsSomething();
};

void PasswordHashTest::argon2RoundTrip()
{
    const SecretString password("Admin@2021 \xe4\xbd\xa0\xe5\xa5\xbd");
    const auto hash = hashPassword(password, cheap);
    QVERIFY(hash.has_value());
    QVERIFY(hash->starts_with("$argon2id$v=19$m=64,t=1,p=1$"));
    QVERIFY(hash->find('\0') == std::string::npos);
    QVERIFY(*verifyPassword(password, *hash));
    QVERIFY(!*verifyPassword(SecretString("admin@2021"), *hash));
    QVERIFY(!*verifyPassword(SecretString(), *hash));
    QVERIFY(*hashPassword(password, cheap) != *hash); // another salt
    const auto usual = hashPassword(SecretString(std::string("a\0b", 3)));
    QVERIFY(usual->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    QVERIFY(!*verifyPassword(SecretString("a"), *usual)); // a NUL ends nothing
    QVERIFY(*verifyPassword(SecretString(std::string("a\0b", 3)), *usual));
    QVERIFY(!hashPassword(password, Argon2Parameters{0, 0, 0}).has_value());
}

void PasswordHashTest::knownHashes_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("hash");
    // From the test programs of libargon2 and of Openwall's crypt_blowfish.
    QTest::newRow("argon2id")
        << QByteArray("password")
        << QByteArray("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    QTest::newRow("2a") << QByteArray("U*U")
                        << QByteArray("$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("2b") << QByteArray("U*U")
                        << QByteArray("$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("2y") << QByteArray("U*U")
                        << QByteArray("$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("2a empty") << QByteArray("")
                              << QByteArray("$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy");
    QTest::newRow("cost 10") << QByteArray("Admin@2021") << QByteArray(adminBcrypt);
}

void PasswordHashTest::knownHashes()
{
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, hash);
    const auto right = verifyPassword(SecretString(password.toStdString()), hash.toStdString());
    QVERIFY2(right.has_value(), right ? "" : right.error().detail.c_str());
    QVERIFY(*right);
    const auto wrong = verifyPassword(SecretString(password.toStdString() + "x"), hash.toStdString());
    QVERIFY(wrong.has_value());
    QVERIFY(!*wrong);
}

void PasswordHashTest::bcryptLooksAt72Bytes()
{
    const std::string hash = "$2a$04$N9qo8uLOickgx2ZMRZoMyedlslr.Jty7xCSm4JGSxc8PDTmSzo582"; // of 72 times 'x'
    QVERIFY(*verifyPassword(SecretString(std::string(72, 'x')), hash));
    QVERIFY(*verifyPassword(SecretString(std::string(72, 'x') + "y"), hash));
    QVERIFY(*verifyPassword(SecretString(std::string(4000, 'x')), hash));
    QVERIFY(!*verifyPassword(SecretString(std::string(71, 'x')), hash));
    QVERIFY(!*verifyPassword(SecretString(std::string(72, 'x') + '\0'), hash));
}

void PasswordHashTest::damagedHashes_data()
{
    QTest::addColumn<QByteArray>("hash");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("plain text") << QByteArray("Admin@2021");
    QTest::newRow("md5") << QByteArray("$1$abcdefgh$0123456789012345678901");
    QTest::newRow("argon2i") << QByteArray(
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8");
    QTest::newRow("old argon2 version") << QByteArray(
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
    QTest::newRow("cut") << QByteArray("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ");
    QTest::newRow("no hash") << QByteArray("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$");
    QTest::newRow("bad base64") << QByteArray("$argon2id$v=19$m=256,t=2,p=1$c29t!XNhbHQ$nf65EOgLrQMR");
    QTest::newRow("4 TiB") << QByteArray(
        "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TK");
    QTest::newRow("many passes") << QByteArray(
        "$argon2id$v=19$m=256,t=4000000,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TK");
    QTest::newRow("overflow") << QByteArray("$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR");
    QTest::newRow("long") << QByteArray("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$") + QByteArray(10000, 'A');
    QTest::newRow("bcrypt cut") << QByteArray("$2a$10$N9qo8uLOickgx2ZMRZoMye");
    QTest::newRow("bcrypt cost 31") << QByteArray("$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("bcrypt cost 03") << QByteArray("$2a$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("bcrypt cost xx") << QByteArray("$2a$xx$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
    QTest::newRow("bcrypt salt") << QByteArray("$2a$05$!CCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
}

void PasswordHashTest::damagedHashes()
{
    QFETCH(QByteArray, hash);
    const auto verified = verifyPassword(SecretString("Admin@2021"), hash.toStdString());
    QVERIFY(!verified.has_value());
    QCOMPARE(verified.error().code, Code::Encrypt);
    QVERIFY(verified.error().detail.find(hash.isEmpty() ? "\n" : hash.toStdString()) == std::string::npos);
}

void PasswordHashTest::bcryptIsMadeForOthers()
{
    const BcryptParameters usual;
    const SecretString password("Admin@2021 \xff\xa3 \xe4\xbd\xa0"); // bytes that faulty implementations stumble over
    const auto hash = hashPassword(password, BcryptParameters{4});
    QVERIFY(hash.has_value());
    QVERIFY2(hash->starts_with("$2a$04$") && hash->size() == 60, hash->c_str());
    QVERIFY(*hashPassword(password, BcryptParameters{4}) != *hash); // another salt
    QVERIFY(*verifyPassword(password, *hash));
    QVERIFY(!*verifyPassword(SecretString("Admin@2021"), *hash));
    QVERIFY(hashPassword(SecretString("a"), usual)->starts_with("$2a$10$"));
    const auto refused = hashPassword(SecretString(std::string("a\0b", 3)), usual);
    QVERIFY(!refused && refused.error().code == Code::Validation);
    QCOMPARE(refused.error().faults.at(0).field, std::string("password"));
    QVERIFY(!hashPassword(password, BcryptParameters{99}));
    QVERIFY(!needsRehash(adminBcrypt, usual));
    QVERIFY(needsRehash(*hashPassword(SecretString("a"), cheap), usual));
}

void PasswordHashTest::needsRehashTellsWeakerOnes()
{
    QVERIFY(needsRehash(adminBcrypt));
    QVERIFY(needsRehash(*hashPassword(SecretString("a"), cheap)));
    QVERIFY(!needsRehash(*hashPassword(SecretString("a"), cheap), cheap));
    QVERIFY(!needsRehash(*hashPassword(SecretString("a"), {2, 64, 1}), cheap));
    QVERIFY(needsRehash(*hashPassword(SecretString("a"), {1, 63, 1}), cheap));
    QVERIFY(needsRehash(""));
}

void PasswordHashTest::nothingCostsAsMuchAsSomething()
{
    // Compared with each other and generously: the machine may be busy. What this finds is the work left out.
    const Argon2Parameters parameters{4, 8 * 1024, 1};
    const auto hash = hashPassword(SecretString("a"), parameters);
    qint64 something = std::numeric_limits<qint64>::max();
    qint64 nothing = something;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!*verifyPassword(SecretString("b"), *hash));
        something = std::min(something, timer.nsecsElapsed());
        timer.restart();
        verifyAgainstNothing(SecretString("b"), parameters);
        nothing = std::min(nothing, timer.nsecsElapsed());
    }
    QVERIFY2(nothing * 3 > something && something * 3 > nothing,
             qPrintable(QStringLiteral("%1 ns, %2 ns").arg(something).arg(nothing)));
}

QTEST_APPLESS_MAIN(PasswordHashTest)
#include "passwordhashtest.moc"
