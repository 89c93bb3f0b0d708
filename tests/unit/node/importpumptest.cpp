// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the configuration of an old pump.
#include "node/importconfig.h"
#include "node/serverconfig.h"
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::node;

class ImportPumpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theShippedFileIsCarriedOver();
    void everySinkHasItsOptions();
    void filtersCountInEverySpelling();
    void withoutSinksTheOldDefaultStands();
    void whatIsNotThereIsLeftOutAndSaid();
    void aRedisThatWeCannotUseIsNotDrained();
    void whatWasNoGoodIsNamed_data();
    void whatWasNoGoodIsNamed();
    void hostileTextsStayTexts();

private:
    QTemporaryDir m_directory;

    static Result<std::string> convert(std::string_view yaml) { return importConfig(yaml, "old", ImportRole::Pump); }
    /// What our server makes of a converted file.
    Result<ServerConfig> read(const Result<std::string>& ours)
    {
        if (!ours) return fail(ours);
        QFile file(m_directory.filePath(QStringLiteral("iam.yaml")));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the test's file");
        file.write(ours->data(), static_cast<qint64>(ours->size()));
        file.close();
        return readServerConfig({file.fileName().toStdString(), "/data", {}}, {});
    }
    static std::string textOf(const std::vector<FieldFault>& faults)
    {
        std::string text;
        for (const FieldFault& fault : faults) text += fault.field + ": " + fault.message + '\n';
        return text;
    }
    template <class T>
    static std::string faultsOf(const Result<T>& result)
    {
        return result ? std::string() : textOf(result.error().faults);
    }
    static bool says(const std::string& ours, const std::string& comment)
    {
        return ours.find("\n#   " + comment) != std::string::npos;
    }
    static std::vector<std::string> namesOf(const ServerConfig& config)
    {
        std::vector<std::string> names;
        for (const records::SinkConfig& sink : config.pump.sinks) names.push_back(sink.name + " " + sink.type);
        return names;
    }
};

#ifndef Q_MOC_RUN // moc stumbles over raw strings

void ImportPumpTest::theShippedFileIsCarriedOver()
{
    // As the old system's own tools fill its template.
    const auto ours = convert(R"(
purge-delay: 10
health-check-path: healthz
health-check-address: 0.0.0.0:7070
omit-detailed-recording: true
redis:
  host: 127.0.0.1
  port: 6379
  password: PLANTED-redis
  database: 0
  optimisation-max-idle: 100
  optimisation-max-active: 0
  enable-cluster: false
pumps:
  mongo:
    type: mongo
    meta:
      collection_name: iam_analytics
      mongo_url: mongodb://iam:PLANTED-mongo@127.0.0.1:27017/iam_analytics?authSource=iam_analytics
      collection_cap_max_size_bytes: 1048576
      collection_cap_enable: true
log:
  name: pump
  development: true
  level: debug
  format: console
  enable-color: true
  disable-caller: false
  disable-stacktrace: false
  output-paths: /var/log/iam/iam-pump.log,stdout
  error-output-paths: /var/log/iam/iam-pump.error.log
)");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QVERIFY(config->runPump && !config->serves() && !config->runWatcher);
    QCOMPARE(config->pump.bindAddress, std::string("0.0.0.0"));
    QCOMPARE(config->pump.bindPort, std::uint16_t(7070));
    QVERIFY(config->pump.drainLegacyQueue);
    QCOMPARE(config->redis.address(), std::string("127.0.0.1:6379"));
    QCOMPARE(config->redis.password.reveal(), std::string("PLANTED-redis"));
    QCOMPARE(namesOf(*config), std::vector<std::string>{"mongo mongo"});
    const records::SinkConfig& sink = config->pump.sinks[0];
    QVERIFY(sink.omitDetailedRecording);
    QCOMPARE(sink.meta.at("collection_name").scalar, std::string("iam_analytics"));
    QCOMPARE(sink.meta.at("mongo_url").scalar,
             std::string("mongodb://iam:PLANTED-mongo@127.0.0.1:27017/iam_analytics?authSource=iam_analytics"));
    QCOMPARE(sink.meta.size(), std::size_t{2});
    QCOMPARE(config->log.outputPaths, (std::vector<std::string>{"/var/log/iam/iam-pump.log", "stderr"}));
    for (const char* comment :
         {"purge-delay (line 2): ", "health-check-path (line 3): ", "omit-detailed-recording (line 5): ",
          "redis.optimisation-max-idle (line 11): ", "pumps (line 14): ", "pumps.mongo (line 15): ",
          "pumps.mongo.meta.collection_cap_max_size_bytes (line 20): ",
          "pumps.mongo.meta.collection_cap_enable (line 21): ", "log.name (line 23): "})
        QVERIFY2(says(*ours, comment), (comment + *ours).c_str());
    // Passwords stand where they belong, and in no comment.
    QCOMPARE(ours->find("PLANTED-mongo"), ours->rfind("PLANTED-mongo"));
    QCOMPARE(ours->find("PLANTED-redis"), ours->rfind("PLANTED-redis"));
}

