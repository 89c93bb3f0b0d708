// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/keyfiles.h"
#include "crypto/keyfile.h"
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace iam::node {
namespace {

constexpr std::array<const char*, 3> keyFiles{encryptionKeyFile, clusterKeyFile, tokenKeyFile};

std::string pathIn(const std::string& dataDir, const char* name)
{
    return dataDir + '/' + name;
}

/// What may be missing: then nothing is written to `value`.
template <class T, class Slot>
Result<> take(Result<T> loaded, Slot& value)
{
    if (loaded)
        value = std::move(*loaded);
    else if (loaded.error().code != Code::SecretNotFound)
        return fail(loaded);
    return {};
}

template <class T, class Slot>
Result<> make(Result<T> made, Slot& value, const std::string& path, std::vector<std::string>& paths)
{
    if (!made) return fail(made);
    value = std::move(*made);
    paths.push_back(path);
    return {};
}

} // namespace

Result<crypto::KeySet> readKeyFiles(const std::string& dataDir)
{
    crypto::KeySet keys;
    if (auto done = take(crypto::KeyRing::load(pathIn(dataDir, encryptionKeyFile)), keys.encryption); !done)
        return fail(done);
    if (auto done = take(crypto::KeyRing::load(pathIn(dataDir, clusterKeyFile)), keys.cluster); !done)
        return fail(done);
    if (auto done = take(crypto::loadTokenKeys(pathIn(dataDir, tokenKeyFile)), keys.token); !done) return fail(done);
    return keys;
}

Result<std::vector<std::string>> makeMissingKeyFiles(const std::string& dataDir, crypto::KeySet& keys,
                                                     bool withTokenKey)
{
    std::vector<std::string> made;
    const std::string encryption = pathIn(dataDir, encryptionKeyFile);
    const std::string cluster = pathIn(dataDir, clusterKeyFile);
    const std::string token = pathIn(dataDir, tokenKeyFile);
    Result<> done;
    if (!keys.encryption) done = make(crypto::KeyRing::loadOrCreate(encryption), keys.encryption, encryption, made);
    if (done && !keys.cluster) done = make(crypto::KeyRing::loadOrCreate(cluster), keys.cluster, cluster, made);
    if (done && withTokenKey && keys.token.empty())
        done = make(crypto::loadOrCreateTokenKeys(token), keys.token, token, made);
    if (!done) return fail(done);
    return made;
}

Result<> extendKeyFiles(const std::string& dataDir, const crypto::KeySet& keys)
{
    auto stored = readKeyFiles(dataDir);
    if (!stored) return fail(stored);
    const auto write = [&](const char* name, const SecretString& text) {
        return crypto::replacePrivateFile(pathIn(dataDir, name), text);
    };
    // Each file is right by itself, so it does not matter where a crash comes in between.
    if (crypto::KeySet part{keys.encryption, {}, {}}; stored->addMissing(part))
        if (auto done = write(encryptionKeyFile, stored->encryption->serialize()); !done) return done;
    if (crypto::KeySet part{{}, keys.cluster, {}}; stored->addMissing(part))
        if (auto done = write(clusterKeyFile, stored->cluster->serialize()); !done) return done;
    if (crypto::KeySet part{{}, {}, keys.token}; stored->addMissing(part))
        if (auto done = write(tokenKeyFile, crypto::serializeTokenKeys(stored->token)); !done) return done;
    return {};
}

Result<std::vector<std::string>> putKeyFilesAside(const std::string& dataDir)
{
    std::vector<std::string> names;
    for (const char* name : keyFiles) {
        const std::string path = pathIn(dataDir, name);
        std::string aside = path + ".replaced";
        // link(2) never replaces what is there.
        int linked = ::link(path.c_str(), aside.c_str());
        for (int number = 2; linked != 0 && errno == EEXIST; ++number) {
            aside = path + ".replaced-" + std::to_string(number);
            linked = ::link(path.c_str(), aside.c_str());
        }
        if (linked != 0 && errno == ENOENT) continue;
        if (linked != 0 || ::unlink(path.c_str()) != 0)
            return fail(Code::StorageUnavailable, path + " cannot be put aside: " + std::strerror(errno));
        names.push_back(aside);
    }
    return names;
}

} // namespace iam::node
