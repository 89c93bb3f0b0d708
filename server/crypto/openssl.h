// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Inside this room only: owners for what OpenSSL hands out.
#include <memory>
#include <openssl/evp.h>

namespace iam::crypto {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* object) const noexcept
    {
        release(object);
    }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Releaser<&EVP_CIPHER_CTX_free>>;
using MacAlgorithm = std::unique_ptr<EVP_MAC, Releaser<&EVP_MAC_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Releaser<&EVP_MAC_CTX_free>>;

inline const unsigned char* bytesOf(const char* data) noexcept
{
    return reinterpret_cast<const unsigned char*>(data);
}
inline unsigned char* bytesOf(char* data) noexcept
{
    return reinterpret_cast<unsigned char*>(data);
}

} // namespace iam::crypto
