// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/base64.h"
#include "crypto/envelope.h"
#include "crypto/keyedmac.h"
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include "crypto/tokenkeys.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <set>
#include <sys/stat.h>
#include <thread>

using namespace iam;
using namespace iam::crypto;

namespace {

std::string hexOf(std::string_view bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex().toStdString();
}

std::string macHex(HmacAlgorithm algorithm, const std::string& key, const std::string& data)
{
    return hexOf(HmacKey::make(algorithm, SecretString(key))->mac(data));
}

} // namespace

class KeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rfc4231();
    void keyedMac();
    void base64();
    void randomTextIsUnbiased();
    void envelopeRoundTrip();
    void envelopeRefusesEveryChange();
    void envelopeRotation();
    void keyRingFile();
    void ringsGrowByOneAnother();
    void sealsWhileTheRingIsExchanged();
    void badKeyRings_data();
    void badKeyRings();
    void privateFiles();
    void filesAreReplacedWhole();
    void tokenKeyFile();
    void startersTogetherGetOneKey();

private:
    std::string pathOf(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    void write(const std::string& path, const std::string& content, mode_t mode) const;

    QTemporaryDir m_folder;
};

void KeysTest::write(const std::string& path, const std::string& content, mode_t mode) const
{
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content.data(), static_cast<qint64>(content.size()));
    file.close();
    QCOMPARE(::chmod(path.c_str(), mode), 0);
}

void KeysTest::rfc4231()
{
    const std::string hi(20, '\x0b');
    QCOMPARE(macHex(HmacAlgorithm::Sha256, hi, "Hi There"),
             "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    const std::string question = "what do ya want for nothing?";
    QCOMPARE(macHex(HmacAlgorithm::Sha256, "Jefe", question),
             "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QCOMPARE(macHex(HmacAlgorithm::Sha384, "Jefe", question),
             "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649");
    QCOMPARE(macHex(HmacAlgorithm::Sha512, "Jefe", question), "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7"
                                                              "ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b"
                                                              "636e070a38bce737");
    QCOMPARE(macHex(HmacAlgorithm::Sha256, std::string(131, '\xaa'),
                    "Test Using Larger Than Block-Size Key - Hash Key First"),
             "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    QCOMPARE(hexOf(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

void KeysTest::keyedMac()
{
    QVERIFY(!HmacKey::make(HmacAlgorithm::Sha256, SecretString()).has_value());
    auto key = HmacKey::make(HmacAlgorithm::Sha256, SecretString("k"));
    const std::string first = key->mac("one");
    QCOMPARE(key->mac("one"), first); // a used context starts anew
    QVERIFY(key->mac("two") != first);
    QVERIFY(key->verify("one", first));
    QVERIFY(!key->verify("one", first.substr(1)));
    QVERIFY(!key->verify("one", ""));
    const HmacKey moved = std::move(*key);
    QCOMPARE(moved.mac("one"), first);

    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            const std::string data(static_cast<std::size_t>(100 + t), 'x');
            const std::string expected = moved.mac(data);
            for (int i = 0; i < 2000; ++i) wrong += moved.mac(data) == expected ? 0 : 1;
        });
    }
    for (auto& thread : threads) thread.join();
    QCOMPARE(wrong.load(), 0);
}

void KeysTest::base64()
{
    // RFC 4648 §10
    const std::array<std::pair<const char*, const char*>, 7> vectors = {{{"", ""},
                                                                         {"f", "Zg=="},
                                                                         {"fo", "Zm8="},
                                                                         {"foo", "Zm9v"},
                                                                         {"foob", "Zm9vYg=="},
                                                                         {"fooba", "Zm9vYmE="},
                                                                         {"foobar", "Zm9vYmFy"}}};
    for (const auto& [plain, encoded] : vectors) {
        QCOMPARE(toBase64(plain), encoded);
        QCOMPARE(fromBase64(encoded).value_or("refused"), plain);
    }
    QCOMPARE(toBase64Url("\xfb\xff\xfe\xff"), "-__-_w");
    QCOMPARE(fromBase64Url("-__-_w").value_or("refused"), "\xfb\xff\xfe\xff");
    for (const char* bad : {"Zg", "Zg=", "Zh==", "Zg===", "=Zg=", "Z===", "Zm9v\n", "-_-_", "Zm9vZg==Zm9v"}) {
        QVERIFY2(!fromBase64(bad).has_value(), bad);
    }
    for (const char* bad : {"Zg==", "Z", "Zh", "Zm9", "Zm 9v", "+/+/"}) QVERIFY2(!fromBase64Url(bad).has_value(), bad);

    QCOMPARE(fromBase64UrlLikeGo("Zh").value_or("refused"), "f");
    QCOMPARE(fromBase64UrlLikeGo("Zm9v\n\r\n\n").value_or("refused"), "foo");
    QCOMPARE(fromBase64UrlLikeGo("Zg\n=").error(), std::size_t{4});
    QCOMPARE(fromBase64UrlLikeGo("Z").error(), std::size_t{1});
    QCOMPARE(fromBase64UrlLikeGo("Zg=a").error(), std::size_t{2});
    QCOMPARE(fromBase64UrlLikeGo("Zm8=Zm9v").error(), std::size_t{4});
    QCOMPARE(fromBase64UrlLikeGo("Zm9v\xff").error(), std::size_t{4});
}

