// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "databaseargument.h"
#include "crypto/keyfile.h"
#include "passphrase.h"
#include <QUrl>
#include <QUrlQuery>
#include <iostream>

namespace iam::app {

namespace {

/// The settings that a name of a database stands for.
Result<std::vector<std::string>> settingsOf(const std::string& text)
{
    const QUrl url(QString::fromStdString(text), QUrl::StrictMode);
    const auto refuse = [](const char* why) { return fail(Code::Validation, why); };
    if (!url.isValid() || (url.scheme() != u"mysql" && url.scheme() != u"mariadb"))
        return refuse("the database is named as mysql://USER@HOST:PORT/DATABASE or mysql://USER@/DATABASE?socket=PATH");
    if (!url.password().isEmpty())
        return refuse("a password is not taken from the command line, where everybody can see it: use"
                      " --password-file, IAM_MYSQL_PASSWORD, or the terminal");
    const QUrlQuery query(url);
    for (const auto& item : query.queryItems())
        if (item.first != u"socket") return refuse("behind the ? only socket=PATH is known");
    const QString socket = query.queryItemValue(QStringLiteral("socket"), QUrl::FullyDecoded);
    const QString database = url.path(QUrl::FullyDecoded).mid(1);
    if (database.isEmpty() || url.userName().isEmpty()) return refuse("the database's name or user is missing");
    if (socket.isEmpty() == url.host().isEmpty()) return refuse("either a host or a socket is named");
    QString place = socket;
    if (socket.isEmpty()) {
        const QString host = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
        place = url.port() < 0 ? host : host + u':' + QString::number(url.port());
    }
    return std::vector<std::string>{"store.driver=mysql", "mysql.host=" + place.toStdString(),
                                    "mysql.username=" + url.userName(QUrl::FullyDecoded).toStdString(),
                                    "mysql.database=" + database.toStdString()};
}

/// Nothing was given anywhere: somebody is asked, if there is somebody.
bool givePassword(const Arguments& arguments, node::ServerConfig& config)
{
    const std::string file = arguments.value("--password-file");
    if (file.empty() && !config.store.mariaDb.password.empty()) return true;
    auto password =
        file.empty() ? askPassword("Password of " + config.store.mariaDb.username + ": ") : readFirstLine(file);
    if (!password) {
        std::cerr << "iam-server: " << password.error().detail << '\n';
        return false;
    }
    config.store.mariaDb.password = std::move(*password);
    return true;
}

} // namespace

std::optional<node::ServerConfig> readDatabaseConfig(const Arguments& arguments)
{
    node::ServerOptions options{arguments.value("--config"), arguments.value("--data-dir"), arguments.values("--set")};
    if (!arguments.positional().empty()) {
        const auto settings = settingsOf(arguments.positional().front());
        if (!settings) {
            std::cerr << "iam-server: " << settings.error().detail << '\n';
            return {};
        }
        options.settings.insert(options.settings.end(), settings->begin(), settings->end());
    }
    auto config = node::readServerConfig(options, processEnvironment());
    if (!config) {
        printFaults(config.error().faults);
        return {};
    }
    if (config->store.driver != node::StoreConfig::Driver::MySql) {
        std::cerr << "iam-server: name the database: mysql://USER@HOST:PORT/DATABASE\n";
        return {};
    }
    if (!givePassword(arguments, *config)) return {};
    return std::move(*config);
}

} // namespace iam::app
