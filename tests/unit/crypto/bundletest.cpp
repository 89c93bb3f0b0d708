// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/base64.h"
#include "crypto/keybundle.h"
#include "crypto/keyedmac.h"
#include "crypto/keyset.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::crypto;

namespace {

constexpr Argon2Parameters cheap{1, 8, 1};
const SecretString passphrase("correct horse battery");

KeySet someKeys()
{
    KeySet set;
    set.encryption = KeyRing::generate();
    set.encryption->addKey();
    set.cluster = KeyRing::generate();
    set.token = {newTokenKey(), newTokenKey()};
    return set;
}

/// The bundle with another digest, as somebody would write it who changed more than by accident.
std::string withDigest(const std::string& lines)
{
    return lines + "sha256 " + QByteArray::fromStdString(sha256(lines)).toHex().toStdString() + '\n';
}

std::string linesOf(const std::string& bundle)
{
    return bundle.substr(0, bundle.rfind("sha256 "));
}

} // namespace

class BundleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{192 * 1024}}) {
            const SecretString content(std::string(size, 'k'));
            const auto bundle = sealBundle(content, passphrase, cheap);
            VERIFY_OK(bundle);
            QVERIFY(bundle->starts_with("iam-cluster-bundle 1\nargon2id m=8,t=1,p=1 "));
            QVERIFY(bundle->size() <= maxBundleSize);
            const auto opened = openBundle(*bundle, passphrase);
            VERIFY_OK(opened);
            QVERIFY(*opened == content);
            QVERIFY(*sealBundle(content, passphrase, cheap) != *bundle);
        }
    }
    void theUsualCostIsTaken()
    {
        const auto bundle = sealBundle(SecretString("k"), passphrase);
        VERIFY_OK(bundle);
        VERIFY_OK(openBundle(*bundle, passphrase));
    }
    void wrongPassphrase()
    {
        const auto bundle = sealBundle(SecretString("k"), passphrase, cheap);
        for (const char* wrong : {"", "correct horse batterY", "correct horse battery "})
            VERIFY_CODE(openBundle(*bundle, SecretString(wrong)), Code::PasswordIncorrect);
    }
    void refusedToSeal()
    {
        VERIFY_CODE(sealBundle(SecretString("k"), SecretString("elevenchars"), cheap), Code::Validation);
        VERIFY_CODE(sealBundle(SecretString("k"), SecretString(std::string(1025, 'x')), cheap), Code::Validation);
        VERIFY_CODE(sealBundle(SecretString(std::string(192 * 1024 + 1, 'k')), passphrase, cheap), Code::Encrypt);
    }
    void everyBitIsProtected()
    {
        const std::string bundle = sealBundle(someKeys().serialize(), passphrase, cheap).value();
        for (std::size_t i = 0; i < bundle.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string changed = bundle;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                VERIFY_CODE(openBundle(changed, passphrase), Code::DecodingFailed);
            }
            QVERIFY(!openBundle(bundle.substr(0, i), passphrase));
        }
        QVERIFY(!openBundle(bundle + '\n', passphrase));
        QVERIFY(!openBundle(bundle + bundle, passphrase));
    }
    void everyBitIsProtectedWithoutTheDigest()
    {
        const std::string lines = linesOf(sealBundle(SecretString("the keys"), passphrase, cheap).value());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                std::string changed = lines;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                const auto opened = openBundle(withDigest(changed), passphrase);
                QVERIFY2(!opened, changed.c_str());
                QVERIFY(opened.error().code == Code::DecodingFailed || opened.error().code == Code::PasswordIncorrect ||
                        opened.error().code == Code::Encrypt);
            }
        }
        VERIFY_OK(openBundle(withDigest(lines), passphrase));
    }
    void absurdCostIsRefused()
    {
        const std::string lines = linesOf(sealBundle(SecretString("k"), passphrase, cheap).value());
        for (const char* cost : {"m=4000000000,t=1,p=1", "m=8,t=65,p=1", "m=8,t=1,p=65", "m=08,t=1,p=1", "m=,t=1,p=1",
                                 "m=99999999999,t=1,p=1", "m=8,t=1"}) {
            std::string changed = lines;
            changed.replace(changed.find("m=8,t=1,p=1"), 11, cost);
            VERIFY_CODE(openBundle(withDigest(changed), passphrase), Code::DecodingFailed);
        }
        QVERIFY(!openBundle(std::string(maxBundleSize + 1, 'a'), passphrase));
        std::string later = lines;
        later.replace(later.find(" 1\n"), 3, " 2\n");
        QVERIFY(openBundle(withDigest(later), passphrase).error().detail.find("another version") != std::string::npos);
    }
    void keySetRoundTrip()
    {
        const KeySet set = someKeys();
        const auto again = KeySet::parse(set.serialize());
        VERIFY_OK(again);
        QVERIFY(again->serialize() == set.serialize());
        QVERIFY(again->includes(set) && set.includes(*again));
        KeySet empty;
        QVERIFY(KeySet::parse(empty.serialize()).has_value());
        QVERIFY(set.includes(empty) && !empty.includes(set));
        QVERIFY(empty.addMissing(set));
        QVERIFY(empty.serialize() == set.serialize());
        QVERIFY(!empty.addMissing(set));

        KeySet more = set;
        more.cluster->addKey();
        QVERIFY(more.includes(set) && !set.includes(more));
        // The same id for another key.
        const std::string id = set.encryption->sealingId();
        KeySet other;
        other.encryption =
            KeyRing::parse(SecretString("iam-keyring 1\n" + id + ':' + toBase64(std::string(32, 'x')) + '\n')).value();
        QVERIFY(!set.includes(other));
    }
    void badKeySets()
    {
        const std::string id = "encryption abc:" + toBase64(std::string(32, 'x')) + '\n';
        VERIFY_OK(KeySet::parse(SecretString("iam-keys 1\n" + id)));
        for (const std::string& text :
             {std::string(), std::string("iam-keys 2\n"), "iam-keys 1\n" + id + id,
              "iam-keys 1\n" + id.substr(0, id.size() - 1), "iam-keys 1\nother a:b\n" + id,
              std::string("iam-keys 1\nencryption \n"), std::string("iam-keys 1\ntoken short\n"),
              std::string("iam-keys 1\ncluster abc:AAAA\n"), std::string(KeySet::maxText + 1, 'a')})
            VERIFY_CODE(KeySet::parse(SecretString(text)), Code::Encrypt);
    }
};

QTEST_APPLESS_MAIN(BundleTest)
#include "bundletest.moc"
