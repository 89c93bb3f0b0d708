// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "support/mariadbserver.h"
#include <QString>
#include <string>

namespace iam::test {

/// A database as the system that this one replaces makes it: tables, keys, triggers and collations of its own schema,
/// instance ids as it counts them. Rows are made with plain SQL, so that whatever it may hold can be put there.
class LegacyDatabase {
public:
    /// The password of every user of addMany(), and of "admin", "alice" and "bob".
    static constexpr const char* password = "Admin@2021";

    /// Makes a new, empty database of the server with the four tables. The account MariaDbServer::username gets a
    /// second entry for 127.0.0.1, which is whom the triggers run as.
    explicit LegacyDatabase(MariaDbServer& server);

    [[nodiscard]] const QString& name() const noexcept { return m_name; }
    /// As MariaDbServer::run() in this database. The old server's connections have no time zone of their own.
    QString run(const QString& statements) const { return m_server.run(statements, m_name); }

    /// The administrator that every old database begins with: id 1, "admin".
    void addAdministrator() const;
    /// Users "user0001", … with ids from 1001 on, every tenth disabled, each with a secret and a policy of the same
    /// number: "s" and "p", secretID "sid0001" and 32 more characters, secretKey "key0001" and 25 more.
    void addMany(int count) const;
    /// A little of everything that such a database may hold, in good order and not:
    ///  - users: alice (38), bob (39, disabled), carol (40, last log-in at the zero date), dave (41, extendShadow no
    ///    JSON), "erin " (42, a blank behind), "ünal" (43), frank (44, a password in plain text), grace (45, bcrypt
    ///    cost 4, not touched since 2019), henry (46, NULL wherever it may be), ivan (47, no mail address and an empty
    ///    nickname);
    ///  - secrets: alice's s0 (22), s0 again (23), S0 (27); bob's s1 (24) with the secretID of 22; s2 (25) of "ALICE";
    ///    s3 (26) of ghost, who is no user; carol's s4 (28, expired), dave's s5 (29, extendShadow no JSON);
    ///  - policies: alice's p0 (47), p0 again (48), p1 (49, no JSON), p2 (50, a condition of no known type), p3 (51, a
    ///    template that does not compile), p4 (52, effect "maybe"); p5 (53) of "ALICE"; bob's p0 (54); p6 (55) of
    ///    ghost; carol's p7 (56, NULL);
    ///  - policy_audit: 10 (deleted at the zero date), 11.
    void addBlemishes() const;
    /// Names as a widened column may hold them: user 48 has one of 60 characters.
    void addOverLongName() const;

    /// CHECKSUM TABLE and the definition of all four tables, and the triggers: the same as long as nothing is changed.
    [[nodiscard]] QString fingerprint() const;

    /// Reads the table user in a transaction that stays open until stop() or the end of this: whoever wants to put
    /// triggers on it waits.
    class Reader {
    public:
        explicit Reader(const LegacyDatabase& database);
        ~Reader() { stop(); }
        void stop();

    private:
        QProcess m_client;
    };

    /// "$2a$…" as the old server makes it.
    static std::string bcrypt(const std::string& password, int cost = 10);
    /// 36 characters that begin with `beginning`.
    static std::string secretId(const std::string& beginning);

private:
    MariaDbServer& m_server;
    QString m_name;
};

} // namespace iam::test
