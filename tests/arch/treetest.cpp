// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules.h"
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace iam::arch;

namespace {

const QStringList someRooms{QStringLiteral("base"), QStringLiteral("cluster"), QStringLiteral("http"),
                            QStringLiteral("store")};

/// The project's files, relative to the tree. Nothing that a build or a tool left there.
QStringList projectFiles(const QDir& tree)
{
    QStringList files = tree.entryList(QDir::Files | QDir::Hidden);
    for (const char* folder : {".ci", "app", "packaging", "resources", "server", "tests", "translations", "ui"}) {
        QDirIterator entries(tree.filePath(QLatin1String(folder)), QDir::Files | QDir::Hidden,
                             QDirIterator::Subdirectories);
        while (entries.hasNext()) files << tree.relativeFilePath(entries.next());
    }
    return files;
}

/// The text of a file; nothing for a binary one.
QString textOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray bytes = file.read(4 * 1024 * 1024);
    return bytes.contains('\0') ? QString() : QString::fromUtf8(bytes);
}

} // namespace

class TreeTest : public QObject {
    Q_OBJECT

    const QDir m_tree{QStringLiteral(IAM_SOURCE_DIR)};

private Q_SLOTS:
    void everyFileKeepsTheRules()
    {
        const QStringList rooms =
            QDir(m_tree.filePath(QStringLiteral("server"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        QVERIFY(rooms.contains(QStringLiteral("base")) && rooms.contains(QStringLiteral("http")));
        QStringList faults;
        int read = 0;
        for (const QString& path : projectFiles(m_tree)) {
            // Recorded data and the licence are not ours to word.
            if (path.startsWith(u"tests/data/") || path == QStringLiteral("LICENSE")) continue;
            faults << faultsOf(path, textOf(m_tree.filePath(path)), rooms);
            ++read;
        }
        QVERIFY(read > 50);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
    void everyRoomHasAShortReadme()
    {
        QStringList faults;
        int rooms = 0;
        for (const char* side : {"server", "ui"}) {
            QDirIterator entries(m_tree.filePath(QLatin1String(side)), {QStringLiteral("CMakeLists.txt")}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (entries.hasNext()) {
                const QString room = m_tree.relativeFilePath(QFileInfo(entries.next()).path());
                if (!room.contains(u'/')) continue;
                ++rooms;
                const QString readme = textOf(m_tree.filePath(room + QStringLiteral("/README.md")));
                const auto lines = readme.count(u'\n');
                if (readme.isEmpty())
                    faults << room + QStringLiteral(" has no README.md");
                else if (lines > 25)
                    faults << QStringLiteral("%1/README.md has %2 lines; 25 are enough").arg(room).arg(lines);
            }
        }
        QVERIFY(rooms > 3);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    }
    // The rules themselves, on texts that break them.
    void everyRuleBites_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("fault"); // empty: good
        const auto row = [](const char* name, const char* path, const char* body, const char* fault) {
            QTest::newRow(name) << QString::fromUtf8(path) << QString::fromUtf8(body) << QString::fromUtf8(fault);
        };
        row("good", "ui/pages/x.cpp", "#include \"base/result.h\"\n#include <QWidget>\n", "");
        row("QtSql", "server/service/x.cpp", "#include <QSqlQuery>\n", "only server/store/sql sees QtSql");
        row("QtSql in its room", "server/store/sql/x.cpp", "#include <QSqlQuery>\n", "");
        row("QtSql in a test", "tests/unit/store/x.cpp", "#include <QSqlQuery>\n", "");
        row("QtNetwork in a page", "ui/pages/x.cpp", "#  include <QNetworkReply>\n", "only ui/client sees QtNetwork");
        row("QtNetwork by its folder", "ui/models/x.h", "#pragma once\n#include <QtNetwork/QTcpSocket>\n",
            "only ui/client sees QtNetwork");
        row("QtNetwork in the client", "ui/client/x.cpp", "#include <QNetworkReply>\n", "");
        row("OpenSSL in a header", "server/crypto/x.h", "#pragma once\n#include <openssl/evp.h>\n",
            "OpenSSL never shows");
        row("OpenSSL in a source", "server/crypto/x.cpp", "#include <openssl/evp.h>\n", "");
        row("OpenSSL by its wrapper", "server/crypto/x.h", "#pragma once\n#include \"crypto/openssl.h\"\n",
            "OpenSSL never shows");
        row("the wrapper elsewhere", "server/node/x.cpp", "#include \"crypto/openssl.h\"\n",
            "belongs to server/crypto");
        row("impure room", "ui/pages/x.cpp", "#include \"store/userstore.h\"\n", "only the pure rooms");
        row("impure room of the cluster", "ui/pages/x.cpp", "#include \"cluster/agent/agent.h\"\n",
            "only the pure rooms");
        row("window in a server", "server/http/x.cpp", "#include <QWidget>\n", "a server has no windows");
        row("sender", "ui/pages/x.cpp", "void f() { auto* o = sender(); }\n", "sender()");
        row("another's sender", "ui/pages/x.cpp", "auto s = mail.sender();\n", "");
        row("sender in a comment", "ui/pages/x.cpp", "// no sender() here\nconst char* c = \"sender()\";\n", "");
        row("nested loop", "ui/shell/x.cpp", "QCoreApplication::processEvents();\n", "processEvents");
        row("string connect", "ui/shell/x.cpp", "connect(a, SIGNAL(x()), b, SLOT(y()));\n", "by strings");
        row("behind a number", "ui/shell/x.cpp", "int a = 10'000; f(SLOT(x())); int b = 10'000;\n", "by strings");
        row("behind a raw string", "ui/shell/x.cpp", "auto a = R\"(\")\"; f(SLOT(x()));\n", "by strings");
        row("namespace std", "server/base/x.cpp", "using namespace std;\n", "namespace std");
        row("unfinished", "server/base/x.cpp",
            "// TO"
            "DO later\n",
            "TO"
            "DO");
        row("unfinished, in words", "server/base/x.cpp",
            "// good enough for"
            " now\n",
            "for"
            " now");
        row("machine path", "packaging/x",
            "cd /wo"
            "rk/main\n",
            "/wo"
            "rk/");
        row("a folder of that name", "packaging/x",
            "cd home/wo"
            "rk/main\n",
            "");
        row("no pragma", "server/base/x.h", "int a;\n", "#pragma once");
    }
    void everyRuleBites()
    {
        QFETCH(QString, path);
        QFETCH(QString, body);
        QFETCH(QString, fault);
        const QString licence = QStringLiteral("// SPDX-FileCopyrightText: 2026 IAM Console contributors\n"
                                               "// SPDX-License-Identifier: GPL-3.0-or-later\n");
        const QStringList faults = faultsOf(path, licence + body, someRooms);
        if (fault.isEmpty())
            QCOMPARE(faults, QStringList());
        else
            QVERIFY2(faults.size() == 1 && faults.first().contains(fault), qPrintable(faults.join(u'\n')));
    }
    void theLicenceIsMissed()
    {
        for (const char* path : {"server/base/x.cpp", "ui/pages/x.h", "server/CMakeLists.txt",
                                 "packaging/cmake/x.cmake", "packaging/packages/x", "packaging/steps.sh"}) {
            const QStringList faults = faultsOf(QLatin1String(path), QStringLiteral("#pragma once\n"), someRooms);
            QVERIFY2(faults.size() == 1 && faults.first().contains(QStringLiteral("licence")), path);
        }
        QCOMPARE(faultsOf(QStringLiteral("packaging/run"), QStringLiteral("#!/bin/bash\n"), someRooms).size(), 1);
        QCOMPARE(faultsOf(QStringLiteral("README.md"), QStringLiteral("# x\n"), someRooms).size(), 0);
    }
};

QTEST_GUILESS_MAIN(TreeTest)
#include "treetest.moc"