void KeysTest::randomTextIsUnbiased()
{
    QCOMPARE(newSecretId().size(), std::size_t{36});
    QCOMPARE(newSecretKey().reveal().size(), std::size_t{32});
    QCOMPARE(alphanumeric.size(), std::size_t{62});
    QVERIFY(randomText(0).empty());
    QCOMPARE(randomText(5, "a"), "aaaaa");
    // A plain modulus by 62 would give each of the first 8 characters 25 % more than the others.
    std::array<int, 256> counts{};
    for (const char c : randomText(620000)) ++counts[static_cast<unsigned char>(c)];
    for (const char c : alphanumeric) {
        const int count = counts[static_cast<unsigned char>(c)];
        QVERIFY2(count > 9300 && count < 10700, qPrintable(QStringLiteral("%1: %2").arg(QLatin1Char(c)).arg(count)));
    }
    QVERIFY(randomBytes(32) != randomBytes(32));
}

void KeysTest::envelopeRoundTrip()
{
    const KeyRing ring = KeyRing::generate();
    for (const std::size_t size : {0, 1, 15, 16, 17, 32, 1000, 300000}) {
        const SecretString plain(randomBytes(size));
        const auto sealed = ring.seal(plain, "secret:42");
        QVERIFY(sealed.has_value());
        QVERIFY(sealed->starts_with("v1:" + ring.sealingId() + ":"));
        QCOMPARE(KeyRing::keyIdOf(*sealed), ring.sealingId());
        const auto opened = ring.open(*sealed, "secret:42");
        QVERIFY(opened.has_value());
        QVERIFY(*opened == plain);
        QVERIFY(*ring.seal(plain, "secret:42") != *sealed); // a nonce is never used twice
        QVERIFY(!ring.open(*sealed, "secret:43").has_value());
        QVERIFY(!ring.open(*sealed, "").has_value());
        QVERIFY(!KeyRing::generate().open(*sealed, "secret:42").has_value());
    }
    QVERIFY(!ring.seal(SecretString(std::string(600000, 'x')), "").has_value());
    QVERIFY(!ring.open(std::string("v1:") + ring.sealingId() + ":" + std::string(2000000, 'A'), "").has_value());
    for (const char* text : {"", "v1", "v1:", "v1::", "v2:abc:AAAA", "v1:ABC:AAAA", "plain key"}) {
        QVERIFY2(!ring.open(text, "").has_value(), text);
        QVERIFY2(KeyRing::keyIdOf(text).empty(), text);
    }
}

void KeysTest::envelopeRefusesEveryChange()
{
    KeyRing ring = KeyRing::generate();
    const auto sealed = ring.seal(SecretString("the secret key"), "owner");
    ring.addKey();
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = *sealed;
            changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
            const auto opened = ring.open(changed, "owner");
            QVERIFY2(!opened.has_value(), changed.c_str());
            QCOMPARE(opened.error().code, Code::Encrypt);
        }
        QVERIFY(!ring.open(sealed->substr(0, i), "owner").has_value());
    }
    QVERIFY(!ring.open(*sealed + "A", "owner").has_value());
    QVERIFY(!ring.open(*sealed + "AAAA", "owner").has_value());
    // The same bytes under the other key's name.
    std::string renamed = *sealed;
    renamed.replace(3, 8, ring.sealingId());
    QVERIFY(!ring.open(renamed, "owner").has_value());
}

void KeysTest::envelopeRotation()
{
    KeyRing ring = KeyRing::generate();
    const std::string oldId = ring.sealingId();
    const auto old = ring.seal(SecretString("a"), "x");
    ring.addKey();
    QVERIFY(ring.sealingId() != oldId);
    const auto fresh = ring.seal(SecretString("b"), "x");
    QCOMPARE(KeyRing::keyIdOf(*fresh), ring.sealingId());
    const auto loaded = KeyRing::parse(ring.serialize());
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->sealingId(), ring.sealingId());
    QCOMPARE(loaded->open(*old, "x")->reveal(), "a");
    QCOMPARE(loaded->open(*fresh, "x")->reveal(), "b");
}

