// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// From a sink's options to the sink, and what is said of options that are not as they must be.
#include "records/sinks/makesink.h"
#include "base/logging.h"
#include "sinksamples.h"
#include "support/verifyresult.h"
#include <QTest>

using namespace iam;
using namespace iam::records;

namespace {

/// A sink with the options as a file has them.
SinkConfig sinkOf(const QByteArray& type, const QByteArray& meta)
{
    SinkConfig config;
    config.name = "one";
    config.type = type.toStdString();
    config.meta = parseConfig(meta.toStdString(), "iam.yaml").values;
    return config;
}

QString faultsOf(const SinkConfig& config)
{
    QStringList lines;
    for (const FieldFault& fault : checkSink(config))
        lines << QString::fromStdString(fault.field + ": " + fault.message);
    return lines.join(u'\n');
}

} // namespace

class MakeSinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goodOptionsMakeASink_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("meta");
        QTest::newRow("csv") << QByteArray("csv") << QByteArray("csv_dir: ./analytics-data\n");
        QTest::newRow("csv, all") << QByteArray("csv") << QByteArray("csv_dir: x\nidentity_columns: true\n");
        QTest::newRow("dummy") << QByteArray("dummy") << QByteArray();
        QTest::newRow("prometheus") << QByteArray("prometheus") << QByteArray("max_users: 10\n");
        QTest::newRow("sql, a file") << QByteArray("sql") << QByteArray("driver: sqlite\npath: x.db\n");
        QTest::newRow("sql, a server") << QByteArray("sql")
                                       << QByteArray("driver: mysql\nhost: db\nport: 3307\nusername: u\npassword: p\n"
                                                     "database: d\nssl_ca: a\nssl_cert: b\nssl_key: c\n");
        QTest::newRow("syslog") << QByteArray("syslog") << QByteArray();
        QTest::newRow("syslog, udp") << QByteArray("syslog")
                                     << QByteArray(
                                            "transport: udp\nnetwork_addr: 10.0.0.1:514\nlog_level: 5\ntag: iam\n");
        QTest::newRow("syslog, tls") << QByteArray("syslog")
                                     << QByteArray(
                                            "transport: tls\nnetwork_addr: \"[::1]:6514\"\nca_file: a\ncert_file: b\n"
                                            "key_file: c\nserver_name: d\nmax_message_size: 64KiB\nresent_bytes: 0\n");
        QTest::newRow("mongo") << QByteArray("mongo")
                               << QByteArray("mongo_url: mongodb://u:p@h:27017/iam_analytics\ncollection_name: c\n");
        QTest::newRow("mongo, all") << QByteArray("mongo")
                                    << QByteArray(
                                           "mongo_url: mongodb://h/d\ncollection_name: c\nmongo_use_ssl: true\n"
                                           "mongo_ssl_ca_file: a\nmongo_ssl_pem_keyfile: b\nmongo_db_type: 1\n"
                                           "mongo_ssl_insecure_skip_verify: false\ncollection_cap_enable: false\n"
                                           "mongo_ssl_allow_invalid_hostnames: false\n"
                                           "collection_cap_max_size_bytes: 1048576\n"
                                           "max_insert_batch_size_bytes: 1MiB\nmax_document_size_bytes: 1MiB\n");
    }
    void goodOptionsMakeASink()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, meta);
        QCOMPARE(faultsOf(sinkOf(type, meta)), QString());
        const auto sink = makeSink(sinkOf(type, meta), "node-a");
        VERIFY_OK(sink);
        QVERIFY(*sink != nullptr);
    }
    void badOptionsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("meta");
        QTest::addColumn<QString>("faults");
        const auto row = [](const char* name, const char* type, const char* meta, const char* faults) {
            QTest::newRow(name) << QByteArray(type) << QByteArray(meta) << QString::fromUtf8(faults);
        };
        row("type", "kafka", "", "type: must be one of csv, dummy, mongo, prometheus, sql, syslog, not \"kafka\"");
        row("no type", "", "", "type: must be one of csv, dummy, mongo, prometheus, sql, syslog, not \"\"");
        row("unknown option", "csv", "csv_dir: x\ncsv_dri: y\n",
            "iam.yaml:2: csv_dri: unknown key; did you mean csv_dir?");
        row("option of another type", "dummy", "csv_dir: x\n", "iam.yaml:1: csv_dir: unknown key");
        row("csv without its folder", "csv", "", "configuration: csv_dir: names the folder and is missing");
        row("csv with an empty folder", "csv", "csv_dir: \"\"\n", "iam.yaml:1: csv_dir: must not be empty");
        row("old prometheus", "prometheus", "listen_address: :9090\n",
            "iam.yaml:1: listen_address: is not used: the counters stand in the pump's own /metrics");
        row("sql without a driver", "sql", "path: x\n", "configuration: driver: is missing: sqlite or mysql");
        row("sql with keys of the other driver", "sql", "driver: sqlite\npath: x\nhost: y\n",
            "iam.yaml:3: host: unknown key");
        row("sql with half a certificate", "sql", "driver: mysql\ndatabase: d\nssl_ca: a\nssl_cert: b\n",
            "configuration: ssl_key: is missing beside the other one of the two");
        row("sql with a certificate and no authority", "sql", "driver: mysql\ndatabase: d\nssl_cert: a\nssl_key: b\n",
            "configuration: ssl_ca: is missing: without it a server without TLS would be taken too");
        row("sql without a database", "sql", "driver: mysql\n",
            "configuration: database: names a database of its own and is missing");
        row("sql with a semicolon", "sql", "driver: mysql\ndatabase: \"d;SSL_CA=\"\n",
            "iam.yaml:2: database: must not hold a semicolon");
        row("syslog transport", "syslog", "transport: relp\n",
            "iam.yaml:1: transport: must be one of udp, tcp, tls, not \"relp\"");
        row("syslog address", "syslog", "network_addr: localhost\n",
            "iam.yaml:1: network_addr: must be HOST:PORT or [IPV6]:PORT");
        row("syslog address without brackets", "syslog", "network_addr: ::1:514\n",
            "iam.yaml:1: network_addr: must be HOST:PORT or [IPV6]:PORT");
        row("syslog priority", "syslog", "log_level: 192\n",
            "iam.yaml:1: log_level: must be a whole number from 0 to 191, not \"192\"");
        row("syslog authority without tls", "syslog", "transport: tcp\nca_file: x\n",
            "iam.yaml:2: ca_file: is of use with transport tls only");
        row("datagrams too long", "syslog", "max_message_size: 64KiB\n",
            "iam.yaml:1: max_message_size: must be from 480 to 65507, not \"64KiB\"");
        row("mongo without anything", "mongo", "",
            "configuration: mongo_url: is missing\nconfiguration: collection_name: is missing");
        row("mongo without verification", "mongo",
            "mongo_url: mongodb://h/d\ncollection_name: c\nmongo_ssl_insecure_skip_verify: true\n",
            "iam.yaml:3: mongo_ssl_insecure_skip_verify: is refused: name what signed the server's certificate in "
            "mongo_ssl_ca_file");
        row("mongo, capped", "mongo", "mongo_url: mongodb://h/d\ncollection_name: c\ncollection_cap_enable: true\n",
            "iam.yaml:3: collection_cap_enable: is refused: a capped collection throws records away without a word");
    }
    void badOptionsAreNamed()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, meta);
        QFETCH(QString, faults);
        QCOMPARE(faultsOf(sinkOf(type, meta)), faults);
        VERIFY_CODE(makeSink(sinkOf(type, meta), "node-a"), Code::Validation);
    }
    // Whatever is wrong with a connection string may be its password.
    void aWrongUrlIsNotRepeated()
    {
        for (const char* url : {"mongodb://u:geheim@@h/d", "mongodb://u:geheim@h", "http://geheim", "geheim",
                                "mongodb://u:geheim@h/d?w=geheim&tls=geheim", "mongodb://u:gehei%m@h/d"}) {
            const QString said = faultsOf(sinkOf("mongo", "collection_name: c\nmongo_url: " + QByteArray(url) + "\n"));
            QVERIFY2(!said.contains(QStringLiteral("gehei")), qPrintable(said));
        }
        QCOMPARE(
            faultsOf(sinkOf("mongo", "collection_name: c\nmongo_url: mongodb://u:geheim@h\n")),
            QStringLiteral("iam.yaml:2: mongo_url: must be a connection string of MongoDB that names the database"));
    }
    void theDummyLogs()
    {
        auto sink = makeSink(sinkOf("dummy", ""), "node-a");
        VERIFY_OK(sink);
        QTest::ignoreMessage(QtInfoMsg, "sink one: writing 2 records");
        VERIFY_OK((*sink)->write(test::sampleRecords(1, 2)));
        QLoggingCategory::setFilterRules(QStringLiteral("iam.records.debug=true"));
        QTest::ignoreMessage(QtInfoMsg, "sink one: writing 1 records");
        QTest::ignoreMessage(QtDebugMsg, "sink one: node-a:3 allowed, request 5f0c6a8e-1d2c-4b7a-9d3e-100000000003");
        VERIFY_OK((*sink)->write(test::sampleRecords(3, 1)));
        QLoggingCategory::setFilterRules({});
        QCOMPARE((*sink)->metrics(), std::string());
    }
};

QTEST_GUILESS_MAIN(MakeSinkTest)
#include "makesinktest.moc"
