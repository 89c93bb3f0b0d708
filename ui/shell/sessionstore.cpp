// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/sessionstore.h"
#include "base/logging.h"
#include "base/timetext.h"
#include "contract/json.h"
#include <QPointer>
#include <QSettings>
#include <qt6keychain/keychain.h>

namespace iam::shell {

namespace {

const QString keychainService = QStringLiteral("iam-console");

SecretString encode(const client::Session& session)
{
    std::string out;
    {
        contract::JsonObjectWriter object(out);
        object.text("username", session.username);
        object.text("token", session.token.reveal());
        object.text("expires", toRfc3339(session.expires));
    }
    return SecretString(std::move(out));
}

std::optional<client::Session> decode(const std::string& text)
{
    const auto json = contract::parseJson(text, 8);
    if (!json) return std::nullopt;
    const auto member = [&json](const char* name) {
        const contract::Json* value = json->find(name);
        return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
    };
    const auto expires = fromRfc3339(member("expires"));
    if (!expires || member("username").empty() || member("token").empty()) return std::nullopt;
    client::Session session;
    session.username = member("username");
    session.token = SecretString(member("token"));
    session.expires = *expires;
    return session;
}

QString clusterGroup(const std::string& server)
{
    const QByteArray key =
        QByteArray::fromStdString(server).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return QStringLiteral("connection/clusters/") + QString::fromLatin1(key);
}

constexpr int mostNodes = 16;

} // namespace

void KeychainSessionStore::load(const QString& server, QObject* guard,
                                std::function<void(std::optional<client::Session>)> loaded)
{
    auto* job = new QKeychain::ReadPasswordJob(keychainService);
    job->setKey(server);
    QObject::connect(job, &QKeychain::Job::finished, guard, [job, loaded = std::move(loaded)] {
        if (job->error() != QKeychain::NoError) {
            qCInfo(lcUi, "no session from the keyring: %s", qUtf8Printable(job->errorString()));
            return loaded(std::nullopt);
        }
        loaded(decode(job->textData().toStdString()));
    });
    job->start();
}

void KeychainSessionStore::save(const QString& server, const client::Session& session, QObject* guard,
                                std::function<void(bool)> saved)
{
    auto* job = new QKeychain::WritePasswordJob(keychainService);
    job->setKey(server);
    job->setTextData(QString::fromStdString(encode(session).reveal()));
    QObject::connect(job, &QKeychain::Job::finished, guard, [job, saved = std::move(saved)] {
        if (job->error() != QKeychain::NoError)
            qCInfo(lcUi, "the keyring did not take the session: %s", qUtf8Printable(job->errorString()));
        saved(job->error() == QKeychain::NoError);
    });
    job->start();
}

void KeychainSessionStore::forget(const QString& server)
{
    auto* job = new QKeychain::DeletePasswordJob(keychainService);
    job->setKey(server);
    job->start();
}

std::optional<models::KnownCluster> SettingsClusterMemory::load(const std::string& server) const
{
    QSettings settings;
    settings.beginGroup(clusterGroup(server));
    const auto text = [&settings](const char* name) {
        return settings.value(QString::fromLatin1(name)).toString().toStdString();
    };
    models::KnownCluster cluster;
    cluster.vip = text("vip");
    cluster.apiDomain = text("apiDomain");
    cluster.port = static_cast<std::uint16_t>(settings.value(QStringLiteral("port"), 80).toUInt());
    cluster.tls = settings.value(QStringLiteral("tls")).toBool();
    cluster.verifyKey = text("verifyKey");
    cluster.vipAnswersHere = settings.value(QStringLiteral("vipAnswersHere")).toBool();
    const int nodes = std::min(settings.beginReadArray(QStringLiteral("nodes")), mostNodes);
    for (int i = 0; i < nodes; ++i) {
        settings.setArrayIndex(i);
        cluster.nodes.push_back({text("name"), text("address")});
    }
    settings.endArray();
    if (cluster.vip.empty() || cluster.nodes.empty()) return std::nullopt;
    return cluster;
}

void SettingsClusterMemory::keep(const std::string& server, const models::KnownCluster& cluster)
{
    QSettings settings;
    settings.beginGroup(clusterGroup(server));
    settings.remove({});
    const auto set = [&settings](const char* name, const std::string& value) {
        settings.setValue(QString::fromLatin1(name), QString::fromStdString(value));
    };
    set("vip", cluster.vip);
    set("apiDomain", cluster.apiDomain);
    settings.setValue(QStringLiteral("port"), cluster.port);
    settings.setValue(QStringLiteral("tls"), cluster.tls);
    set("verifyKey", cluster.verifyKey);
    settings.setValue(QStringLiteral("vipAnswersHere"), cluster.vipAnswersHere);
    settings.beginWriteArray(QStringLiteral("nodes"), static_cast<int>(cluster.nodes.size()));
    for (std::size_t i = 0; i < cluster.nodes.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        set("name", cluster.nodes[i].name);
        set("address", cluster.nodes[i].address);
    }
    settings.endArray();
}

} // namespace iam::shell