void ImportPumpTest::everySinkHasItsOptions()
{
    const auto ours = convert(R"(
pumps:
  prometheus: {meta: {listen_address: ":9090", path: /metrics}}
  second: {type: prometheus}
  csv: {timeout: 7, meta: {csv_dir: /srv/csv}}
  dummy:
  syslog:
    timeout: 0
    meta: {transport: tcp, network_addr: "log.example:514", log_level: 0, tag: iam}
  loud: {type: syslog, timeout: 300, meta: {log_level: 37}}
  My Mongo:
    type: mongo
    omit-detailed-recording: true
    meta:
      mongo_url: mongodb://h/d
      collection_name: c
      mongo_use_ssl: true
      mongo_ssl_insecure_skip_verify: true
      mongo_ssl_allow_invalid_hostnames: true
      mongo_ssl_ca_file: /ca.pem
      mongo_ssl_pem_keyfile: ""
      mongo_db_type: 1
      max_insert_batch_size_bytes: 0
      max_document_size_bytes: 33554432
      strange: 1
)");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QCOMPARE(namesOf(*config), (std::vector<std::string>{"prometheus prometheus", "csv csv", "dummy dummy",
                                                         "syslog syslog", "loud syslog", "My-Mongo mongo"}));
    const auto& sinks = config->pump.sinks;
    QVERIFY(sinks[0].meta.empty());
    QCOMPARE(sinks[1].meta.at("csv_dir").scalar, std::string("/srv/csv"));
    QVERIFY(sinks[1].timeout == std::chrono::seconds(7) && !sinks[1].omitDetailedRecording);
    QVERIFY(sinks[3].timeout == records::SinkConfig().timeout);
    QCOMPARE(sinks[3].meta.at("transport").scalar, std::string("tcp"));
    QCOMPARE(sinks[3].meta.at("network_addr").scalar, std::string("log.example:514"));
    QVERIFY(!sinks[3].meta.contains("log_level"));
    QVERIFY(sinks[4].timeout == std::chrono::seconds(60));
    QCOMPARE(sinks[4].meta.at("log_level").scalar, std::string("37"));
    QVERIFY(sinks[5].omitDetailedRecording);
    QCOMPARE(sinks[5].meta.at("max_document_size_bytes").scalar, std::string("15728640"));
    QCOMPARE(sinks[5].meta.size(), std::size_t{6});
    for (const char* comment :
         {"pumps.prometheus.meta.listen_address (line 3): ", "pumps.prometheus.meta.path (line 3): ",
          "pumps.second (line 4): is left out", "pumps.syslog.timeout (line 8): 0 meant no limit",
          "pumps.syslog.meta.log_level (line 9): ", "pumps.loud.timeout (line 10): is 60s now",
          "pumps.My Mongo (line 11): is called My-Mongo now",
          "pumps.My Mongo.meta.mongo_ssl_insecure_skip_verify (line 18): ",
          "pumps.My Mongo.meta.mongo_ssl_allow_invalid_hostnames (line 19): ",
          "pumps.My Mongo.meta.max_document_size_bytes (line 24): is 15728640 now",
          "pumps.My Mongo.meta.strange (line 25): "})
        QVERIFY2(says(*ours, comment), (comment + *ours).c_str());
}

