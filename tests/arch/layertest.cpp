// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

void write(const QString& path, const QByteArray& text)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write %s", qPrintable(path));
}

struct Outcome {
    int exitCode = -1;
    QString output; ///< both streams, line breaks as single spaces
};

Outcome run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(100'000)) return {};
    return {process.exitCode(), QString::fromUtf8(process.readAll()).simplified()};
}

} // namespace

/// The walls as CMake sees them, on small projects of their own, and as the linker left them in iam-server.
class LayerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrongLinksStopTheConfiguration_data()
    {
        QTest::addColumn<QByteArray>("libraries"); // room/name, then what iam_library() is told; one a line
        QTest::addColumn<QByteArray>("tail");
        QTest::addColumn<QString>("message"); // empty: the configuration succeeds
        const QByteArray bottom = "server/base LAYER 0\nserver/store LAYER 2 LINKS base\n";
        const auto row = [&](const char* name, const QByteArray& more, const QByteArray& tail, const char* message) {
            QTest::newRow(name) << bottom + more << tail << QString::fromLatin1(message);
        };
        row("downward", "server/service LAYER 4 LINKS store\nui/client LAYER 2 LINKS base\n", "", "");
        row("upward", "server/contract LAYER 1 LINKS store\n", "",
            "iam_contract (layer 1) may not link iam_store (layer 2): links go down a layer, never up or sideways");
        row("sideways", "server/http LAYER 2 LINKS store\n", "",
            "iam_http (layer 2) may not link iam_store (layer 2): links go down a layer, never up or sideways");
        row("unknown", "server/http LAYER 2 LINKS node\n", "", "iam_http: links iam_node, which does not exist");
        row("ui to store", "ui/pages LAYER 4 LINKS store\n", "",
            "from server/, not store");
        row("server to ui", "ui/client LAYER 2\nserver/node LAYER 6 LINKS client\n", "",
            "server/ may not link ui/ (iam_client)");
        row("as a package", "server/http LAYER 2 PACKAGES iam_store\n", "", "iam_store belongs under LINKS");
        row("around the function", "server/http LAYER 2\n", "target_link_libraries(iam_http PRIVATE iam_store)\n",
            "iam_http (layer 2) may not link iam_store (layer 2)");
        row("without a layer", "server/http LINKS base\n", "", "iam_library(http): LAYER and SOURCES are required");
    }
    void wrongLinksStopTheConfiguration()
    {
        QFETCH(QByteArray, libraries);
        QFETCH(QByteArray, tail);
        QFETCH(QString, message);
        const QTemporaryDir directory;
        QByteArray project =
            "cmake_minimum_required(VERSION 3.25)\nproject(walls LANGUAGES CXX)\n"
            "list(APPEND CMAKE_MODULE_PATH \"" IAM_SOURCE_DIR "/packaging/cmake\")\ninclude(IamLibrary)\n";
        for (const QByteArray& line : libraries.trimmed().split('\n')) {
            const QByteArray folder = line.left(line.indexOf(' '));
            const QByteArray name = folder.mid(folder.indexOf('/') + 1);
            write(directory.filePath(QString::fromLatin1(folder) + QStringLiteral("/CMakeLists.txt")),
                  "iam_library(" + name + " SOURCES x.cpp " + line.mid(folder.size()) + ")\n");
            write(directory.filePath(QString::fromLatin1(folder) + QStringLiteral("/x.cpp")), "\n");
            project += "add_subdirectory(" + folder + ")\n";
        }
        write(directory.filePath(QStringLiteral("CMakeLists.txt")), project + tail + "iam_check_layers()\n");
        const Outcome outcome =
            run(QStringLiteral(IAM_CMAKE),
                {QStringLiteral("-G"), QStringLiteral("Ninja"), QStringLiteral("-S"), directory.path(),
                 QStringLiteral("-B"), directory.filePath(QStringLiteral("build"))});
        QVERIFY2((outcome.exitCode == 0) == message.isEmpty(), qPrintable(outcome.output));
        QVERIFY2(outcome.output.contains(message), qPrintable(outcome.output));
    }
    void theServerHasNoWindowLibrary()
    {
        const Outcome linked = run(QStringLiteral("ldd"), {QStringLiteral(IAM_SERVER)});
        QVERIFY2(linked.exitCode == 0 && linked.output.contains(QStringLiteral("libQt6Core")),
                 qPrintable(linked.output));
        for (const char* library : {"libQt6Gui", "libQt6Widgets", "libQt6Svg", "libX11", "libxcb", "libGL"})
            QVERIFY2(!linked.output.contains(QLatin1String(library)), library);
    }
    // What one sink alone needs is loaded with it.
    void theServerHasNoLibraryOfOneSink()
    {
        const Outcome linked = run(QStringLiteral("ldd"), {QStringLiteral(IAM_SERVER)});
        QVERIFY2(linked.exitCode == 0 && linked.output.contains(QStringLiteral("libQt6Core")),
                 qPrintable(linked.output));
        for (const char* library : {"libmongoc", "libmongocrypt", "libsasl2"})
            QVERIFY2(!linked.output.contains(QLatin1String(library)), library);
    }
};

QTEST_GUILESS_MAIN(LayerTest)
#include "layertest.moc"
