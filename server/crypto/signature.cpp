// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/signature.h"
#include "crypto/openssl.h"
#include <QtGlobal>
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <utility>

namespace iam::crypto {

namespace {

using KeyDerivation = std::unique_ptr<EVP_KDF, Releaser<&EVP_KDF_free>>;
using KeyDerivationContext = std::unique_ptr<EVP_KDF_CTX, Releaser<&EVP_KDF_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Releaser<&EVP_PKEY_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<&EVP_MD_CTX_free>>;

constexpr std::size_t seedSize = 32;

OSSL_PARAM octets(const char* name, std::string_view bytes)
{
    // OpenSSL takes no null pointer for no bytes.
    return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.empty() ? "" : bytes.data()), bytes.size());
}

} // namespace

Result<SecretString> deriveKey(const SecretString& key, std::string_view salt, std::string_view info, std::size_t size)
{
    if (key.empty() || size == 0 || size > 255 * 32) return fail(Code::Encrypt, "no key can be derived of that");
    const KeyDerivation hkdf(EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_HKDF, nullptr));
    const KeyDerivationContext context(hkdf ? EVP_KDF_CTX_new(hkdf.get()) : nullptr);
    std::string derived(size, '\0');
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, const_cast<char*>("SHA256"), 0),
        octets(OSSL_KDF_PARAM_KEY, key.reveal()), octets(OSSL_KDF_PARAM_SALT, salt), octets(OSSL_KDF_PARAM_INFO, info),
        OSSL_PARAM_construct_end()};
    if (!context || EVP_KDF_derive(context.get(), bytesOf(derived.data()), size, parameters) != 1)
        return fail(Code::Encrypt, "HKDF is not available");
    return SecretString(std::move(derived));
}

Result<SigningKey> SigningKey::fromSeed(const SecretString& seed)
{
    if (seed.reveal().size() != seedSize) return fail(Code::Encrypt, "a signing key is made of 32 bytes");
    Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed.reveal().data()), seedSize));
    SigningKey made;
    made.m_public.resize(publicKeySize);
    std::size_t size = publicKeySize;
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), bytesOf(made.m_public.data()), &size) != 1)
        return fail(Code::Encrypt, "Ed25519 is not available");
    made.m_key = key.release();
    return made;
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : m_key(std::exchange(other.m_key, nullptr))
    , m_public(std::move(other.m_public))
{
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept
{
    if (this != &other) {
        EVP_PKEY_free(static_cast<EVP_PKEY*>(m_key));
        m_key = std::exchange(other.m_key, nullptr);
        m_public = std::move(other.m_public);
    }
    return *this;
}

SigningKey::~SigningKey()
{
    EVP_PKEY_free(static_cast<EVP_PKEY*>(m_key));
}

std::string SigningKey::sign(std::string_view data) const
{
    const DigestContext context(EVP_MD_CTX_new());
    std::string signature(signatureSize, '\0');
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, static_cast<EVP_PKEY*>(m_key)) != 1 ||
        EVP_DigestSign(context.get(), bytesOf(signature.data()), &size, bytesOf(data.data()), data.size()) != 1)
        qFatal("Ed25519 failed: out of memory");
    return signature;
}

bool verifySignature(std::string_view publicKey, std::string_view data, std::string_view signature) noexcept
{
    if (publicKey.size() != publicKeySize || signature.size() != signatureSize) return false;
    const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytesOf(publicKey.data()), publicKey.size()));
    const DigestContext context(EVP_MD_CTX_new());
    return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytesOf(signature.data()), signature.size(), bytesOf(data.data()),
                            data.size()) == 1;
}

} // namespace iam::crypto
