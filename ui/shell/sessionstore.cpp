// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/sessionstore.h"
#include "base/logging.h"
#include "base/timetext.h"
#include "contract/json.h"
#include <QPointer>
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

} // namespace iam::shell
