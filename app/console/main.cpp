// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/logging.h"
#include "client/sessionclient.h"
#include "console/adoptionprocess.h"
#include "console/localserver.h"
#include "shell/connection.h"
#include "shell/consolewindow.h"
#include "shell/language.h"
#include "shell/themefollower.h"
#include <QApplication>
#include <QCommandLineParser>
#include <QStandardPaths>
#include <QTextStream>

namespace {

struct Options {
    std::optional<iam::widgets::ColorScheme> theme;
    QLocale locale;
    QString dataPath;
    QUrl server; // empty: the one used last
};

[[noreturn]] void refuse(const QString& sentence, int status)
{
    QTextStream(stderr) << "iam-console: " << sentence << Qt::endl;
    std::exit(status);
}

/// Ends the process for --help, --version and what it does not understand.
Options readOptions(const QApplication& application)
{
    const QCommandLineOption theme(QStringLiteral("theme"), QStringLiteral("system, light, dark or high-contrast."),
                                   QStringLiteral("theme"), QStringLiteral("system"));
    const QCommandLineOption language(
        QStringLiteral("language"), QStringLiteral("en or zh_CN instead of the system's."), QStringLiteral("language"));
    const QCommandLineOption data(QStringLiteral("data-dir"),
                                  QStringLiteral("Where the bundled server keeps its data."), QStringLiteral("folder"));
    const QCommandLineOption server(QStringLiteral("server"),
                                    QStringLiteral("Log in at this server instead of the one used last."),
                                    QStringLiteral("url"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Desktop console of the IAM server."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({theme, language, data, server});
    parser.process(application);

    Options out;
    const auto scheme = iam::shell::themeFromText(parser.value(theme));
    if (!scheme) refuse(QString::fromStdString(scheme.error().detail), 2);
    out.theme = *scheme;
    out.locale = parser.isSet(language) ? QLocale(parser.value(language)) : QLocale::system();
    if (out.locale.language() == QLocale::C && parser.isSet(language))
        refuse(QStringLiteral("--language must be en or zh_CN, not %1").arg(parser.value(language)), 2);
    out.dataPath =
        parser.isSet(data) ? parser.value(data) : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    out.server = QUrl(parser.value(server), QUrl::StrictMode);
    const bool web = out.server.scheme() == u"http" || out.server.scheme() == u"https";
    if (parser.isSet(server) && (!out.server.isValid() || !web || out.server.host().isEmpty()))
        refuse(QStringLiteral("--server must be an http or https address"), 2);
    return out;
}

} // namespace

int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("iam-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(IAM_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("iam-console"));
    const Options options = readOptions(application);
    if (const auto logging = iam::installLogging({}); !logging)
        refuse(QString::fromStdString(logging.error().detail), 1);
    iam::shell::installLanguage(*qApp, options.locale);
    const iam::shell::ThemeFollower theme(*qApp, options.theme);
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/iam-console.svg")));

    iam::console::LocalServer bundled(options.dataPath);
    iam::client::ApiClient api({});
    iam::client::SessionClient sessions(api);
    iam::shell::KeychainSessionStore store;
    iam::shell::Connection connection(api, sessions, store, &bundled);
    iam::shell::SettingsClusterMemory clusters;
    iam::console::AdoptionProcess adoption;
    const auto window = iam::shell::makeMainWindow(api, connection, clusters, &adoption);
    window->show();
    // The window first: what follows may take a moment.
    const auto begin = [&connection, &options] {
        if (options.server.isEmpty())
            connection.begin();
        else
            connection.useServer(options.server);
    };
    QMetaObject::invokeMethod(&connection, begin, Qt::QueuedConnection);
    return QApplication::exec();
}
