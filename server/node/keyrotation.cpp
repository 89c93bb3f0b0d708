// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/keyrotation.h"
#include "node/datadirectory.h"
#include "node/keyfiles.h"
#include "node/keygenerations.h"
#include "node/openstorage.h"

namespace iam::node {
namespace {

/// What a rotation begins with.
struct Present {
    store::KeyGeneration generation; ///< the newest
    crypto::KeySet keys;             ///< with those of that generation, but perhaps for its token key
    GenerationKeys ids;
};

Result<Present> readPresent(store::KeyStore& store, const std::string& dataDir)
{
    auto keys = readKeyFiles(dataDir);
    if (!keys) return fail(keys);
    const auto generations = store.generations();
    if (!generations) return fail(generations);
    if (generations->empty()) return fail(Code::Validation, "the database has no keys yet: start a server on it first");
    static_cast<void>(readGenerations(*generations, *keys, {}));
    // The token key of the configuration may be another one by now: the new generation is what makes it right.
    auto ids = findRings(generations->back().fingerprint, *keys);
    if (!ids)
        return fail(Code::Encrypt, "the keys in " + dataDir + " are not those of the database (" + ids.error().detail +
                                       "): run this on a node whose server runs");
    return Present{generations->back(), std::move(*keys), std::move(*ids)};
}

Result<store::KeyGeneration> add(store::KeyStore& store, const store::KeyGeneration& generation)
{
    const auto added = store.add(generation);
    if (added) return generation;
    if (added.error().code != Code::ObjectChanged) return fail(added);
    return fail(Code::ObjectChanged, "another rotation was faster: nothing was changed by this one");
}

} // namespace

Result<store::KeyGeneration> addGeneration(store::KeyStore& store, const std::string& dataDir,
                                           const std::optional<SecretString>& configured,
                                           std::chrono::milliseconds grace, const Clock& clock)
{
    const auto present = readPresent(store, dataDir);
    if (!present) return fail(present);
    const store::KeyGeneration& newest = present->generation;
    const TimePoint now = clock.now();
    if (newest.activeFrom > now)
        return fail(Code::Validation,
                    "a rotation is under way: its keys are in force in " +
                        std::to_string(std::chrono::ceil<std::chrono::seconds>(newest.activeFrom - now).count()) +
                        " s");
    crypto::KeySet added{crypto::KeyRing::generate(), crypto::KeyRing::generate(), {}};
    if (!configured) added.token = {crypto::newTokenKey()};
    store::KeyGeneration next{newest.number + 1, {}, {}, now, now + grace};
    auto sealed = sealGeneration(next.number, added, present->keys, present->ids.clusterId);
    if (!sealed) return fail(sealed);
    next.sealed = std::move(*sealed);
    const auto own = newestKeys(added, configured);
    if (!own) return fail(own);
    auto fingerprint = fingerprintOf(added, *own, true);
    if (!fingerprint) return fail(fingerprint);
    next.fingerprint = std::move(*fingerprint);
    return add(store, next);
}

Result<store::KeyGeneration> rotateClusterKeys(const ServerConfig& config, std::chrono::milliseconds grace,
                                               const Clock& clock)
{
    if (!sharesDatabase(config))
        return fail(Code::Validation, "a SQLite database has one node only: stop its server and run iam-server admin"
                                      " rotate-encryption-key");
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    return addGeneration((*storage)->keys(), config.dataDir, config.jwt.key, grace, clock);
}

Result<> rotateEncryptionKey(const ServerConfig& config, const Clock& clock)
{
    if (sharesDatabase(config))
        return fail(Code::Validation, "this database may have several nodes: run iam-server cluster rotate-keys, which"
                                      " needs no server to be stopped");
    const auto data = DataDirectory::open(config.dataDir);
    if (!data) return fail(data);
    auto storage = openStorage(config);
    if (!storage) return fail(storage);
    auto present = readPresent((*storage)->keys(), config.dataDir);
    if (!present) return fail(present);
    present->keys.encryption->addKey();
    // The file first: a key that nothing was sealed with does no harm, a missing one would.
    if (auto stored = extendKeyFiles(config.dataDir, present->keys); !stored) return stored;
    GenerationKeys next;
    next.encryptionId = present->keys.encryption->ids().back();
    const auto fingerprint = fingerprintOf(present->keys, next, false);
    if (!fingerprint) return fail(fingerprint);
    const TimePoint now = clock.now();
    const auto added = add((*storage)->keys(), {present->generation.number + 1, *fingerprint, {}, now, now});
    return added ? Result<>() : Result<>(fail(added));
}

} // namespace iam::node