void KeysTest::keyRingFile()
{
    const std::string path = pathOf("ring");
    QCOMPARE(KeyRing::load(path).error().code, Code::SecretNotFound);
    const auto made = KeyRing::loadOrCreate(path);
    QVERIFY(made.has_value());
    const auto again = KeyRing::loadOrCreate(path);
    QCOMPARE(again->sealingId(), made->sealingId());
    QCOMPARE(again->open(*made->seal(SecretString("s"), "a"), "a")->reveal(), "s");
    struct stat status {};
    QCOMPARE(::stat(path.c_str(), &status), 0);
    QCOMPARE(status.st_mode & 07777, 0600U);
    QCOMPARE(::chmod(path.c_str(), 0640), 0);
    const auto open = KeyRing::loadOrCreate(path);
    QCOMPARE(open.error().code, Code::Encrypt);
    QVERIFY(open.error().detail.find(path) != std::string::npos);
    QVERIFY(open.error().detail.find("0600") != std::string::npos);
    QCOMPARE(KeyRing::loadOrCreate(pathOf("absent/ring")).error().code, Code::StorageUnavailable);
}

void KeysTest::ringsGrowByOneAnother()
{
    KeyRing ring = KeyRing::generate();
    const std::string first = ring.sealingId();
    const KeyRing other = KeyRing::generate();
    QVERIFY(ring.addMissing(other));
    QVERIFY(!ring.addMissing(other));
    QCOMPARE(ring.sealingId(), first);
    QCOMPARE(ring.ids(), (std::vector<std::string>{first, other.sealingId()}));
    QVERIFY(ring.open(*other.seal(SecretString("a"), "x"), "x").has_value());
    QVERIFY(ring.sealWith(other.sealingId()));
    QVERIFY(!ring.sealWith("unknown"));
    QCOMPARE(KeyRing::keyIdOf(*ring.seal(SecretString("a"), "x")), other.sealingId());

    const auto single = ring.only(first);
    QVERIFY(single.has_value());
    QCOMPARE(single->ids(), (std::vector<std::string>{first}));
    QVERIFY(!ring.only("unknown").has_value());

    const auto derived = ring.derive(first, "label");
    QVERIFY(derived.has_value());
    QCOMPARE(derived->reveal().size(), std::size_t{32});
    QVERIFY(*derived == *single->derive(first, "label"));
    QVERIFY(!(*derived == *ring.derive(first, "other label")));
    QVERIFY(!(*derived == *ring.derive(other.sealingId(), "label")));
    QVERIFY(!ring.derive("unknown", "label").has_value());
}

void KeysTest::sealsWhileTheRingIsExchanged()
{
    KeyRing all = KeyRing::generate();
    SealingKeys keys(all);
    std::atomic<bool> ended = false;
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 3; ++t) {
            threads.emplace_back([&] {
                while (!ended) {
                    const auto sealed = keys.seal(SecretString("a"), "x");
                    if (!sealed || !keys.open(*sealed, "x")) ++failed;
                }
            });
        }
        for (int i = 0; i < 200; ++i) {
            all.addKey();
            keys.publish(all);
        }
        ended = true;
    }
    QCOMPARE(failed.load(), 0);
    QCOMPARE(KeyRing::keyIdOf(*keys.seal(SecretString("a"), "x")), all.sealingId());
}

void KeysTest::badKeyRings_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("fault");
    const QByteArray key = QByteArray(32, 'k').toBase64();
    const QByteArray head = "iam-keyring 1\n";
    QTest::newRow("empty") << QByteArray() << QByteArray("no key");
    QTest::newRow("garbage") << QByteArray("\0\xff\n\n", 4) << QByteArray("not a key ring");
    QTest::newRow("header only") << head << QByteArray("no key");
    QTest::newRow("next version") << QByteArray("iam-keyring 2\na:") + key << QByteArray("not a key ring");
    QTest::newRow("no id") << head + ":" + key << QByteArray("line 2");
    QTest::newRow("bad id") << head + "A b:" + key << QByteArray("line 2");
    QTest::newRow("no colon") << head + key << QByteArray("line 2");
    QTest::newRow("short key") << head + "a:" + QByteArray(31, 'k').toBase64() << QByteArray("line 2");
    QTest::newRow("long key") << head + "a:" + QByteArray(33, 'k').toBase64() << QByteArray("line 2");
    QTest::newRow("twice") << head + "a:" + key + "\na:" + key + "\n" << QByteArray("line 3");
    QTest::newRow("blank line") << head + "a:" + key + "\n\n" << QByteArray("line 3");
    QTest::newRow("too large") << head + QByteArray(70000, 'a') << QByteArray("too large");
}

