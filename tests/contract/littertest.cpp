// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a process brings with it and leaves behind: no library that nobody asked for, and after kill -9 nothing outside
// of its data.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

constexpr const char* mongoSink = "    - type: mongo\n"
                                  "      meta: {mongo_url: \"mongodb://127.0.0.1:1/iam\", collection_name: c}\n";

void writeFile(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("cannot write the test's file");
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList namesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// A folder of the test's own for everything that a server could write.
class Place {
public:
    Place()
    {
        QDir(m_folder.path()).mkdir(QStringLiteral("tmp"));
        m_process.setStandardErrorFile(m_folder.filePath(QStringLiteral("log")));
        set("TMPDIR", temporary());
    }
    ~Place() { kill(); }
    QString temporary() const { return m_folder.filePath(QStringLiteral("tmp")); }
    QByteArray log() const { return contentOf(m_folder.filePath(QStringLiteral("log"))); }
    QProcess& process() { return m_process; }
    void set(const char* variable, const QString& value)
    {
        auto environment = m_process.processEnvironment();
        if (environment.isEmpty()) environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(variable), value);
        m_process.setProcessEnvironment(environment);
    }
    void run(const QStringList& arguments) { m_process.start(QStringLiteral(IAM_SERVER_PROGRAM), arguments); }
    void run(const QStringList& verb, const QByteArray& config)
    {
        writeFile(m_folder.filePath(QStringLiteral("iam.yaml")), config);
        run(verb + QStringList{QStringLiteral("--config"), m_folder.filePath(QStringLiteral("iam.yaml")),
                               QStringLiteral("--data-dir"), m_folder.filePath(QStringLiteral("data"))});
    }
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace

class LitterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSinksLibraryIsLoadedWithTheSinkOnly_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::addColumn<bool>("mongo");
        const QByteArray pump = "pump:\n  bind-port: 0\n  sinks:\n    - type: dummy\n";
        QTest::newRow("every role") << QByteArray("roles: [apiserver, authz-server, pump, watcher]\n"
                                                  "apiserver: {insecure: {bind-port: 0}}\n"
                                                  "authz-server: {insecure: {bind-port: 0}}\n"
                                                  "watcher: {bind-port: 0}\n") +
                                           pump
                                    << false;
        QTest::newRow("a pump") << "roles: [pump]\n" + pump << false;
        QTest::newRow("a pump for MongoDB") << "roles: [pump]\n" + pump + mongoSink << true;
    }
    void aSinksLibraryIsLoadedWithTheSinkOnly()
    {
        QFETCH(QByteArray, config);
        QFETCH(bool, mongo);
        const QString shared = QStringLiteral("/dev/shm");
        const QStringList before = namesIn(shared);
        Place place;
        place.run({}, config);
        QVERIFY2(place.process().waitForReadyRead(20'000), place.log());
        const qint64 id = place.process().processId();
        QCOMPARE(contentOf(QStringLiteral("/proc/%1/maps").arg(id)).contains("libmongoc"), mongo);
        place.kill();
        const QRegularExpression ours(QStringLiteral("(^|[^0-9])%1([^0-9]|$)").arg(id));
        QStringList left = namesIn(shared).filter(ours);
        left.removeIf([&](const QString& name) { return before.contains(name); });
        QCOMPARE(left, QStringList());
        QCOMPARE(namesIn(place.temporary()), QStringList());
        QVERIFY2(!place.log().contains("mongoc"), place.log());
    }
    // As the dynamic linker tells it (ld.so(8)), which sees everything that is loaded, whoever asks for it.
    void aVerbLoadsNoneOfThem()
    {
        Place place;
        place.set("LD_DEBUG", QStringLiteral("files"));
        place.run({QStringLiteral("--version")});
        QVERIFY(place.process().waitForFinished(20'000));
        QCOMPARE(place.process().exitCode(), 0);
        QVERIFY(place.log().contains("libQt6Core"));
        QVERIFY(!place.log().contains("libmongoc"));
    }
    void withoutItsLibraryASinkIsRefused()
    {
        const QTemporaryDir broken;
        writeFile(broken.filePath(QStringLiteral("libmongoc-1.0.so.0")), "no library");
        Place place;
        place.set("LD_LIBRARY_PATH", broken.path());
        place.run({QStringLiteral("check-config")}, QByteArray("roles: [pump]\npump:\n  sinks:\n") + mongoSink);
        QVERIFY(place.process().waitForFinished(20'000));
        QCOMPARE(place.process().exitCode(), 2);
        QVERIFY2(place.log().contains("pump.sinks[0].meta.mongo_url: MongoDB's C library cannot be loaded: "),
                 place.log());
        QVERIFY2(place.log().contains(broken.path().toUtf8()), place.log()); // which of them, and why
    }
};

QTEST_GUILESS_MAIN(LitterTest)
#include "littertest.moc"
