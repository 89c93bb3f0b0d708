// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/aead.h"
#include "crypto/openssl.h"
#include "crypto/random.h"
#include <limits>

namespace iam::crypto {

namespace {

constexpr std::size_t nonceSize = 12;
constexpr std::size_t tagSize = 16;
constexpr std::size_t maxSize = std::numeric_limits<int>::max() / 2; // OpenSSL counts with int

bool addData(EVP_CIPHER_CTX* context, std::string_view data, decltype(&EVP_EncryptUpdate) update)
{
    int size = 0;
    return update(context, nullptr, &size, bytesOf(data.data()), static_cast<int>(data.size())) == 1;
}

} // namespace

Result<std::string> aeadSeal(const SecretString& key, const SecretString& plaintext, std::string_view associatedData)
{
    const std::string& plain = plaintext.reveal();
    if (key.reveal().size() != aeadKeySize || plain.size() > maxSize || associatedData.size() > maxSize)
        return fail(Code::Encrypt, "a key or a text has the wrong size");
    const std::string nonce = randomBytes(nonceSize);
    std::string sealed = nonce + std::string(plain.size() + tagSize, '\0');
    unsigned char* const cipher = bytesOf(sealed.data()) + nonceSize;
    const CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    if (!context ||
        EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), bytesOf(key.reveal().data()), bytesOf(nonce.data()),
                            nullptr) != 1 ||
        !addData(context.get(), associatedData, &EVP_EncryptUpdate) ||
        EVP_EncryptUpdate(context.get(), cipher, &size, bytesOf(plain.data()), static_cast<int>(plain.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), cipher + size, &size) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tagSize), cipher + plain.size()) !=
            1) {
        return fail(Code::Encrypt, "AES-256-GCM is not available");
    }
    return sealed;
}

Result<SecretString> aeadOpen(const SecretString& key, std::string_view sealed, std::string_view associatedData)
{
    if (key.reveal().size() != aeadKeySize || sealed.size() < nonceSize + tagSize || sealed.size() > maxSize ||
        associatedData.size() > maxSize)
        return fail(Code::Encrypt, "a sealed value is damaged");
    const std::size_t plainSize = sealed.size() - nonceSize - tagSize;
    const unsigned char* const nonce = bytesOf(sealed.data());
    const unsigned char* const cipher = nonce + nonceSize;
    std::string tag(sealed.substr(nonceSize + plainSize));
    std::string plain(plainSize, '\0');
    const CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    if (!context ||
        EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), bytesOf(key.reveal().data()), nonce, nullptr) != 1 ||
        !addData(context.get(), associatedData, &EVP_DecryptUpdate) ||
        EVP_DecryptUpdate(context.get(), bytesOf(plain.data()), &size, cipher, static_cast<int>(plainSize)) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tagSize), tag.data()) != 1 ||
        EVP_DecryptFinal_ex(context.get(), bytesOf(plain.data()) + size, &size) != 1) {
        wipe(plain.data(), plain.size());
        return fail(Code::Encrypt, "a sealed value was changed, or belongs to something else");
    }
    return SecretString(std::move(plain));
}

} // namespace iam::crypto