void KeysTest::badKeyRings()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, fault);
    const std::string path = pathOf("bad");
    write(path, content.toStdString(), 0600);
    const auto ring = KeyRing::loadOrCreate(path);
    QVERIFY(!ring.has_value());
    QCOMPARE(ring.error().code, Code::Encrypt);
    QVERIFY2(ring.error().detail.find(fault.toStdString()) != std::string::npos, ring.error().detail.c_str());
    QVERIFY(ring.error().detail.find(path) != std::string::npos);
    QVERIFY(ring.error().detail.find(QByteArray(8, 'k').toBase64().left(8).toStdString()) == std::string::npos);
}

void KeysTest::privateFiles()
{
    const std::string path = pathOf("private");
    QVERIFY(createPrivateFile(path, SecretString("content")).has_value());
    QCOMPARE(readPrivateFile(path, 100)->reveal(), "content");
    QCOMPARE(readPrivateFile(path, 7)->reveal(), "content");
    QCOMPARE(readPrivateFile(path, 6).error().code, Code::Encrypt);
    QCOMPARE(createPrivateFile(path, SecretString("other")).error().code, Code::SecretAlreadyExist);
    QCOMPARE(readPrivateFile(path, 100)->reveal(), "content");
    QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("*.new")}).size(), 0);            // no draft is left
    QCOMPARE(readPrivateFile(m_folder.path().toStdString(), 100).error().code, Code::Encrypt); // a folder
    const std::string fifo = pathOf("fifo");
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    QCOMPARE(readPrivateFile(fifo, 100).error().code, Code::Encrypt); // and no waiting for a writer
}

void KeysTest::filesAreReplacedWhole()
{
    const std::string path = pathOf("replaced");
    QVERIFY(replacePrivateFile(path, SecretString("one")).has_value());
    QVERIFY(replacePrivateFile(path, SecretString("two")).has_value());
    QCOMPARE(readPrivateFile(path, 100)->reveal(), "two"); // and its mode is 0600, or it would not be read
    QCOMPARE(replacePrivateFile(pathOf("absent/file"), SecretString("x")).error().code, Code::StorageUnavailable);
}

void KeysTest::tokenKeyFile()
{
    const std::string path = pathOf("jwt.key");
    const auto made = loadOrCreateTokenKeys(path);
    QVERIFY(made.has_value());
    QCOMPARE(made->size(), std::size_t{1});
    QCOMPARE(made->front().reveal().size(), std::size_t{64});
    QVERIFY(*loadOrCreateTokenKeys(path) == *made);
    for (const std::string& bad :
         {std::string(), std::string(63, 'a'), std::string(65, 'a'), std::string(64, '\n'), std::string(2000, 'a')}) {
        write(path, bad, 0600);
        QCOMPARE(loadOrCreateTokenKeys(path).error().code, Code::Encrypt);
    }
    write(path, std::string(64, 'a') + '\n' + std::string(64, 'b'), 0600); // oldest first
    auto two = loadTokenKeys(path);
    QVERIFY(two.has_value());
    QCOMPARE(two->back().reveal(), std::string(64, 'b'));
    QVERIFY(addMissingTokenKeys(*two, *made));
    QVERIFY(!addMissingTokenKeys(*two, *made));
    QVERIFY(*parseTokenKeys(serializeTokenKeys(*two)) == *two);
    write(path, std::string(64, 'a'), 0644);
    QCOMPARE(loadOrCreateTokenKeys(path).error().code, Code::Encrypt);
}

void KeysTest::startersTogetherGetOneKey()
{
    const std::string path = pathOf("together.key");
    std::array<std::string, 8> keys;
    std::vector<std::thread> threads;
    for (auto& key : keys) {
        threads.emplace_back([&] {
            if (const auto loaded = loadOrCreateTokenKeys(path)) key = loaded->front().reveal();
        });
    }
    for (auto& thread : threads) thread.join();
    QCOMPARE(std::set<std::string>(keys.begin(), keys.end()).size(), std::size_t{1});
    QCOMPARE(keys[0].size(), std::size_t{64});
}

QTEST_APPLESS_MAIN(KeysTest)
#include "keystest.moc"