void ImportPumpTest::filtersCountInEverySpelling()
{
    const auto ours = convert(R"(
pumps:
  csv:
    filters: {usernames: [colin, "o'hara: #1"], skip_usernames: [ruth], skip-usernames: "eve,mallory", skippedusernames: [bob]}
    meta: {csv_dir: x}
)");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QCOMPARE(config->pump.sinks[0].usernames, (std::vector<std::string>{"colin", "o'hara: #1"}));
    QCOMPARE(config->pump.sinks[0].skipUsernames, (std::vector<std::string>{"ruth", "eve", "mallory", "bob"}));
    QVERIFY2(says(*ours, "pumps.csv.filters.skip_usernames (line 4): is carried over, and is heeded now"),
             ours->c_str());
    QVERIFY(says(*ours, "pumps.csv.filters.skip-usernames (line 4): "));
    QVERIFY(!says(*ours, "pumps.csv.filters.skippedusernames"));
}

void ImportPumpTest::withoutSinksTheOldDefaultStands()
{
    for (const char* old : {"{}", "pumps:\n", "pumps: {}\n", "log: {level: info}\n"}) {
        const auto config = read(convert(old));
        QVERIFY2(config, faultsOf(config).c_str());
        QCOMPARE(namesOf(*config), std::vector<std::string>{"csv csv"});
        QCOMPARE(config->pump.sinks[0].meta.at("csv_dir").scalar, std::string("./analytics-data"));
        QCOMPARE(config->pump.bindAddress, std::string("0.0.0.0"));
        QCOMPARE(config->pump.bindPort, std::uint16_t(7070));
        QVERIFY(config->pump.drainLegacyQueue);
        QCOMPARE(config->redis.address(), std::string("127.0.0.1:6379"));
    }
}

void ImportPumpTest::whatIsNotThereIsLeftOutAndSaid()
{
    const auto ours = convert(R"(
pumps:
  kafka:
    meta: {broker: [k1, k2], topic: t, sasl_password: PLANTED, meta_data: {a: b}}
  elasticsearch: {meta: {elasticsearch_url: "http://u:PLANTED@e", bulk_config: {workers: 2}}}
  influx: {meta: {address: "http://i", password: PLANTED, fields: [a]}}
  other: {type: selective}
  csv: {meta: {csv_dir: x}}
)");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QCOMPARE(namesOf(*config), std::vector<std::string>{"csv csv"});
    for (const char* comment : {"pumps.kafka (line 3): is left out", "pumps.elasticsearch (line 5): is left out",
                                "pumps.influx (line 6): is left out", "pumps.other (line 7): is left out"})
        QVERIFY2(says(*ours, comment), ours->c_str());
    QVERIFY(ours->find("PLANTED") == std::string::npos);
    QCOMPARE(faultsOf(convert("pumps:\n  kafka: {meta: {topic: t}}\n")),
             std::string("old:1: pumps: none of its sinks is there in this system, and a pump needs one: name one of "
                         "type csv, dummy, mongo, prometheus or syslog beside them\n"));
}

void ImportPumpTest::aRedisThatWeCannotUseIsNotDrained()
{
    const auto ours = convert("redis: {host: r, password: PLANTED, use-ssl: true}\npumps: {dummy: {}}\n");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QVERIFY(!config->redis.enabled() && !config->pump.drainLegacyQueue);
    QVERIFY(ours->find("the redis section is left out, what old authz-servers put there is not drained") !=
            std::string::npos);
    QVERIFY(ours->find("PLANTED") == std::string::npos);
}

