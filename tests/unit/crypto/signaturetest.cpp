// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/signature.h"
#include "support/verifyresult.h"
#include <QByteArray>
#include <QTest>

using namespace iam;
using namespace iam::crypto;

namespace {

std::string bytes(const char* hex)
{
    return QByteArray::fromHex(hex).toStdString();
}

} // namespace

class SignatureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// RFC 8032 §7.1, tests 1 to 3.
    void signsAsTheStandardSays_data()
    {
        QTest::addColumn<QByteArray>("seed");
        QTest::addColumn<QByteArray>("publicKey");
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QByteArray>("signature");
        QTest::newRow("1") << QByteArray("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
                           << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
                           << QByteArray()
                           << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                                         "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        QTest::newRow("2") << QByteArray("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
                           << QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
                           << QByteArray("72")
                           << QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    }
    void signsAsTheStandardSays()
    {
        QFETCH(QByteArray, seed);
        QFETCH(QByteArray, publicKey);
        QFETCH(QByteArray, message);
        QFETCH(QByteArray, signature);
        const auto key = SigningKey::fromSeed(SecretString(bytes(seed.constData())));
        VERIFY_OK(key);
        const std::string text = bytes(message.constData());
        QCOMPARE(key->publicKey(), bytes(publicKey.constData()));
        QCOMPARE(key->sign(text), bytes(signature.constData()));
        QVERIFY(verifySignature(key->publicKey(), text, key->sign(text)));
        QVERIFY(!verifySignature(key->publicKey(), text + 'x', key->sign(text)));
        std::string damaged = key->sign(text);
        damaged.front() = static_cast<char>(damaged.front() ^ 1);
        QVERIFY(!verifySignature(key->publicKey(), text, damaged));
    }

    void sizesThatCannotBeRightAreRefused()
    {
        QVERIFY(!SigningKey::fromSeed(SecretString(std::string(31, 'x'))));
        const auto key = SigningKey::fromSeed(SecretString(std::string(32, 'x')));
        QVERIFY(!verifySignature(key->publicKey().substr(1), "a", key->sign("a")));
        QVERIFY(!verifySignature(key->publicKey(), "a", key->sign("a") + 'x'));
        QVERIFY(!verifySignature({}, "a", {}));
        QVERIFY(!deriveKey(SecretString(), {}, "info", 32));
        QVERIFY(!deriveKey(SecretString(std::string("key")), {}, "info", 0));
        QVERIFY(!deriveKey(SecretString(std::string("key")), {}, "info", 255 * 32 + 1));
    }

    /// RFC 5869 appendix A, test cases 1 and 3.
    void derivesAsTheStandardSays()
    {
        const SecretString key(std::string(22, '\x0b'));
        const auto first = deriveKey(key, bytes("000102030405060708090a0b0c"), bytes("f0f1f2f3f4f5f6f7f8f9"), 42);
        VERIFY_OK(first);
        QCOMPARE(first->reveal(), bytes("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b8"
                                        "87185865"));
        const auto third = deriveKey(key, {}, {}, 42);
        VERIFY_OK(third);
        QCOMPARE(third->reveal(), bytes("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4"
                                        "b61a96c8"));
    }
};

QTEST_APPLESS_MAIN(SignatureTest)
#include "signaturetest.moc"
