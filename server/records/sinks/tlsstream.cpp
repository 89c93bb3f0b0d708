// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/tlsstream.h"
#include "records/sinks/tcpstream.h"
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace iam::records {

namespace {

template <auto release>
struct SslReleaser {
    template <class T>
    void operator()(T* object) const noexcept
    {
        release(object);
    }
};
using SslContext = std::unique_ptr<SSL_CTX, SslReleaser<&SSL_CTX_free>>;
using SslSession = std::unique_ptr<SSL, SslReleaser<&SSL_free>>;

constexpr std::size_t mostRead = 16 * 1024;
constexpr std::size_t mostSealed = 1024 * 1024; // at once: as much room is taken

/// The oldest reason in OpenSSL's queue for this thread, which is empty then.
std::string sslReason()
{
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    const char* reason = code != 0 ? ERR_reason_error_string(code) : nullptr;
    return reason != nullptr ? reason : "the reason is not known";
}

tl::unexpected<Error> tlsFailed(const std::string& what)
{
    return fail(Code::StorageUnavailable, what);
}

Result<SslContext> makeContext(const TlsOptions& options)
{
    ERR_clear_error();
    SslContext context(SSL_CTX_new(TLS_client_method()));
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) != 1) return tlsFailed(sslReason());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION);
    // A sealed key is refused: without this OpenSSL would ask for the words on the terminal.
    SSL_CTX_set_default_passwd_cb(context.get(), [](char*, int, int, void*) { return 0; });
    const int trusted = options.caFile.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                               : SSL_CTX_load_verify_file(context.get(), options.caFile.c_str());
    if (trusted != 1) return tlsFailed("the authorities in " + options.caFile + " cannot be read: " + sslReason());
    if (options.certFile.empty()) return context;
    if (SSL_CTX_use_certificate_chain_file(context.get(), options.certFile.c_str()) != 1)
        return tlsFailed("the certificate in " + options.certFile + " cannot be read: " + sslReason());
    if (SSL_CTX_use_PrivateKey_file(context.get(), options.keyFile.c_str(), SSL_FILETYPE_PEM) != 1)
        return tlsFailed("the key in " + options.keyFile + " cannot be used with the certificate: " + sslReason());
    return context;
}

/// Whom the certificate must be of.
bool expect(SSL* session, const std::string& name)
{
    in6_addr address{};
    const bool isAddress =
        ::inet_pton(AF_INET, name.c_str(), &address) == 1 || ::inet_pton(AF_INET6, name.c_str(), &address) == 1;
    if (isAddress) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), name.c_str()) == 1;
    return SSL_set1_host(session, name.c_str()) == 1 && SSL_set_tlsext_host_name(session, name.c_str()) == 1;
}

} // namespace

/// OpenSSL between two memory buffers; the socket is ours, so that deadlines and SIGPIPE are not left to OpenSSL.
struct TlsStream::Private {
    std::unique_ptr<TcpStream> tcp;
    std::string name;
    SslContext context;
    SslSession session;
    BIO* received = nullptr; ///< belong to the session
    BIO* toSend = nullptr;

    Result<> begin(const std::string& expected)
    {
        session.reset(SSL_new(context.get()));
        received = BIO_new(BIO_s_mem());
        toSend = BIO_new(BIO_s_mem());
        if (!session || received == nullptr || toSend == nullptr) {
            BIO_free(received);
            BIO_free(toSend);
            return tlsFailed(sslReason());
        }
        SSL_set_bio(session.get(), received, toSend);
        SSL_set_connect_state(session.get());
        if (!expect(session.get(), expected)) return tlsFailed("the name " + expected + " cannot be looked for");
        return {};
    }

    Result<> flush(Deadline until) const
    {
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(toSend, &bytes);
        if (size <= 0) return {};
        Result<> sent = tcp->write({bytes, static_cast<std::size_t>(size)}, until);
        (void)BIO_reset(toSend);
        return sent;
    }

    /// Gives OpenSSL what has come in; whether that was something.
    Result<bool> take(Deadline until) const
    {
        const auto bytes = tcp->read(mostRead, until);
        if (!bytes) return fail(bytes);
        if (bytes->empty()) return false;
        if (BIO_write(received, bytes->data(), static_cast<int>(bytes->size())) != static_cast<int>(bytes->size()))
            return tlsFailed(sslReason());
        return true;
    }

    [[nodiscard]] tl::unexpected<Error> failure(const std::string& what) const
    {
        const long verified = SSL_get_verify_result(session.get());
        if (verified != X509_V_OK) {
            ERR_clear_error();
            return tlsFailed("the certificate of " + name + " is refused: " + X509_verify_cert_error_string(verified));
        }
        return tlsFailed(what + " " + name + ": " + sslReason());
    }

    Result<> shakeHands(Deadline until) const
    {
        for (;;) {
            ERR_clear_error();
            const int done = SSL_do_handshake(session.get());
            const int why = SSL_get_error(session.get(), done);
            // Also on failure: the other side is told what we do not like.
            const Result<> sent = flush(until);
            if (done == 1) return sent;
            if (why != SSL_ERROR_WANT_READ) return failure("no TLS with");
            if (!sent) return sent;
            if (auto taken = take(until); !taken) return fail(taken);
        }
    }
};

TlsStream::TlsStream(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

TlsStream::~TlsStream()
{
    // RFC 5425, 4.4: says that it was the end. Nobody waits for it.
    SSL_shutdown(d->session.get());
    (void)d->flush({});
    ERR_clear_error();
}

Result<std::unique_ptr<TlsStream>> TlsStream::open(const NetworkPlace& place, const TlsOptions& options, Deadline until)
{
    auto p = std::make_unique<Private>();
    p->name = place.text();
    auto context = makeContext(options);
    if (!context) return fail(context);
    p->context = std::move(*context);
    auto tcp = TcpStream::open(place, until);
    if (!tcp) return fail(tcp);
    p->tcp = std::move(*tcp);
    if (auto begun = p->begin(options.name.empty() ? place.host : options.name); !begun) return fail(begun);
    if (auto done = p->shakeHands(until); !done) return fail(done);
    return std::unique_ptr<TlsStream>(new TlsStream(std::move(p)));
}

Result<> TlsStream::write(std::string_view bytes, Deadline until)
{
    while (!bytes.empty()) {
        const int part = static_cast<int>(std::min(bytes.size(), mostSealed));
        ERR_clear_error();
        const int done = SSL_write(d->session.get(), bytes.data(), part);
        if (done <= 0) return d->failure("sending failed to");
        bytes.remove_prefix(static_cast<std::size_t>(done));
        if (auto sent = d->flush(until); !sent) return sent;
    }
    return {};
}

Result<bool> TlsStream::isAcknowledged()
{
    return d->tcp->isAcknowledged();
}

Result<> TlsStream::check()
{
    const auto taken = d->take({});
    if (!taken) return fail(taken);
    if (!*taken) return {};
    for (;;) {
        char ignored[512];
        ERR_clear_error();
        const int got = SSL_read(d->session.get(), ignored, sizeof ignored);
        if (got > 0) continue;
        if (SSL_get_error(d->session.get(), got) == SSL_ERROR_WANT_READ) return d->flush({});
        return d->failure("the connection was ended by");
    }
}

} // namespace iam::records
