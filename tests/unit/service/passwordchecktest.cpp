// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicefixture.h"
#include <ctime>

using namespace iam;
using namespace iam::service;

namespace {

/// What the work costs this thread, however busy the machine is.
template <class Work>
double cpuSeconds(Work work)
{
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    };
    const double begin = now();
    work();
    return now() - begin;
}

} // namespace

class PasswordCheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nameAndPasswordHaveToFit()
    {
        ServiceFixture f;
        f.addUser("Ann", "Secret@2026");
        const auto account = f.passwords.check("aNN", SecretString("Secret@2026"), "10.0.0.1");
        VERIFY_OK(account);
        QCOMPARE(account->name, std::string("Ann"));
        VERIFY_CODE(f.passwords.check("Ann", SecretString("secret@2026"), "10.0.0.1"), Code::PasswordIncorrect);
        VERIFY_CODE(f.passwords.check("nobody", SecretString("Secret@2026"), "10.0.0.1"), Code::PasswordIncorrect);
        VERIFY_OK(f.storage->users().setEnabled("Ann", false, f.actor, f.clock.now()));
        VERIFY_CODE(f.passwords.check("Ann", SecretString("Secret@2026"), "10.0.0.1"), Code::PasswordIncorrect);
        QCOMPARE(f.throttle.failures(), std::uint64_t{3});
    }

    void anUnknownNameCostsAHashToo()
    {
        ServiceFixture f(store::makeMemoryStorage(), {2, 8 * 1024, 1});
        f.addUser("ann", "Secret@2026");
        const auto check = [&](const char* name) {
            return cpuSeconds([&] {
                VERIFY_CODE(f.passwords.check(name, SecretString("wrong"), "10.0.0.1"), Code::PasswordIncorrect);
            });
        };
        static_cast<void>(check("ann")); // the first one pays for what is set up once
        const double known = check("ann");
        const double unknown = check("nobody");
        QVERIFY2(unknown > known / 3, qPrintable(QStringLiteral("%1 s against %2 s").arg(unknown).arg(known)));
    }

    void whereOthersReadBcryptNothingElseIsMade()
    {
        ServiceFixture f;
        f.addUser("Ann", "Secret@2026");
        PasswordCheck shared(*f.storage, f.directory, f.throttle, crypto::BcryptParameters{4}, f.clock);
        const auto stored = [&] { return f.storage->users().credentials("ann")->passwordHash; };
        QVERIFY(stored().starts_with("$argon2id$"));
        VERIFY_OK(shared.check("ann", SecretString("Secret@2026"), "10.0.0.1"));
        const std::string hash = stored();
        QVERIFY(hash.starts_with("$2a$04$"));
        VERIFY_OK(shared.check("ann", SecretString("Secret@2026"), "10.0.0.1"));
        QCOMPARE(stored(), hash);
        VERIFY_CODE(shared.check("ann", SecretString("secret@2026"), "10.0.0.1"), Code::PasswordIncorrect);
        VERIFY_CODE(shared.check("nobody", SecretString("secret@2026"), "10.0.0.1"), Code::PasswordIncorrect);
        QVERIFY(shared.hash(SecretString("x"))->starts_with("$2a$04$"));
    }

    void anOldHashIsReplaced()
    {
        ServiceFixture f;
        // A test vector of crypt_blowfish.
        f.addUserWithHash("ann", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
        const auto before = f.storage->users().credentials("ann")->account.tokensValidFrom;
        VERIFY_CODE(f.passwords.check("ann", SecretString("U*V"), "10.0.0.1"), Code::PasswordIncorrect);
        QVERIFY(f.storage->users().credentials("ann")->passwordHash.starts_with("$2a$"));
        VERIFY_OK(f.passwords.check("ann", SecretString("U*U"), "10.0.0.1"));
        QVERIFY(f.storage->users().credentials("ann")->passwordHash.starts_with("$argon2id$"));
        QCOMPARE(f.storage->users().credentials("ann")->account.tokensValidFrom, before);
        VERIFY_OK(f.passwords.check("ann", SecretString("U*U"), "10.0.0.1"));
    }

    void tooManyAttemptsWait()
    {
        ServiceFixture f;
        f.addUser("ann", "Secret@2026");
        for (int i = 0; i < 10; ++i)
            VERIFY_CODE(f.passwords.check("ann", SecretString("wrong"), "10.0.0.1"), Code::PasswordIncorrect);
        const auto refused = f.passwords.check("ann", SecretString("Secret@2026"), "10.0.0.2");
        VERIFY_CODE(refused, Code::TooManyAttempts);
        QCOMPARE(refused.error().detail, std::string("1"));
        f.clock.advance(std::chrono::seconds(1));
        VERIFY_OK(f.passwords.check("ann", SecretString("Secret@2026"), "10.0.0.2"));
    }

    void whatWasVerifiedIsRememberedForAWhile()
    {
        ServiceFixture f;
        f.addUser("Ann", "Secret@2026");
        const SecretString password("Secret@2026");
        QVERIFY(!f.passwords.recentlyVerified("ann", password));
        VERIFY_OK(f.passwords.check("ann", password, "10.0.0.1"));
        QVERIFY(f.passwords.recentlyVerified("ANN", password));
        QCOMPARE(f.passwords.recentlyVerified("ann", password)->name, std::string("Ann"));
        QVERIFY(!f.passwords.recentlyVerified("ann", SecretString("Secret@2027")));
        QVERIFY(!f.passwords.recentlyVerified("annS", SecretString("ecret@2026")));
        f.clock.advance(std::chrono::minutes(5));
        QVERIFY(f.passwords.recentlyVerified("ann", password));
        f.clock.advance(std::chrono::milliseconds(1));
        QVERIFY(!f.passwords.recentlyVerified("ann", password));
    }

    void aChangeOfTheAccountForgetsIt()
    {
        ServiceFixture f;
        f.addUser("ann", "Secret@2026");
        const SecretString password("Secret@2026");
        VERIFY_OK(f.passwords.check("ann", password, "10.0.0.1"));
        f.addUser("bob", "Secret@2026");
        QVERIFY(f.passwords.recentlyVerified("ann", password));
        f.storePassword("ann", "Other@2026");
        VERIFY_OK(f.directory.catchUp());
        QVERIFY(!f.passwords.recentlyVerified("ann", password));

        VERIFY_OK(f.passwords.check("ann", SecretString("Other@2026"), "10.0.0.1"));
        VERIFY_OK(f.storage->users().setEnabled("ann", false, f.actor, f.clock.now()));
        VERIFY_OK(f.directory.catchUp());
        QVERIFY(!f.passwords.recentlyVerified("ann", SecretString("Other@2026")));
        VERIFY_OK(f.storage->users().setEnabled("ann", true, f.actor, f.clock.now()));
        VERIFY_OK(f.directory.catchUp());
        QVERIFY(!f.passwords.recentlyVerified("ann", SecretString("Other@2026")));

        VERIFY_OK(f.passwords.check("ann", SecretString("Other@2026"), "10.0.0.1"));
        VERIFY_OK(f.storage->users().remove({"ann"}, f.actor, f.clock.now()));
        VERIFY_OK(f.directory.catchUp());
        QVERIFY(!f.passwords.recentlyVerified("ann", SecretString("Other@2026")));
    }
};

QTEST_GUILESS_MAIN(PasswordCheckTest)
#include "passwordchecktest.moc"