void ImportPumpTest::whatWasNoGoodIsNamed_data()
{
    QTest::addColumn<QByteArray>("old");
    QTest::addColumn<QByteArray>("fault"); // the first
    const auto row = [](const char* name, const char* old, const char* fault) {
        QTest::newRow(name) << QByteArray(old) << QByteArray(fault);
    };
    row("a template that nobody filled", "redis: {host: r, port: \"${REDIS_PORT}\"}\n", "old:1: redis.port: must be");
    row("pumps is a list", "pumps: [csv]\n", "old:1: pumps: takes a section");
    row("pumps is a text", "pumps: csv\n", "old:1: pumps: takes a section");
    row("a sink is a text", "pumps:\n  csv: x\n", "old:2: pumps.csv: takes a section");
    row("a dot", "pumps:\n  a.b: {type: csv}\n", "old:2: pumps.a.b: a name with a dot");
    row("a time of its own", "pumps: {csv: {timeout: 5s, meta: {csv_dir: x}}}\n", "old:1: pumps.csv.timeout: must be");
    row("before the beginning", "pumps: {csv: {timeout: -1, meta: {csv_dir: x}}}\n",
        "old:1: pumps.csv.timeout: must be");
    row("no folder", "pumps:\n  csv: {meta: {}}\n", "configuration: pumps.csv.meta.csv_dir: names the folder");
    row("a list for a folder", "pumps:\n  csv:\n    meta: {csv_dir: [a, b]}\n",
        "old:3: pumps.csv.meta.csv_dir: takes one value");
    row("no database", "pumps:\n  mongo:\n    meta: {mongo_url: \"mongodb://u:PLANTED@h\", collection_name: c}\n",
        "old:3: pumps.mongo.meta.mongo_url: must be a connection string");
    row("no collection", "pumps:\n  mongo: {meta: {mongo_url: mongodb://h/d}}\n",
        "configuration: pumps.mongo.meta.collection_name: is missing");
    row("no transport", "pumps:\n  syslog: {meta: {transport: relp}}\n",
        "old:2: pumps.syslog.meta.transport: must be one of");
    row("a filter is a section", "pumps:\n  dummy: {filters: {usernames: {a: b}}}\n",
        "old:2: pumps.dummy.filters.usernames: takes a list");
    row("nowhere to listen", "health-check-address: nowhere\n", "old:1: health-check-address: must be");
    row("a name to listen on", "health-check-address: host:7070\n", "old:1: health-check-address: must be");
    row("no YAML", "pumps: {csv\n", "old:");
}

void ImportPumpTest::whatWasNoGoodIsNamed()
{
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, fault);
    const std::string faults = faultsOf(convert(old.toStdString()));
    QVERIFY2(faults.starts_with(fault.toStdString()), faults.c_str());
    QVERIFY2(faults.find("PLANTED") == std::string::npos, faults.c_str());
}

void ImportPumpTest::hostileTextsStayTexts()
{
    const auto ours = convert("pumps:\n"
                              "  \"csv\\nroles: [apiserver]\":\n"
                              "    type: csv\n"
                              "    filters: {usernames: [\"a\\nroles: [x]\", \"b\\\"\\\\\\t\\x01\\x85\", \"- c\"]}\n"
                              "    meta: {csv_dir: \"/x\\n  y: z\", \"k\\nroles: [watcher]\": 1}\n"
                              "  csv--roles---apiserver-: {type: dummy}\n"
                              "\"a\\nroles: [agent]\": 1\n");
    QVERIFY2(ours, faultsOf(ours).c_str());
    const auto config = read(ours);
    QVERIFY2(config, (faultsOf(config) + *ours).c_str());
    QVERIFY(config->runPump && !config->serves() && !config->runWatcher && !config->runAgent);
    QCOMPARE(namesOf(*config),
             (std::vector<std::string>{"csv-roles---apiserver- csv", "csv--roles---apiserver- dummy"}));
    QCOMPARE(config->pump.sinks[0].usernames,
             (std::vector<std::string>{"a\nroles: [x]", "b\"\\\t\x01\xc2\x85", "- c"}));
    QCOMPARE(config->pump.sinks[0].meta.at("csv_dir").scalar, std::string("/x\n  y: z"));
}

#endif

QTEST_GUILESS_MAIN(ImportPumpTest)
#include "importpumptest.moc"
