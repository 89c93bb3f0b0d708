// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clustersetup.h"
#include "crypto/keybundle.h"
#include "node/clusterkeys.h"
#include "node/datadirectory.h"
#include "node/keyfiles.h"
#include "node/openstorage.h"
#include "store/sql/sqlstorage.h"
#include <filesystem>

namespace iam::node {
namespace {

bool isThere(const std::string& path)
{
    std::error_code error;
    return std::filesystem::exists(path, error);
}

/// Secrets in the storage that only keys of `own` can open.
Result<bool> sealsSecrets(store::Storage& storage, const crypto::KeyRing& own, const crypto::KeyRing& next)
{
    bool seals = false;
    auto read = storage.secrets().forEachKey(std::nullopt, [&](const store::SecretKeyEntry& entry) {
        const auto id = crypto::KeyRing::keyIdOf(entry.sealedKey);
        seals |= own.has(id) && !next.has(id);
    });
    if (!read) return fail(read);
    return seals;
}

/// Whether keys that are about to be put aside are the only way to a secret of this node.
Result<bool> areNeeded(const ServerConfig& config, const crypto::KeySet& own, const crypto::KeySet& next)
{
    if (!own.encryption) return false;
    // A SQLite file that the configuration does not name any more may be what the keys were made for.
    if (isThere(config.store.sqlitePath)) {
        auto storage = store::sql::openSqlStorage(store::sql::SqlConfig{.path = config.store.sqlitePath});
        if (!storage) return fail(storage);
        auto seals = sealsSecrets(**storage, *own.encryption, *next.encryption);
        if (!seals || *seals) return seals;
    }
    // Keys lie in the clear in a database shared with servers of the old system.
    if (!sharesDatabase(config) || config.store.sharedWithLegacy) return false;
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    return sealsSecrets(**storage, *own.encryption, *next.encryption);
}

/// A SQLite database that knows the keys about to be put aside gets the new ones.
Result<> introduce(const ServerConfig& config, const crypto::KeySet& keys, const Clock& clock)
{
    if (sharesDatabase(config) || !isThere(config.store.sqlitePath)) return {};
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    const auto generations = (*storage)->keys().generations();
    if (!generations) return fail(generations);
    if (generations->empty() || findRings(generations->back().fingerprint, keys)) return {};
    GenerationKeys newest;
    newest.encryptionId = keys.encryption->ids().back();
    const auto fingerprint = fingerprintOf(keys, newest, false);
    if (!fingerprint) return fail(fingerprint);
    const TimePoint now = clock.now();
    return (*storage)->keys().add({generations->back().number + 1, *fingerprint, {}, now, now});
}

Result<crypto::KeySet> openKeys(std::string_view bundle, const SecretString& passphrase)
{
    const auto content = crypto::openBundle(bundle, passphrase);
    if (!content) return fail(content);
    auto keys = crypto::KeySet::parse(*content);
    if (!keys || !keys->encryption || !keys->cluster)
        return fail(Code::DecodingFailed, "the bundle does not hold the keys of a cluster");
    return keys;
}

} // namespace

Result<ClusterBundle> makeClusterBundle(const ServerConfig& config, const SecretString& passphrase, const Clock& clock)
{
    if (passphrase.reveal().size() < crypto::minPassphraseSize) // before anything is made
        return fail(Code::Validation, "the passphrase is too short: it needs " +
                                          std::to_string(crypto::minPassphraseSize) + " characters or more");
    if (!isThere(config.dataDir))
        if (auto made = DataDirectory::open(config.dataDir); !made) return fail(made);
    const auto before = readKeyFiles(config.dataDir);
    if (!before) return fail(before);
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    const auto keys = ClusterKeys::open({config.dataDir, config.jwt.key, {}, sharesDatabase(config)}, **storage, clock);
    if (!keys) return fail(keys);
    auto all = readKeyFiles(config.dataDir);
    if (!all) return fail(all);
    ClusterBundle bundle;
    if (!before->encryption) bundle.made.emplace_back(encryptionKeyFile);
    if (!before->cluster) bundle.made.emplace_back(clusterKeyFile);
    if (config.jwt.key)
        all->token.clear();
    else if (before->token.empty())
        bundle.made.emplace_back(tokenKeyFile);
    auto text = crypto::sealBundle(all->serialize(), passphrase);
    if (!text) return fail(text);
    bundle.text = std::move(*text);
    return bundle;
}

Result<JoinedCluster> joinCluster(const ServerConfig& config, std::string_view bundle, const SecretString& passphrase,
                                  bool replace, const Clock& clock)
{
    const auto next = openKeys(bundle, passphrase);
    if (!next) return fail(next);
    if (next->token.empty() && !config.jwt.key)
        return fail(Code::Validation, "jwt.key stands in the configuration of the cluster's nodes: write the same one"
                                      " into this node's configuration, then join again");
    JoinedCluster joined;
    joined.tokenKeyIsDouble = config.jwt.key && !next->token.empty();
    crypto::KeySet own;
    if (isThere(config.dataDir)) {
        auto read = readKeyFiles(config.dataDir);
        if (!read) return fail(read);
        own = std::move(*read);
        if (own.includes(*next)) return joined;
    }
    auto data = DataDirectory::open(config.dataDir);
    if (!data)
        return fail(data.error().code, data.error().detail + ": stop this node's server, join, and start it again");
    joined.changed = true;
    // The token key of a node that has one in its configuration now is of no use any more.
    crypto::KeySet kept = own;
    if (config.jwt.key) kept.token.clear();
    if (!next->includes(kept)) {
        if (!replace) {
            const auto needed = areNeeded(config, own, *next);
            if (!needed)
                return fail(needed.error().code, "this node has keys of its own, and whether secrets are sealed with"
                                                 " them cannot be found out (" +
                                                     needed.error().detail +
                                                     "): with --replace they are put aside as *.replaced");
            if (*needed)
                return fail(Code::Validation, "secrets of this node are sealed with its own keys, and could not be read"
                                              " without them: use another --data-dir for the cluster, or, if these"
                                              " secrets are of no use any more, --replace, which keeps the keys as"
                                              " *.replaced");
        }
        // First: when it fails, everything is as it was.
        if (auto done = introduce(config, *next, clock); !done) return fail(done);
        auto aside = putKeyFilesAside(config.dataDir);
        if (!aside) return fail(aside);
        joined.replaced = std::move(*aside);
    }
    if (auto done = extendKeyFiles(config.dataDir, *next); !done) return fail(done);
    return joined;
}

} // namespace iam::node
