// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/passwordrules.h"
#include "contract/passwordstrength.h"
#include "service/userservice.h"
#include "servicefixture.h"
#include <QFile>
#include <QTemporaryDir>
#include <sys/stat.h>
#include <unistd.h>

using namespace iam;
using namespace iam::service;

class PasswordRulesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string listFile(const QByteArray& content)
    {
        QFile file(m_folder.filePath(QStringLiteral("list")));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) return {};
        return file.fileName().toStdString();
    }
    static contract::User user(const std::string& name = "ann")
    {
        contract::User made;
        made.metadata.name = name;
        made.nickname = "Annabel";
        made.email = "ann@example.com";
        return made;
    }

private Q_SLOTS:
    void nothingIsRefusedByDefault()
    {
        QVERIFY(!PasswordRules().check("Password@1", user()));
        const auto rules = PasswordRules::load({}, 0);
        VERIFY_OK(rules);
        QVERIFY(!rules->check("Password@1", user()));
    }

    void aListedPasswordIsRefusedInAnyCase()
    {
        const auto rules = PasswordRules::load(listFile("short\r\n\npassWORD@1\r\nLast@Line9"), 0);
        VERIFY_OK(rules);
        for (const char* listed : {"Password@1", "PASSWORD@1", "lAST@lINE9"}) {
            const auto complaint = rules->check(listed, user());
            QVERIFY2(complaint, listed);
            QCOMPARE(*complaint, std::string("must not be a password that is known to be used"));
        }
        for (const char* other : {"Password@12", "Password@", "Other@2026"})
            QVERIFY2(!rules->check(other, user()), other);
    }

    void guessableOnesAreRefused()
    {
        const auto rules = PasswordRules::load({}, 3);
        VERIFY_OK(rules);
        QCOMPARE(rules->check("Password@1", user()).value_or(""), std::string("must be harder to guess"));
        QVERIFY(!rules->check("vQ7#kR2!xW9p", user()));
        // What is hard for others is easy for those who know the user.
        QVERIFY(!rules->check("Zyxomma@93", user("bob")));
        QVERIFY(rules->check("Zyxomma@93", user("zyxomma")));
        QVERIFY(contract::passwordStrength("", {}) == 0);
        QVERIFY(contract::passwordStrength("vQ7#kR2!xW9p", {}) == 4);
        QVERIFY(contract::passwordStrength(std::string(100'000, 'x'), {}) <= 4); // and soon
    }

    void aListThatCannotBeReadIsAFault()
    {
        const auto missing = PasswordRules::load("/nonexistent/list", 0);
        VERIFY_CODE(missing, Code::Validation);
        QVERIFY(missing.error().detail.find("/nonexistent/list") != std::string::npos);
        VERIFY_CODE(PasswordRules::load(m_folder.path().toStdString(), 0), Code::Validation);
        const std::string closed = listFile("Password@1\n");
        if (::geteuid() != 0) { // nothing is closed to root
            QCOMPARE(::chmod(closed.c_str(), 0), 0);
            VERIFY_CODE(PasswordRules::load(closed, 0), Code::Validation);
            QCOMPARE(::chmod(closed.c_str(), 0600), 0);
        }
        const std::string large = listFile("Password@1\n");
        QCOMPARE(::truncate(large.c_str(), static_cast<off_t>(PasswordRules::largestBlocklist) + 1), 0);
        VERIFY_CODE(PasswordRules::load(large, 0), Code::Validation);
    }

    void newPasswordsAreHeldToThem()
    {
        ServiceFixture f;
        f.rules = PasswordRules::load(listFile("Listed@2026\n"), 0).value();
        f.addUser("root", "Secret@2026", true);
        f.addUser("ann", "Listed@2026"); // set before the rule
        UserService users(*f.storage, f.directory, f.passwords, f.throttle, f.rules, false, f.clock,
                          [](const auto&) {});
        const Caller root = f.caller("root", true);
        const auto body = [](const char* password) {
            return "{\"metadata\":{\"name\":\"bob\"},\"nickname\":\"b\",\"email\":\"b@example.com\",\"password\":\"" +
                   std::string(password) + "\"}";
        };
        const auto refused = users.create(root, body("lISTED@2026"));
        VERIFY_CODE(refused, Code::Validation);
        QCOMPARE(refused.error().faults.size(), std::size_t{1});
        QCOMPARE(refused.error().faults.at(0).field, std::string("password"));
        QCOMPARE(users.create(root, body("listed@2026")).error().faults.size(), std::size_t{1}); // one reason is enough
        VERIFY_OK(users.create(root, body("Other@2026")));
        const auto change = users.changePassword(root, "bob", "{\"newPassword\":\"Listed@2026\"}");
        VERIFY_CODE(change, Code::Bind);
        QCOMPARE(change.error().faults.at(0).field, std::string("newPassword"));
        VERIFY_OK(f.logIn("ann", "Listed@2026")); // not asked at log-in
        VERIFY_OK(f.logIn("bob", "Other@2026"));
    }
};

QTEST_GUILESS_MAIN(PasswordRulesTest)
#include "passwordrulestest.moc"
