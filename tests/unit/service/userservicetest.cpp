// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/userservice.h"
#include "servicefixture.h"

using namespace iam;
using namespace iam::service;
using namespace std::chrono_literals;

class UserServiceTest : public QObject {
    Q_OBJECT

    std::unique_ptr<ServiceFixture> m_f;
    std::unique_ptr<UserService> m_users;
    Caller m_root;

    Code codeOfLogIn(const std::string& name, const std::string& password)
    {
        const auto session = m_f->logIn(name, password);
        return session ? Code::Success : session.error().code;
    }
    std::string lastChange()
    {
        const auto page = m_f->storage->changes().query({}, {}, 1);
        if (!page || page->items.empty()) return {};
        const contract::ChangeRecord& change = page->items.front();
        return change.actor.name + " " + change.kind + " " + change.action + " " + change.name;
    }

private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<ServiceFixture>();
        m_users = std::make_unique<UserService>(*m_f->storage, m_f->directory, m_f->passwords, m_f->throttle,
                                                m_f->rules, false, m_f->clock, [](const auto&) {});
        m_f->addUser("root", "Secret@2026", true);
        m_f->addUser("Ann", "Secret@2026");
        m_root = m_f->caller("root", true);
    }

    void disablingEndsEverythingAndEnablingBringsNoTokenBack()
    {
        const auto session = m_f->logIn("ann", "Secret@2026");
        VERIFY_OK(session);
        const auto disabled = m_users->setEnabled(m_root, "ANN", false);
        VERIFY_OK(disabled);
        QCOMPARE(disabled->metadata.name, std::string("Ann"));
        QCOMPARE(disabled->status, 0);
        QCOMPARE(lastChange(), std::string("root user disable Ann"));
        QVERIFY(!m_f->sessions.verify(session->token));
        QVERIFY(!m_f->sessions.refresh(session->token));
        QVERIFY(!m_f->passwords.recentlyVerified("ann", SecretString("Secret@2026")));
        QVERIFY(codeOfLogIn("ann", "Secret@2026") == Code::PasswordIncorrect);
        VERIFY_CODE(m_users->get(m_root, "ann"), Code::UserNotFound);
        const auto enabled = m_users->setEnabled(m_root, "ann", true);
        VERIFY_OK(enabled);
        QCOMPARE(enabled->status, 1);
        QVERIFY(!m_f->sessions.verify(session->token));
        QVERIFY(codeOfLogIn("ann", "Secret@2026") == Code::Success);
    }

    void onlyAdministratorsDoSo()
    {
        const Caller ann = m_f->caller("Ann");
        VERIFY_CODE(m_users->setEnabled(ann, "Ann", false), Code::PermissionDenied);
        VERIFY_CODE(m_users->setEnabled(ann, "root", false), Code::PermissionDenied);
        VERIFY_CODE(m_users->setEnabled(ann, "nobody", true), Code::PermissionDenied);
        VERIFY_CODE(m_users->unlock(ann, "Ann"), Code::PermissionDenied);
        VERIFY_CODE(m_users->setEnabled(m_root, "nobody", true), Code::UserNotFound);
        VERIFY_CODE(m_users->unlock(m_root, "nobody"), Code::UserNotFound);
    }

    void theLastEnabledAdministratorStays()
    {
        const auto refused = m_users->setEnabled(m_root, "root", false);
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.at(0).field, std::string("status"));
        VERIFY_CODE(m_users->remove(m_root, {"ann", "root"}), Code::Validation);
        VERIFY_OK(m_users->get(m_root, "ann"));
        m_f->addUser("second", "Secret@2026", true);
        VERIFY_OK(m_users->setEnabled(m_root, "root", false));
        VERIFY_CODE(m_users->setEnabled(m_f->caller("second", true), "second", false), Code::Validation);
    }

    void usersAreListedByStatus()
    {
        VERIFY_OK(m_users->setEnabled(m_root, "ann", false));
        using enum contract::WhichUsers;
        QCOMPARE(m_users->list(m_root, {})->totalCount, std::uint64_t{1});
        QCOMPARE(m_users->list(m_root, {}, Disabled)->items.at(0).metadata.name, std::string("Ann"));
        QCOMPARE(m_users->list(m_root, {}, All)->totalCount, std::uint64_t{2});
        VERIFY_CODE(m_users->list(m_f->caller("Ann"), {}, All), Code::PermissionDenied);
    }

    void anAdministratorEndsTheWait()
    {
        for (int i = 0; i < 10; ++i) QVERIFY(codeOfLogIn("ann", "wrong") == Code::PasswordIncorrect);
        QVERIFY(codeOfLogIn("ann", "Secret@2026") == Code::TooManyAttempts);
        QCOMPARE(m_f->throttle.waitingAccounts(), std::size_t{1});
        QCOMPARE(m_f->throttle.refusals(), std::uint64_t{1});
        VERIFY_OK(m_users->unlock(m_root, "ANN"));
        QCOMPARE(lastChange(), std::string("root user unlock Ann"));
        QCOMPARE(m_f->throttle.waitingAccounts(), std::size_t{0});
        QVERIFY(codeOfLogIn("ann", "Secret@2026") == Code::Success);
    }

    void theOldPasswordIsNoOracle()
    {
        const Caller ann = m_f->caller("Ann");
        const auto change = [&](const char* oldPassword) {
            return m_users->changePassword(
                ann, "ann", "{\"newPassword\":\"Newer@2026\",\"oldPassword\":\"" + std::string(oldPassword) + "\"}");
        };
        for (int i = 0; i < 10; ++i) VERIFY_CODE(change("Wrong@2026"), Code::PasswordIncorrect);
        VERIFY_CODE(change("Secret@2026"), Code::TooManyAttempts);
        QVERIFY(codeOfLogIn("ann", "Secret@2026") == Code::TooManyAttempts);
    }

    // Whoever asks learns nothing about which names there are.
    void unknownNamesCountAndWaitLikeKnownOnes()
    {
        for (const char* name : {"ann", "nobody"}) {
            for (int i = 0; i < 10; ++i) {
                const auto session = m_f->sessions.logIn(name, SecretString("Wrong@2026"), {"", "10.0.7.7", "r"});
                VERIFY_CODE(session, Code::PasswordIncorrect);
            }
            const auto waits = m_f->sessions.logIn(name, SecretString("Wrong@2026"), {"", "10.0.7.7", "r"});
            VERIFY_CODE(waits, Code::TooManyAttempts);
            QCOMPARE(waits.error().detail, std::string("1"));
        }
    }
};

QTEST_GUILESS_MAIN(UserServiceTest)
#include "userservicetest.moc"
