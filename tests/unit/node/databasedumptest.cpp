// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where no dump can be taken; adoptverbtest.cpp takes true ones.
#include "node/adoption/databasedump.h"
#include "support/verifyresult.h"
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace iam;
using namespace iam::node;

class DatabaseDumpTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    Result<DatabaseDump> take(const QByteArray& path)
    {
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", path);
        auto taken = takeDump({}, m_folder.filePath(QStringLiteral("backups")).toStdString(), {}, {}, TimePoint());
        qputenv("PATH", before);
        return taken;
    }

private Q_SLOTS:
    void cleanup() { QVERIFY(QDir(m_folder.filePath(QStringLiteral("backups"))).isEmpty()); }

    void withoutTheProgramThePackageIsNamed()
    {
        const auto taken = take(m_folder.path().toLocal8Bit());
        VERIFY_CODE(taken, Code::Validation);
        QCOMPARE(taken.error().detail, std::string("mariadb-dump is not installed (Debian package mariadb-client)"));
    }
    void whatTheProgramSaysIsTold()
    {
        QFile program(m_folder.filePath(QStringLiteral("mariadb-dump")));
        QVERIFY(program.open(QIODevice::WriteOnly));
        program.write("#!/bin/sh\necho 'half of it'\necho 'no such database' >&2\nexit 2\n");
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const auto taken = take(m_folder.path().toLocal8Bit());
        VERIFY_CODE(taken, Code::StorageUnavailable);
        QCOMPARE(taken.error().detail, std::string("mariadb-dump failed: no such database"));
    }
};

QTEST_GUILESS_MAIN(DatabaseDumpTest)
#include "databasedumptest.moc"
