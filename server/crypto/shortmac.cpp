// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/shortmac.h"
#include "base/secret.h"
#include "crypto/openssl.h"
#include "crypto/random.h"
#include <openssl/core_names.h>
#include <openssl/params.h>

namespace iam::crypto {

namespace {

constexpr std::size_t KEY_BYTES = 16;

EVP_MAC_CTX* contextOf(void* context) noexcept
{
    return static_cast<EVP_MAC_CTX*>(context);
}

} // namespace

ShortMac::ShortMac()
{
    const MacAlgorithm siphash(EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_SIPHASH, nullptr));
    MacContext context(siphash ? EVP_MAC_CTX_new(siphash.get()) : nullptr);
    std::size_t size = Value{}.size();
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size),
                                     OSSL_PARAM_construct_end()};
    const SecretString key(randomBytes(KEY_BYTES));
    const std::string& bytes = key.reveal();
    if (context && EVP_MAC_init(context.get(), bytesOf(bytes.data()), bytes.size(), parameters) == 1)
        m_keyed = context.release();
}

ShortMac::~ShortMac()
{
    EVP_MAC_CTX_free(contextOf(m_keyed));
}

std::optional<ShortMac::Value> ShortMac::of(std::string_view text)
{
    EVP_MAC_CTX* const context = contextOf(m_keyed);
    Value value{};
    std::size_t size = 0;
    if (context == nullptr || EVP_MAC_init(context, nullptr, 0, nullptr) != 1 ||
        EVP_MAC_update(context, bytesOf(text.data()), text.size()) != 1 ||
        EVP_MAC_final(context, value.data(), &size, value.size()) != 1 || size != value.size())
        return std::nullopt;
    return value;
}

} // namespace iam::crypto
