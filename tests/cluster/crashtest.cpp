// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json.h"
#include "support/twonodes.h"
#include <QTest>
#include <array>
#include <atomic>
#include <map>
#include <random>
#include <thread>

using namespace iam;
using namespace iam::test;
using namespace std::chrono_literals;

namespace {

constexpr int writers = 4;

std::string policyText(const std::string& name, const std::string& description)
{
    std::string body;
    {
        contract::JsonObjectWriter object(body);
        contract::JsonObjectWriter(object.raw("metadata")).text("name", name);
        contract::JsonObjectWriter(object.raw("policy"))
            .text("description", description)
            .text("effect", "allow")
            .list("subjects", {"s"})
            .list("actions", {"a"})
            .list("resources", {"r"});
    }
    return body;
}

/// What may be stored of one policy: what was acknowledged last, and what was asked since without an answer.
struct Expected {
    std::vector<std::string> descriptions; ///< any of these; an empty one: that there is no such policy
};
using Book = std::map<std::string, Expected>;

/// Makes, changes and deletes policies of its own, on both servers in turn, and keeps the book.
class Writer {
public:
    Writer(int number, std::vector<std::uint16_t> ports, std::string token)
        : m_number(number)
        , m_ports(std::move(ports))
        , m_token(std::move(token))
        , m_random(static_cast<unsigned>(number))
    {
    }

    void run(const std::atomic<bool>& ended)
    {
        while (!ended) {
            std::string& name = m_names[m_random() % m_names.size()];
            if (name.empty() || m_book[name].descriptions.size() > 1) // an unanswered question: looked at in the end
                name = "w" + std::to_string(m_number) + "-" + std::to_string(m_book.size());
            Expected& expected = m_book.try_emplace(name, Expected{{""}}).first->second;
            const bool exists = !expected.descriptions.front().empty();
            if (!exists)
                write(expected, "POST", "/v1/policies", name);
            else if (m_random() % 4 != 0)
                write(expected, "PUT", "/v1/policies/" + name, name);
            else
                note(expected, "", call("DELETE", "/v1/policies/" + name, {}));
        }
    }

    [[nodiscard]] const Book& book() const { return m_book; }
    [[nodiscard]] int acknowledged() const { return m_acknowledged; }
    [[nodiscard]] const std::vector<std::string>& surprises() const { return m_surprises; }

private:
    void write(Expected& expected, const char* method, const std::string& target, const std::string& name)
    {
        const std::string description = "change " + std::to_string(++m_changes);
        note(expected, description, call(method, target, policyText(name, description)));
    }

    void note(Expected& expected, const std::string& description, const HttpAnswer& answer)
    {
        if (answer.status == 200) {
            expected.descriptions = {description};
            ++m_acknowledged;
            return;
        }
        // No answer, or one that says that the storage is away: it may have been stored or not.
        expected.descriptions.push_back(description);
        if (answer.status != 0 && answer.status < 500)
            m_surprises.push_back(std::to_string(answer.status) + " " + answer.body);
    }

    /// Of the first server that can be connected to.
    HttpAnswer call(const std::string& method, const std::string& target, const std::string& body)
    {
        for (;;) {
            HttpConnection connection(m_ports[m_random() % m_ports.size()]);
            if (connection.connected())
                return connection.call({method, target, {{"Authorization", "Bearer " + m_token}}, body});
            std::this_thread::yield(); // it is being started again
        }
    }

    const int m_number;
    const std::vector<std::uint16_t> m_ports;
    const std::string m_token;
    std::mt19937 m_random;
    std::array<std::string, 50> m_names; ///< at work on these
    Book m_book;
    int m_changes = 0;
    int m_acknowledged = 0;
    std::vector<std::string> m_surprises;
};

/// Name → description, as the server lists them.
std::map<std::string, std::string> storedPolicies(const ServerProcess& server, const std::string& token)
{
    std::map<std::string, std::string> stored;
    const auto root = contract::parseJson(server.api("GET", "/v1/policies?limit=-1", token).body);
    const contract::Json* items = root ? root->find("items") : nullptr;
    if (items == nullptr || items->array() == nullptr) return stored;
    for (const contract::Json& item : *items->array()) {
        const std::string text = contract::writeJson(item);
        stored.emplace(memberOf(text, "metadata.name"), memberOf(text, "policy.description"));
    }
    return stored;
}

} // namespace

