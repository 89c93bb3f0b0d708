// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTest>
#include <ctime>

namespace iam::support {

/// A token as a program makes one with its secret: HS256, one minute.
inline QByteArray signToken(const QString& secretId, const QString& secretKey)
{
    const auto part = [](const QJsonObject& object) {
        return QJsonDocument(object)
            .toJson(QJsonDocument::Compact)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    const qint64 now = std::time(nullptr);
    const QByteArray head = part({{QStringLiteral("alg"), QStringLiteral("HS256")},
                                  {QStringLiteral("typ"), QStringLiteral("JWT")},
                                  {QStringLiteral("kid"), secretId}}) +
                            '.' +
                            part({{QStringLiteral("iat"), now},
                                  {QStringLiteral("nbf"), now},
                                  {QStringLiteral("exp"), now + 60},
                                  {QStringLiteral("aud"), QStringLiteral("iam.authz.marmotedu.com")}});
    return head + '.' +
           QMessageAuthenticationCode::hash(head, secretKey.toUtf8(), QCryptographicHash::Sha256)
               .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// Asks POST /v1/authz as a program would. An empty object when there is no answer.
inline QJsonObject askDecision(const QUrl& authzServer, const QByteArray& token, const QJsonObject& question)
{
    QNetworkAccessManager network;
    QNetworkRequest request(authzServer.resolved(QUrl(QStringLiteral("/v1/authz"))));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArray("application/json"));
    request.setRawHeader("Authorization", "Bearer " + token);
    QNetworkReply* reply = network.post(request, QJsonDocument(question).toJson());
    if (!QTest::qWaitFor([reply] { return reply->isFinished(); }, 10'000)) return {};
    return QJsonDocument::fromJson(reply->readAll()).object();
}

} // namespace iam::support
