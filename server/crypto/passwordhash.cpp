// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/passwordhash.h"
#include "crypto/random.h"
#include <algorithm>
#include <argon2.h>
#include <charconv>
#include <crypt.h>
#include <memory>
#include <optional>

namespace iam::crypto {

namespace {

constexpr std::size_t saltSize = 16;
constexpr std::size_t hashSize = 32;
// A stored hash may come from elsewhere: it must not make one log-in cost minutes or gigabytes.
constexpr std::uint32_t maxPasses = 32;
constexpr std::uint32_t maxMemoryKib = 1024 * 1024;
constexpr std::uint32_t maxLanes = 64;
constexpr std::size_t maxHashText = 512;
constexpr int maxBcryptCost = 16;
constexpr std::size_t bcryptSize = 60;
constexpr std::size_t bcryptPasswordSize = 72;

bool takeNumber(std::string_view& text, std::string_view prefix, std::uint32_t& number)
{
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

std::optional<Argon2Parameters> parametersOf(std::string_view hash)
{
    Argon2Parameters found;
    std::uint32_t version = 0;
    if (hash.size() > maxHashText || !takeNumber(hash, "$argon2id$v=", version) || version != ARGON2_VERSION_13 ||
        !takeNumber(hash, "$m=", found.memoryKib) || !takeNumber(hash, ",t=", found.passes) ||
        !takeNumber(hash, ",p=", found.lanes) || !hash.starts_with('$')) {
        return std::nullopt;
    }
    return found;
}

bool isBcrypt(std::string_view hash)
{
    return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

/// crypt(3) with `setting`; empty when that is none. The C library's "2a" differs from everybody else's for a few
/// passwords, where its "2b" does not: it is always asked for that, and `setting` is of that kind.
std::string runBcrypt(const SecretString& password, const std::string& setting)
{
    const SecretString significant(password.reveal().substr(0, bcryptPasswordSize));
    const auto work = std::make_unique<crypt_data>();
    // Not crypt_r: the address sanitizer has one of its own, for which the linker then leaves libcrypt out.
    const char* computed = crypt_rn(significant.reveal().c_str(), setting.c_str(), work.get(), sizeof *work);
    std::string hash = computed == nullptr || computed[0] == '*' ? std::string() : std::string(computed);
    wipe(work.get(), sizeof *work);
    return hash;
}

/// "$2b$10$" and 22 characters of salt made of `bytes`.
std::string bcryptSetting(int cost, const std::string& bytes)
{
    char setting[CRYPT_GENSALT_OUTPUT_SIZE] = {};
    const char* made = crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), bytes.data(),
                                        static_cast<int>(bytes.size()), setting, sizeof setting);
    return made == nullptr ? std::string() : std::string(made);
}

Result<bool> verifyBcrypt(const SecretString& password, const std::string& hash)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (hash.size() != bcryptSize || !digit(hash[4]) || !digit(hash[5]) || hash[6] != '$') {
        return fail(Code::Encrypt, "stored bcrypt hash is damaged");
    }
    if ((hash[4] - '0') * 10 + (hash[5] - '0') > maxBcryptCost) {
        return fail(Code::Encrypt, "stored bcrypt hash is too costly");
    }
    // crypt(3) reads up to a NUL and refuses more than 512 bytes; bcrypt itself looks at 72.
    if (password.reveal().find('\0') != std::string::npos) return false;
    std::string setting = hash;
    setting[2] = 'b';
    const std::string computed = runBcrypt(password, setting);
    if (computed.empty()) return fail(Code::Encrypt, "stored bcrypt hash is damaged");
    return equalConstantTime(computed, setting);
}

} // namespace

Result<std::string> hashPassword(const SecretString& password, const Argon2Parameters& parameters)
{
    const std::string salt = randomBytes(saltSize);
    std::string encoded(
        argon2_encodedlen(parameters.passes, parameters.memoryKib, parameters.lanes, saltSize, hashSize, Argon2_id),
        '\0');
    const int status = argon2id_hash_encoded(parameters.passes, parameters.memoryKib, parameters.lanes,
                                             password.reveal().data(), password.reveal().size(), salt.data(),
                                             salt.size(), hashSize, encoded.data(), encoded.size());
    if (status != ARGON2_OK) return fail(Code::Encrypt, std::string("argon2id: ") + argon2_error_message(status));
    encoded.resize(encoded.find('\0'));
    return encoded;
}

Result<std::string> hashPassword(const SecretString& password, const BcryptParameters& parameters)
{
    if (password.reveal().find('\0') != std::string::npos)
        return fail(Code::Validation, "a password with a zero byte", {{"password", "must not hold a zero byte"}});
    std::string hash = runBcrypt(password, bcryptSetting(parameters.cost, randomBytes(saltSize)));
    if (hash.empty()) return fail(Code::Encrypt, "bcrypt: the system's library refuses");
    hash[2] = 'a';
    return hash;
}

Result<bool> verifyPassword(const SecretString& password, const std::string& hash)
{
    if (isBcrypt(hash)) return verifyBcrypt(password, hash);
    const auto parameters = parametersOf(hash);
    if (!parameters) return fail(Code::Encrypt, "stored password hash is of no known kind, or damaged");
    if (parameters->passes > maxPasses || parameters->memoryKib > maxMemoryKib || parameters->lanes > maxLanes) {
        return fail(Code::Encrypt, "stored argon2id hash is too costly");
    }
    const int status = argon2id_verify(hash.c_str(), password.reveal().data(), password.reveal().size());
    if (status == ARGON2_OK) return true;
    if (status == ARGON2_VERIFY_MISMATCH) return false;
    return fail(Code::Encrypt, std::string("stored argon2id hash: ") + argon2_error_message(status));
}

bool needsRehash(std::string_view hash, const Argon2Parameters& parameters)
{
    const auto found = parametersOf(hash);
    return !found || found->passes < parameters.passes || found->memoryKib < parameters.memoryKib ||
           found->lanes < parameters.lanes;
}

bool needsRehash(std::string_view hash, const BcryptParameters&)
{
    return !isBcrypt(hash);
}

void verifyAgainstNothing(const SecretString& password, const BcryptParameters& parameters)
{
    static_cast<void>(runBcrypt(password, bcryptSetting(parameters.cost, std::string(saltSize, 's'))));
}

void verifyAgainstNothing(const SecretString& password, const Argon2Parameters& parameters)
{
    static constexpr char salt[saltSize] = {};
    char hash[hashSize];
    // A failure (no memory) is as quick as it would be for a name that exists.
    (void)argon2id_hash_raw(parameters.passes, parameters.memoryKib, parameters.lanes, password.reveal().data(),
                            password.reveal().size(), salt, sizeof salt, hash, sizeof hash);
    wipe(hash, sizeof hash);
}

} // namespace iam::crypto
