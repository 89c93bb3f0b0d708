// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/treediff.h"
#include "cluster/check/filetree.h"
#include "cluster/check/unifieddiff.h"
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace iam;
using namespace iam::cluster;

namespace {

void write(const QTemporaryDir& root, const char* path, const QByteArray& text, QFile::Permissions more = {})
{
    const QString name = root.filePath(QString::fromLatin1(path));
    QDir().mkpath(QFileInfo(name).path());
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly)) qFatal("a file of the test cannot be written");
    file.write(text);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther | more);
}

std::string rootOf(const QTemporaryDir& root)
{
    return root.path().toStdString();
}

} // namespace

class TreeDiffTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void diffsAreUnified()
    {
        QCOMPARE(unifiedDiff("a\nb\n", "a\nb\n"), std::string());
        QCOMPARE(unifiedDiff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
                 std::string("@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"));
        QCOMPARE(unifiedDiff("", "a\n"), std::string("@@ -0,0 +1,1 @@\n+a\n"));
        QCOMPARE(unifiedDiff("a\n", ""), std::string("@@ -1,1 +0,0 @@\n-a\n"));
        QCOMPARE(unifiedDiff("a\nb\nc\n", "a\nc\nd\n"), std::string("@@ -1,3 +1,3 @@\n a\n-b\n c\n+d\n"));
        QVERIFY(!unifiedDiff("a", "a\n").empty());
    }
    void distantChangesAreTwoPieces()
    {
        std::string before;
        for (int i = 0; i < 40; ++i) before += std::to_string(i) + '\n';
        std::string after = before;
        after.replace(after.find("\n3\n"), 3, "\nx\n");
        after.replace(after.find("\n33\n"), 4, "\ny\n");
        const std::string text = unifiedDiff(before, after);
        QCOMPARE(text.find("@@ -1,7 +1,7 @@"), std::size_t{0});
        QVERIFY(text.find("@@ -31,7 +31,7 @@") != std::string::npos);
        QVERIFY(text.find("\n 20\n") == std::string::npos);
    }
    void hugeDifferencesEnd()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 20'000; ++i) {
            before += "a" + std::to_string(i) + '\n';
            after += "b" + std::to_string(i) + '\n';
        }
        QVERIFY(unifiedDiff(before, after).starts_with("@@ -1,20000 +1,20000 @@\n-a0\n"));
    }
    void secretsAreHidden()
    {
        const std::string text =
            unifiedDiff("  auth_pass hunter2\n", "  password: \"hunter3\"\nIAM_MYSQL_PASSWORD=hunter4\n");
        QVERIFY2(text.find("hunter") == std::string::npos, text.c_str());
        QVERIFY(text.find("auth_pass (hidden)") != std::string::npos);
        const std::string more = unifiedDiff(
            "CREATE USER x IDENTIFIED BY 'hunter5';\nproxy_set_header Authorization \"Basic hunter6\";\n",
            "user default on >hunter7 ~* +@all\n#requirepass hunter8\n# password: hunter9\nmasterauth hunter0\n");
        QVERIFY2(more.find("hunter") == std::string::npos, more.c_str());
        QVERIFY(unifiedDiff("", "# The password stands elsewhere\n").find("elsewhere") != std::string::npos);
    }

    void treesAreCompared()
    {
        NodeFiles rendered;
        rendered.files["/etc/nginx/nginx.conf"] = {"http { include conf.d/*.conf; }\n", {}, 0644, {}, {}};
        rendered.files["/etc/keepalived/check_nginx.sh"] = {"#!/bin/sh\n", {}, 0755, {}, {}};
        rendered.files["/etc/keepalived/keepalived.conf"] = {"a\nb\n", {}, 0644, {}, {}};
        rendered.files["/etc/iam-server/cluster.yaml"] = {"x", {}, 0644, {}, {}};
        const QTemporaryDir root;
        write(root, "etc/nginx/nginx.conf", "http { include conf.d/*.conf; }\n");
        write(root, "etc/nginx/conf.d/old.conf", "server {}\n");
        write(root, "etc/nginx/conf.d/old.conf.disabled", "server {}\n");
        write(root, "etc/nginx/sites-enabled/default", "server {}\n"); // nobody reads it
        write(root, "etc/keepalived/check_nginx.sh", "#!/bin/sh\n");
        write(root, "etc/keepalived/keepalived.conf", "a\nc\n");
        const auto found = compareWithInstalled(rendered, rootOf(root) + '/');
        using Kind = FileDifference::Kind;
        QCOMPARE(found.size(), std::size_t{4});
        QVERIFY(found[0].kind == Kind::Missing && found[0].path == "/etc/iam-server/cluster.yaml");
        QVERIFY(found[1].kind == Kind::Mode && found[1].text == "0644, should be 0755");
        QVERIFY(found[2].kind == Kind::Content && found[2].text == "@@ -1,2 +1,2 @@\n a\n-c\n+b\n");
        QVERIFY(found[3].kind == Kind::Extra && found[3].path == "/etc/nginx/conf.d/old.conf");

        write(root, "etc/iam-server/cluster.yaml", "x");
        write(root, "etc/keepalived/check_nginx.sh", "#!/bin/sh\n",
              QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
        write(root, "etc/keepalived/keepalived.conf", "a\nb\n");
        QVERIFY(QFile::remove(root.filePath(QStringLiteral("etc/nginx/conf.d/old.conf"))));
        QVERIFY(compareWithInstalled(rendered, rootOf(root)).empty());
    }

    void whatIsNoFileIsNotOpened()
    {
        const QTemporaryDir root;
        write(root, "etc/nginx/nginx.conf", "events {}\n");
        write(root, "etc/nginx/conf.d/large.conf", QByteArray(1024 * 1024 + 1, '#'));
        QVERIFY(QDir(root.path()).mkpath(QStringLiteral("etc/keepalived/keepalived.conf")));
        const std::string fifo = rootOf(root) + "/etc/nginx/conf.d/fifo.conf";
        QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0); // opening it would wait for a writer
        QVERIFY(QFile::link(QStringLiteral("nothing"), root.filePath(QStringLiteral("etc/nginx/conf.d/gone.conf"))));
        const auto node = readFileTree("n1", rootOf(root));
        QVERIFY(node.has_value());
        const auto unread = [&](const char* path) { return node->files.at(path).unread; };
        QCOMPARE(unread("/etc/nginx/nginx.conf"), std::string());
        QCOMPARE(unread("/etc/nginx/conf.d/large.conf"), std::string("is larger than 1 MiB"));
        QCOMPARE(unread("/etc/nginx/conf.d/fifo.conf"), std::string("is no regular file"));
        QCOMPARE(unread("/etc/nginx/conf.d/gone.conf"), std::string("is a link to nothing"));
        QCOMPARE(unread("/etc/keepalived/keepalived.conf"), std::string("is a folder"));

        NodeFiles rendered;
        rendered.files["/etc/nginx/conf.d/fifo.conf"] = {"x", {}, 0644, {}, {}};
        const auto found = compareWithInstalled(rendered, rootOf(root));
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == FileDifference::Kind::Unreadable);
    }
    void aNodesLayoutIsRead()
    {
        const QTemporaryDir root;
        write(root, "etc/nginx/nginx.conf", "events {}\n");
        write(root, "etc/nginx/conf.d/a.conf", "server {}\n");
        write(root, "etc/keepalived/check.sh", "#!/bin/sh\n", QFile::ExeOwner);
        write(root, "etc/keepalived/binary", QByteArray("a\0b", 3));
        write(root, "etc/passwd", "root:x\n");
        const auto node = readFileTree("n1", rootOf(root));
        QVERIFY(node.has_value());
        QCOMPARE(node->files.size(), std::size_t{4});
        QCOMPARE(node->file("/etc/keepalived/binary")->unread, std::string("is no text"));
        const NodeFile* script = node->file("/etc/keepalived/check.sh");
        QVERIFY(script != nullptr && script->mode == 0744u);
        QCOMPARE(script->shownAs, rootOf(root) + "/etc/keepalived/check.sh");
    }
    void missingCertificatesAreNoted()
    {
        const QTemporaryDir root;
        write(root, "etc/nginx/nginx.conf",
              "events {}\nhttp {\n ssl_certificate /etc/ssl/iam.pem;\n ssl_certificate_key /etc/ssl/gone.key;\n"
              " server {\n ssl_certificate own.pem;\n ssl_certificate_key /etc/elsewhere/iam.key;\n }\n}\n");
        write(root, "etc/ssl/iam.pem", "x");
        const auto node = readFileTree("n1", rootOf(root));
        QVERIFY(node.has_value());
        // Of folders that are not part of the tree nobody knows what they hold.
        QVERIFY((node->missing == std::set<std::string>{"/etc/ssl/gone.key", "/etc/nginx/own.pem"}));
        write(root, "etc/ssl/gone.key", "x");
        write(root, "etc/nginx/own.pem", "x");
        QVERIFY(readFileTree("n1", rootOf(root))->missing.empty());
    }
    void aPlainFolderIsRead()
    {
        const QTemporaryDir root;
        write(root, "nginx.conf", "events {}\n");
        write(root, "conf.d/a.conf", "server {}\n");
        write(root, "api.conf", "server {}\n");
        write(root, "keepalived.conf", "global_defs {\n}\n");
        write(root, "check_nginx.sh", "#!/bin/sh\n");
        write(root, "notes.txt", "x\n");
        const auto node = readFileTree("n1", rootOf(root));
        QVERIFY(node.has_value());
        std::string paths;
        for (const auto& [path, file] : node->files) paths += path + ' ';
        QCOMPARE(paths, std::string("/etc/keepalived/check_nginx.sh /etc/keepalived/keepalived.conf "
                                    "/etc/nginx/conf.d/a.conf /etc/nginx/conf.d/api.conf /etc/nginx/nginx.conf "));
    }
    void whatIsNoNodeIsRefused()
    {
        const QTemporaryDir root;
        QVERIFY(!readFileTree("n1", rootOf(root)).has_value());
        QVERIFY(!readFileTree("n1", rootOf(root) + "/nothing").has_value());
    }
};

QTEST_GUILESS_MAIN(TreeDiffTest)
#include "treedifftest.moc"
