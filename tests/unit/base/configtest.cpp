// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configreader.h"
#include "base/configvalue.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace std::chrono_literals;

namespace {

/// All faults in one text, a line each: "where: message".
std::string textOf(const std::vector<FieldFault>& faults)
{
    std::string text;
    for (const FieldFault& fault : faults) text += fault.field + ": " + fault.message + '\n';
    return text;
}

ConfigReader readerOf(std::string_view yaml, Environment environment = {}, std::vector<std::string> settings = {})
{
    return {parseConfig(yaml, "f"), std::move(environment), settings};
}

} // namespace

class ConfigTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void durationsAreGos_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: refused
        const auto row = [](const char* text, qint64 ms) { QTest::newRow(text) << QString::fromUtf8(text) << ms; };
        row("0", 0);
        row("0s", 0);
        row("10s", 10'000);
        row("1h30m", 5'400'000);
        row("500ms", 500);
        row("1.5h", 5'400'000);
        row(".5s", 500);
        row("1.s", 1'000);
        row("2h45m30.5s", 9'930'500);
        row("1000000ns", 1);
        row("3000us", 3);
        row("3000µs", 3);
        row("876000h", 876'000LL * 3'600'000);
        row("876001h", -1);
        row("999999999999999999h", -1);
        row("9999999999999999999h", -1);
        row("", -1);
        row("10", -1);
        row("s", -1);
        row(".s", -1);
        row("1d", -1);
        row("-1s", -1);
        row("1s ", -1);
        row("100us", -1);
        row("1,5s", -1);
    }
    void durationsAreGos()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto parsed = parseDuration(text.toStdString());
        QCOMPARE(parsed ? qint64(parsed->count()) : qint64(-1), milliseconds);
        if (parsed) QCOMPARE(parseDuration(formatDuration(*parsed)), parsed);
    }
    void sizesHaveUnits()
    {
        QCOMPARE(parseSize("0"), std::optional<std::uint64_t>(0));
        QCOMPARE(parseSize("16KiB"), std::optional<std::uint64_t>(16384));
        QCOMPARE(parseSize("5MiB"), std::optional<std::uint64_t>(5 << 20));
        QCOMPARE(parseSize("1kB"), std::optional<std::uint64_t>(1000));
        for (const char* bad : {"", "KiB", "1 KiB", "-1", "1.5MiB", "1mib", "99999999999TiB", "1KiBx"}) {
            QVERIFY2(!parseSize(bad), bad);
        }
        QCOMPARE(formatSize(1U << 30), std::string("1GiB"));
        QCOMPARE(formatSize(1500), std::string("1500"));
    }
    void theLaterSourceWins()
    {
        const std::string yaml = "a: {file: 1, variable: 1, setting: 1}\n";
        const Environment environment{
            {"IAM_A_VARIABLE", "2"}, {"IAM_A_SETTING", "2"}, {"IAM_A_FILE", ""}, {"IAM_NOBODY_ASKED", "x"}};
        ConfigReader reader = readerOf(yaml, environment, {"a.setting=2", "a.setting=3"});
        int absent = 7, file = 0, variable = 0, setting = 0;
        reader.integer("a.absent", absent, 0, 9);
        reader.integer("a.file", file, 0, 9);
        reader.integer("a.variable", variable, 0, 9);
        reader.integer("a.setting", setting, 0, 9);
        QCOMPARE(absent, 7);
        QCOMPARE(file, 1); // an empty variable counts as none
        QCOMPARE(variable, 2);
        QCOMPARE(setting, 3);
        QCOMPARE(textOf(reader.finish()), std::string());
    }
    void dashesAndDotsAreUnderscoresInVariables()
    {
        ConfigReader reader = readerOf("", {{"IAM_AUTHZ_SERVER_MAX_STALENESS", "3s"}});
        std::chrono::milliseconds value{};
        reader.duration("authz-server.max-staleness", value, 0s, 1min);
        QCOMPARE(qint64(value.count()), qint64(3000));
    }
    void allFaultsComeTogetherWithTheirPlaces()
    {
        ConfigReader reader = readerOf("b: x\nn: 10\n\nunknown: 1\ns: 3QB\nt: {u: 1}\nl: 5\nl2: [[1]]\n",
                                       {{"IAM_W", "blue"}}, {"p=66000", "noequals", "d=1x"});
        bool b = true;
        int n = 0;
        std::uint64_t s = 0;
        std::string t, w = "red";
        std::uint16_t p = 1;
        std::vector<std::string> l, l2;
        std::chrono::milliseconds d{};
        reader.boolean("b", b);
        reader.integer("n", n, 0, 9);
        reader.size("s", s, 0, 9);
        reader.string("t", t);
        reader.list("l", l);
        reader.list("l2", l2);
        reader.choice<std::string>("w", w, {{"red", "red"}});
        reader.port("p", p);
        reader.duration("d", d, 0s, 1s);
        QCOMPARE(textOf(reader.finish()),
                 std::string("f:1: b: must be true or false, not \"x\"\n"
                             "f:2: n: must be a whole number from 0 to 9, not \"10\"\n"
                             "f:4: unknown: unknown key\n"
                             "f:5: s: must be a size such as 16KiB, 5MiB or 1GiB, not \"3QB\"\n"
                             "f:6: t: takes one value, not a section\n"
                             "f:8: l2: a list in a list\n"
                             "IAM_W: w: must be one of red, not \"blue\"\n"
                             "--set: is followed by KEY=VALUE\n"
                             "--set: p: must be a whole number from 0 to 65535, not \"66000\"\n"
                             "--set: d: must be a time such as 10s, 500ms or 1h30m, not \"1x\"\n"));
        QCOMPARE(l, std::vector<std::string>{"5"});
        QCOMPARE(b, true); // what cannot be taken leaves the default
    }
    void unknownKeysGetASuggestion()
    {
        ConfigReader reader = readerOf("jwt: {timeuot: 1h}\napiserver: {bind-port: 1}\nnothing: {like: {it: 1}}\n");
        std::string value;
        reader.string("jwt.timeout", value);
        reader.string("apiserver.insecure.bind-port", value);
        QCOMPARE(textOf(reader.finish()), std::string("f:1: jwt.timeuot: unknown key; did you mean jwt.timeout?\n"
                                                      "f:2: apiserver.bind-port: unknown key\n"
                                                      "f:3: nothing: unknown section\n"));
    }
    void aKeyWithoutItsSectionIsRecognised()
    {
        ConfigReader reader = readerOf("bind-port: 1\n");
        std::uint16_t port = 0;
        reader.port("insecure.bind-port", port);
        QCOMPARE(textOf(reader.finish()),
                 std::string("f:1: bind-port: unknown key; did you mean insecure.bind-port?\n"));
    }
    void nullIsAbsent()
    {
        ConfigReader reader = readerOf("section:\n  key:\nother: ~\n");
        std::string key = "default", other = "default";
        reader.string("section.key", key);
        reader.string("other", other);
        QCOMPARE(key, std::string("default"));
        QCOMPARE(other, std::string("default"));
        QCOMPARE(textOf(reader.finish()), std::string());
    }
    void secretsStayOutOfFaults()
    {
        const std::string planted = "PLANTED-VALUE-that-is-much-longer-than-thirty-two";
        for (const std::string& yaml : {"jwt: {key: " + planted + "}", "jwt: {key: [" + planted + "]}",
                                        "jwt: {kye: " + planted + "}", "jwt: {key: &x " + planted + "}",
                                        "jwt:\n  key: \"" + planted + "\n", "jwt:\n key: a\n key: " + planted + "\n"}) {
            ConfigReader reader = readerOf(yaml, {}, {"jwt.kez=" + planted, planted});
            std::optional<SecretString> key;
            reader.secret("jwt.key", key, 6, 32);
            const std::string faults = textOf(reader.finish());
            QVERIFY2(faults.size() > 60, faults.c_str());
            QVERIFY2(faults.find("PLANTED") == std::string::npos, faults.c_str());
        }
    }
    void secretsHaveALength_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << QString() << false;
        QTest::newRow("five") << QStringLiteral("12345") << false;
        QTest::newRow("six") << QStringLiteral("123456") << true;
        QTest::newRow("32") << QString(32, u'x') << true;
        QTest::newRow("32 of two bytes") << QString(32, u'é') << true;
        QTest::newRow("33") << QString(33, u'x') << false;
    }
    void secretsHaveALength()
    {
        QFETCH(QString, value);
        QFETCH(bool, good);
        ConfigReader reader = readerOf("key: \"" + value.toStdString() + "\"");
        std::optional<SecretString> key;
        reader.secret("key", key, 6, 32);
        QCOMPARE(key.has_value(), good);
        QCOMPARE(reader.finish().empty(), good);
    }
    void secretsAreNotTakenFromTheCommandLine()
    {
        ConfigReader reader = readerOf("", {}, {"a.key=long enough"});
        std::optional<SecretString> key;
        reader.secret("a.key", key, 6, 32);
        QVERIFY(!key);
        const std::string faults = textOf(reader.finish());
        QVERIFY2(faults.find("IAM_A_KEY") != std::string::npos && faults.find("long enough") == std::string::npos,
                 faults.c_str());
    }
    void listsComeInTwoForms()
    {
        ConfigReader reader = readerOf("a: [x, y]\nb: x, y\nc: []\nd: \"\"\ne: [x, \"\"]\nf: {g: 1}\n");
        std::vector<std::string> a, b, c{"default"}, d{"default"}, e, f;
        reader.list("a", a);
        reader.list("b", b);
        reader.list("c", c);
        reader.list("d", d);
        reader.list("e", e);
        reader.list("f", f);
        QCOMPARE(a, (std::vector<std::string>{"x", "y"}));
        QCOMPARE(b, a);
        QVERIFY(c.empty());
        QVERIFY(d.empty());
        QCOMPARE(textOf(reader.finish()),
                 std::string("f:5: e: has an empty entry\nf:6: f: takes a list, not a section\n"));
    }
    void addressesAreLiterals()
    {
        for (const char* good : {"127.0.0.1", "::1", "0.0.0.0", "fe80::1"}) {
            ConfigReader reader = readerOf("", {}, {std::string("a=") + good});
            std::string value;
            reader.address("a", value);
            QCOMPARE(value, std::string(good));
        }
        for (const char* bad : {"", "localhost", "1.2.3", "1.2.3.4:80", "[::1]", "010.0.0.1x", "1.2.3.4/8"}) {
            ConfigReader reader = readerOf("", {}, {std::string("a=") + bad});
            std::string value = "default";
            reader.address("a", value);
            QCOMPARE(value, std::string("default"));
            QCOMPARE(reader.finish().size(), std::size_t(1));
        }
    }
    void brokenFilesAreFaultsWithALine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("fault");
        const auto row = [](const char* name, const QByteArray& yaml, const char* fault) {
            QTest::newRow(name) << yaml << QByteArray(fault);
        };
        row("not a mapping", "- a\n- b\n", "f:1: a configuration is a mapping");
        row("one value", "hello\n", "f:1: a configuration is a mapping");
        row("open quote", "a: 1\nb: \"x\n", "f:2: not YAML");
        row("open quote at the end", "a: 1\nb: 'it''s", "f:2: not YAML");
        row("open quote with an escape", "a: 1\nb: \"x\\\"\n", "f:2: not YAML");
        row("open bracket", "a: [1, 2\n", "f:2: not YAML");
        row("tab indentation", "a:\n\tb: 1\n", "f:2: not YAML");
        row("twice", "a: 1\nb: 2\na: 3\n", "f:3: a: given twice; the first is on line 1");
        row("twice by a dot", "a:\n  b: 1\na.b: 2\n", "f:3: a.b: given twice; the first is on line 2");
        row("alias", "a: &x 1\nb: *x\n", "f:1: anchors");
        row("tag", "a: !!python/object 1\n", "f:1: tags");
        row("list as key", "? [a]\n: 1\n", "f:1: a key must be plain text");
        row("mapping as key", "? {a: b}\n: 1\n", "f:1: a key must be plain text");
        row("empty key", "\"\": 1\n", "f:1: an empty key");
        row("null key", "~: 1\n", "f:1: an empty key");
        row("mapping in a list", "a: [{b: 1}]\n", "f:1: a: a mapping in a list");
        row("two documents", "a: 1\n---\nb: 1\n", "f:2: a second document");
        row("a lone comma", ",", "f:1: a second document");
        row("latin-1", "a: \xE9\n", "f: not UTF-8");
        row("null byte", QByteArray("a: 1\nb: \0\n", 10), "f:2: a control character");
        row("end of transmission", "a: 1\n\x04\nb: 2\n", "f:2: a control character");
        row("deep lists", "a: " + QByteArray(100'000, '['), "f:1: nested deeper than 16 levels");
        row("deep mappings", QByteArray("{a: ").repeated(100'000), "f:1: nested deeper than 16 levels");
        row("deep block lists", "a: " + QByteArray("- ").repeated(100'000), "f:1: ");
        row("bomb", "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "f:1: anchors");
        row("too large", QByteArray(1024 * 1024 + 1, ' '), "f: larger than 1 MiB");
    }
    void listsOfSectionsAreTakenWhereTheyAreAllowed()
    {
        const std::string yaml = "nodes:\n- name: n1\n  port: 1\n- {name: n2, colour: red}\nothers: []\nwords: [a]\n"
                                 "mixed: [a, {b: 1}]\nunknown: [{a: 1}]\n";
        ConfigReader reader(parseConfig(yaml, "f", ConfigLists::OfSections), {}, {});
        QCOMPARE(reader.sections("nodes"), std::size_t{2});
        QCOMPARE(reader.sections("others"), std::size_t{0});
        QCOMPARE(reader.sections("absent"), std::size_t{0});
        QCOMPARE(reader.sections("words"), std::size_t{0});
        std::vector<std::string> mixed;
        reader.list("mixed", mixed);
        std::string name;
        int port = 0;
        reader.string("nodes[0].name", name);
        QCOMPARE(name, std::string("n1"));
        reader.integer("nodes[0].port", port, 0, 9);
        QCOMPARE(port, 1);
        reader.string("nodes[1].name", name);
        QCOMPARE(name, std::string("n2"));
        reader.integer("nodes[1].port", port, 0, 9);
        QVERIFY(!reader.hasFault("nodes[1].colour")); // before anybody looked for the unknown ones
        std::string text;
        for (const FieldFault& fault : reader.finish()) text += fault.field + ": " + fault.message + '\n';
        QCOMPARE(text,
                 std::string("f:4: nodes[1].colour: unknown key\n"
                             "f:6: words: takes a list of sections: each entry begins with \"- \" and has keys of "
                             "its own\n"
                             "f:7: mixed: a mapping in a list of plain values\n"
                             "f:8: unknown: unknown key\n"));
    }
    void aPlainListTakesNoSections()
    {
        ConfigReader reader(parseConfig("words:\n- {a: 1}\n", "f", ConfigLists::OfSections), {}, {});
        std::vector<std::string> words{"kept"};
        reader.list("words", words);
        QCOMPARE(words.size(), std::size_t{1});
        QCOMPARE(textOf(reader.finish()), std::string("f:1: words: takes a list of plain values, not of sections\n"));
    }
    void whatLiesBelowASectionIsHandedOn()
    {
        const std::string yaml = "sinks:\n- meta: {dir: /a, deep: {list: [x, y]}}\n- meta:\n";
        ConfigReader reader(parseConfig(yaml, "f", ConfigLists::OfSections), {},
                            {"sinks[0].meta.dir=/b", "sinks[0].metal=1"});
        QCOMPARE(reader.sections("sinks"), std::size_t{2});
        const ConfigValues meta = reader.below("sinks[0].meta");
        QVERIFY(reader.below("sinks[1].meta").empty());
        QCOMPARE(meta.at("dir").scalar, std::string("/b"));
        QCOMPARE(meta.at("dir").origin.text(), std::string("--set"));
        QVERIFY((meta.at("deep.list").list == std::vector<std::string>{"x", "y"}));
        QCOMPARE(meta.at("deep.list").origin.line, 2);
        QVERIFY(meta.at("deep").kind == ConfigValue::Kind::Section);
        QCOMPARE(meta.size(), std::size_t{3});
        const std::string faults = textOf(reader.finish());
        QVERIFY2(faults.starts_with("--set: sinks[0].metal: unknown key") && faults.find('\n') == faults.size() - 1,
                 faults.c_str());
    }
    void brokenFilesAreFaultsWithALine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, fault);
        ConfigReader reader = readerOf(yaml.toStdString());
        for (const char* known : {"a", "b", "c"}) reader.know(known);
        const std::string faults = textOf(reader.finish());
        QVERIFY2(faults.starts_with(fault.toStdString()), faults.c_str());
        QVERIFY(faults.size() < 2000);
    }
    void theLargestFileIsRead()
    {
        const ConfigFile file = parseConfig("a: 1\n" + std::string(maxConfigFileSize - 5, ' '), "f");
        QVERIFY(file.faults.empty());
        QCOMPARE(file.values.at("a").scalar, std::string("1"));
    }
    void unreadableFilesAreOneFault()
    {
        const QTemporaryDir directory;
        const std::string missing = directory.filePath(QStringLiteral("no.yaml")).toStdString();
        QCOMPARE(textOf(ConfigReader(readConfigFile(missing), {}, {}).finish()),
                 missing + ": cannot be opened: No such file or directory\n");
        QCOMPARE(textOf(ConfigReader(readConfigFile(directory.path().toStdString()), {}, {}).finish()),
                 directory.path().toStdString() + ": cannot be read: Is a directory\n");
        QCOMPARE(textOf(ConfigReader(readConfigFile("/dev/zero"), {}, {}).finish()),
                 std::string("/dev/zero: larger than 1 MiB\n"));
    }
    void refusedSectionsSayWhy()
    {
        ConfigReader reader = readerOf("mysql:\n  host: x\n  port: 1\n", {}, {"mysql.password=y"});
        reader.refuseSection("mysql", "comes later");
        QCOMPARE(textOf(reader.finish()), std::string("f:1: mysql: comes later\n--set: mysql.password: comes later\n"));
    }
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "configtest.moc"
