// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tlsfiles.h"
#include <QFile>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace iam::http {

namespace {

Result<QByteArray> readFile(const std::string& name, const char* what)
{
    if (name.empty()) return fail(Code::Unknown, std::string("TLS: no ") + what + " file is given");
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        return fail(Code::Unknown, "TLS: cannot read the " + std::string(what) + " file " + name + ": " +
                                       file.errorString().toStdString());
    return file.read(1024 * 1024); // far more than any chain
}

int refusePassphrase(char*, int, int, void*)
{
    return 0;
}

/// Qt finds out only at the first handshake whether key and certificate belong together; OpenSSL can tell now.
Result<> checkPair(const TlsFiles& files)
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) return fail(Code::Unknown, "TLS: OpenSSL gives no context");
    SSL_CTX_set_default_passwd_cb(context.get(), refusePassphrase);
    const bool certificateTaken = SSL_CTX_use_certificate_chain_file(context.get(), files.certificate.c_str()) == 1;
    const bool keyTaken =
        certificateTaken && SSL_CTX_use_PrivateKey_file(context.get(), files.privateKey.c_str(), SSL_FILETYPE_PEM) == 1;
    const bool fits = keyTaken && SSL_CTX_check_private_key(context.get()) == 1;
    ERR_clear_error();
    if (!certificateTaken) return fail(Code::Unknown, "TLS: " + files.certificate + " holds no usable PEM certificate");
    if (!fits)
        return fail(Code::Unknown, "TLS: the private key " + files.privateKey +
                                       " cannot be used (a passphrase?) or does " + "not belong to the certificate " +
                                       files.certificate);
    return {};
}

} // namespace

Result<std::shared_ptr<const QSslConfiguration>> loadTls(const TlsFiles& files)
{
    if (!QSslSocket::supportsSsl()) return fail(Code::Unknown, "TLS: Qt finds no OpenSSL to work with");
    const Result<QByteArray> certificate = readFile(files.certificate, "certificate");
    if (!certificate) return fail(certificate);
    const Result<QByteArray> keyBytes = readFile(files.privateKey, "private key");
    if (!keyBytes) return fail(keyBytes);
    if (const Result<> pair = checkPair(files); !pair) return fail(pair);
    const QList<QSslCertificate> chain = QSslCertificate::fromData(*certificate, QSsl::Pem);
    if (chain.isEmpty()) return fail(Code::Unknown, "TLS: " + files.certificate + " holds no PEM certificate");
    QSslKey key(*keyBytes, QSsl::Rsa);
    if (key.isNull()) key = QSslKey(*keyBytes, QSsl::Ec);
    if (key.isNull()) return fail(Code::Unknown, "TLS: " + files.privateKey + " holds no RSA or EC key in PEM form");

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    return std::make_shared<const QSslConfiguration>(configuration);
}

} // namespace iam::http