/// Everything that was acknowledged survives the death of anything, at any moment.
class CrashTest : public QObject {
    Q_OBJECT

    TwoNodes m_nodes;

    bool works(ServerProcess& server, const std::string& token)
    {
        return server.api("GET", "/readyz", {}).status == 200 &&
               server.api("GET", "/v1/policies/none", token).status == 404;
    }

    /// Kills something, and starts it again.
    bool strike(unsigned which)
    {
        switch (which) {
        case 0:
            m_nodes.one().kill();
            return m_nodes.startAgain(m_nodes.one());
        case 1:
            m_nodes.two().kill();
            return m_nodes.startAgain(m_nodes.two());
        case 2:
            m_nodes.redis().kill();
            return m_nodes.redis().start();
        case 3:
            m_nodes.database().kill();
            return m_nodes.database().start();
        default: // the database and a server at once
            m_nodes.database().kill();
            m_nodes.one().kill();
            return m_nodes.database().start() && m_nodes.startAgain(m_nodes.one());
        }
    }

private Q_SLOTS:
    void whatIsAcknowledgedSurvivesKills()
    {
        if (!MariaDbServer::isInstalled()) QSKIP("mariadb-server is not installed");
        QVERIFY2(m_nodes.start(), (m_nodes.one().log() + m_nodes.two().log()).constData());
        const std::string token = m_nodes.one().logInAsAdmin();
        QVERIFY(!token.empty());
        bool given = false;
        const int wanted = qEnvironmentVariableIntValue("IAM_TEST_KILLS", &given);
        const int kills = given ? wanted : 50;
        const std::vector<std::uint16_t> ports{m_nodes.one().apiPort(), m_nodes.two().apiPort()};

        std::atomic<bool> ended = false;
        std::vector<Writer> load;
        for (int i = 0; i < writers; ++i) load.emplace_back(i, ports, token);
        std::vector<std::thread> threads;
        for (Writer& writer : load) threads.emplace_back([&writer, &ended] { writer.run(ended); });

        std::mt19937 random(20260101);
        bool up = true;
        for (int i = 0; i < kills && up; ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50 + random() % 400)); // the random moment
            up = strike(random() % 5);
        }
        ended = true;
        for (std::thread& thread : threads) thread.join();
        QVERIFY2(up, (m_nodes.one().log() + m_nodes.two().log()).right(4000).constData());

        for (ServerProcess* server : {&m_nodes.one(), &m_nodes.two()})
            QVERIFY2(timeUntil([&] { return works(*server, token); }, 20s), server->log().right(4000).constData());
        QVERIFY(m_nodes.waitForRedis(true));

        int acknowledged = 0;
        for (ServerProcess* server : {&m_nodes.one(), &m_nodes.two()}) {
            auto stored = storedPolicies(*server, token);
            for (const Writer& writer : load) {
                for (const auto& [name, expected] : writer.book()) {
                    const std::string found = stored.contains(name) ? stored[name] : "";
                    QVERIFY2(
                        std::find(expected.descriptions.begin(), expected.descriptions.end(), found) !=
                            expected.descriptions.end(),
                        (name + " is \"" + found + "\", acknowledged was \"" + expected.descriptions.front() + "\"")
                            .c_str());
                    stored.erase(name);
                }
            }
            QVERIFY2(stored.empty(), "there are policies that nobody made");
        }
        for (const Writer& writer : load) {
            acknowledged += writer.acknowledged();
            QVERIFY2(writer.surprises().empty(), writer.surprises().empty() ? "" : writer.surprises().front().c_str());
        }
        QVERIFY2(acknowledged > kills * 10, "there was hardly any load");
        qInfo("%d kills, %d acknowledged changes, all there", kills, acknowledged);
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crashtest.moc"
