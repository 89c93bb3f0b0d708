// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyedmac.h"
#include "crypto/openssl.h"
#include <QtGlobal>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <utility>

namespace iam::crypto {

namespace {

const char* digestName(HmacAlgorithm algorithm)
{
    switch (algorithm) {
    case HmacAlgorithm::Sha256:
        return "SHA256";
    case HmacAlgorithm::Sha384:
        return "SHA384";
    case HmacAlgorithm::Sha512:
        return "SHA512";
    }
    return "";
}

EVP_MAC_CTX* contextOf(void* context) noexcept
{
    return static_cast<EVP_MAC_CTX*>(context);
}

} // namespace

Result<HmacKey> HmacKey::make(HmacAlgorithm algorithm, const SecretString& key)
{
    if (key.empty()) return fail(Code::Encrypt, "an empty key cannot sign");
    const MacAlgorithm hmac(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
    MacContext context(hmac ? EVP_MAC_CTX_new(hmac.get()) : nullptr);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, const_cast<char*>(digestName(algorithm)), 0),
        OSSL_PARAM_construct_end()};
    const std::string& bytes = key.reveal();
    if (!context || EVP_MAC_init(context.get(), bytesOf(bytes.data()), bytes.size(), parameters) != 1) {
        return fail(Code::Encrypt, std::string("HMAC with ") + digestName(algorithm) + " is not available");
    }
    HmacKey made;
    made.m_algorithm = algorithm;
    made.m_keyed = context.release();
    return made;
}

HmacKey::HmacKey(HmacKey&& other) noexcept
    : m_algorithm(other.m_algorithm)
    , m_keyed(std::exchange(other.m_keyed, nullptr))
{
    for (std::size_t i = 0; i < m_spare.size(); ++i) m_spare[i] = other.m_spare[i].exchange(nullptr);
}

HmacKey& HmacKey::operator=(HmacKey&& other) noexcept
{
    if (this != &other) {
        release();
        m_algorithm = other.m_algorithm;
        m_keyed = std::exchange(other.m_keyed, nullptr);
        for (std::size_t i = 0; i < m_spare.size(); ++i) m_spare[i] = other.m_spare[i].exchange(nullptr);
    }
    return *this;
}

HmacKey::~HmacKey()
{
    release();
}

void HmacKey::release() noexcept
{
    for (auto& spare : m_spare) EVP_MAC_CTX_free(contextOf(spare.exchange(nullptr)));
    EVP_MAC_CTX_free(contextOf(std::exchange(m_keyed, nullptr)));
}

std::string HmacKey::mac(std::string_view data) const
{
    // A context belongs to one thread while it is in use: taken out of its slot, put back afterwards. Setting a used
    // one back to its key costs half of what copying the keyed one does.
    MacContext context;
    for (auto& spare : m_spare) {
        context.reset(contextOf(spare.exchange(nullptr)));
        if (context) break;
    }
    const bool ready = context ? EVP_MAC_init(context.get(), nullptr, 0, nullptr) == 1
                               : (context.reset(EVP_MAC_CTX_dup(contextOf(m_keyed))), context != nullptr);
    std::string result(64, '\0');
    std::size_t size = 0;
    if (!ready || EVP_MAC_update(context.get(), bytesOf(data.data()), data.size()) != 1 ||
        EVP_MAC_final(context.get(), bytesOf(result.data()), &size, result.size()) != 1) {
        qFatal("HMAC failed: out of memory");
    }
    result.resize(size);
    for (auto& spare : m_spare) {
        void* empty = nullptr;
        if (spare.compare_exchange_strong(empty, context.get())) {
            (void)context.release();
            break;
        }
    }
    return result;
}

bool HmacKey::verify(std::string_view data, std::string_view expected) const
{
    return equalConstantTime(mac(data), expected);
}

std::string sha256(std::string_view data)
{
    std::string result(32, '\0');
    unsigned size = 0;
    if (EVP_Digest(data.data(), data.size(), bytesOf(result.data()), &size, EVP_sha256(), nullptr) != 1) {
        qFatal("SHA-256 failed: out of memory");
    }
    return result;
}

} // namespace iam::crypto
