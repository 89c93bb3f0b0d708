// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/random.h"
#include "crypto/openssl.h"
#include <QtGlobal>
#include <openssl/rand.h>

namespace iam::crypto {

namespace {

void fillRandom(char* data, std::size_t size)
{
    if (size != 0 && RAND_bytes(bytesOf(data), static_cast<int>(size)) != 1) {
        qFatal("The system gives no random numbers");
    }
}

} // namespace

std::string randomBytes(std::size_t count)
{
    std::string bytes(count, '\0');
    fillRandom(bytes.data(), bytes.size());
    return bytes;
}

std::string randomText(std::size_t length, std::string_view alphabet)
{
    Q_ASSERT(!alphabet.empty() && alphabet.size() <= 256);
    // Bytes at or above the largest multiple of the alphabet's size are thrown away: a plain modulus would prefer the
    // first characters.
    const unsigned accepted = 256U - 256U % static_cast<unsigned>(alphabet.size());
    std::string result;
    result.reserve(length);
    char pool[64];
    while (result.size() < length) {
        fillRandom(pool, sizeof pool);
        for (const char c : pool) {
            const unsigned value = static_cast<unsigned char>(c);
            if (value < accepted && result.size() < length) result += alphabet[value % alphabet.size()];
        }
    }
    wipe(pool, sizeof pool);
    return result;
}

std::string newSecretId()
{
    return randomText(36);
}

SecretString newSecretKey()
{
    return SecretString(randomText(32));
}

} // namespace iam::crypto
