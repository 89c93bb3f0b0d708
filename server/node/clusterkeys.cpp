// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/clusterkeys.h"
#include "base/logging.h"
#include "node/keyfiles.h"
#include "service/resealing.h"
#include <unistd.h>

namespace iam::node {
namespace {

using namespace std::chrono_literals;

constexpr auto messageLife = 10min;
constexpr auto clockSkew = 1min; ///< by which the clocks of nodes may differ
constexpr const char* messageLabel = "iam messages between nodes";

} // namespace

ClusterKeys::ClusterKeys(Options options, store::Storage& storage, const Clock& clock)
    : m_options(std::move(options))
    , m_storage(storage)
    , m_clock(clock)
{
}

Result<std::unique_ptr<ClusterKeys>> ClusterKeys::open(Options options, store::Storage& storage, const Clock& clock)
{
    std::unique_ptr<ClusterKeys> keys(new ClusterKeys(std::move(options), storage, clock));
    if (auto done = keys->begin(); !done) return fail(done);
    return keys;
}

Result<> ClusterKeys::begin()
{
    auto stored = readKeyFiles(m_options.dataDir);
    if (!stored) return fail(stored);
    m_keys = m_stored = std::move(*stored);
    auto generations = m_storage.keys().generations();
    if (!generations) return fail(generations);
    m_generations = std::move(*generations);
    if (m_generations.empty())
        if (auto done = beginDatabase(); !done) return done;
    // What only this node uses may be made at any time; what is another's to give may not.
    if (!m_options.shared && m_keys.encryption) {
        if (auto made = makeMissingKeyFiles(m_options.dataDir, m_keys, !m_options.tokenKey); !made) return fail(made);
        m_stored = m_keys;
    }
    return adopt();
}

Result<> ClusterKeys::beginDatabase()
{
    if (!m_keys.encryption && m_options.sealsSecrets) {
        // A new key could open none of the secrets that are there.
        const auto secrets = m_storage.secrets().list(std::nullopt, {.offset = 0, .limit = 1, .nameContains = {}});
        if (!secrets) return fail(secrets);
        if (secrets->totalCount > 0)
            return fail(Code::Encrypt, "the database has secrets but " + m_options.dataDir + '/' + encryptionKeyFile +
                                           ", the key that they are encrypted with, is missing: restore it");
    }
    const auto made = makeMissingKeyFiles(m_options.dataDir, m_keys, !m_options.tokenKey);
    if (!made) return fail(made);
    m_stored = m_keys;
    const auto newest = newestKeys(m_keys, m_options.tokenKey);
    if (!newest) return fail(newest);
    const auto fingerprint = fingerprintOf(m_keys, *newest, m_options.shared);
    if (!fingerprint) return fail(fingerprint);
    const auto added = m_storage.keys().add({1, *fingerprint, {}, m_clock.now(), TimePoint{}});
    if (!added && added.error().code != Code::ObjectChanged) return fail(added);
    auto generations = m_storage.keys().generations();
    if (!generations) return fail(generations);
    m_generations = std::move(*generations);
    // Another node was faster: keys that were made a moment ago have sealed nothing, and would only be in the way.
    if (!added && !readGenerations(m_generations, m_keys, m_options.tokenKey).front())
        for (const std::string& path : *made) ::unlink(path.c_str());
    return {};
}

Result<> ClusterKeys::refresh()
{
    auto generations = m_storage.keys().generations();
    if (generations) m_generations = std::move(*generations);
    auto adopted = adopt();
    note(m_fault, adopted ? std::string() : adopted.error().detail);
    if (!generations) return fail(generations);
    return adopted;
}

Result<> ClusterKeys::adopt()
{
    auto read = readGenerations(m_generations, m_keys, m_options.tokenKey);
    const TimePoint now = m_clock.now();
    const std::size_t active = activeGeneration(m_generations, now);
    std::string warning;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (read[i]) continue;
        const std::string missing = read[i].error().detail;
        // Without its token key a generation seals and opens all the same.
        if (auto rings = findRings(m_generations[i].fingerprint, m_keys)) read[i] = std::move(rings);
        if (i == active && (!read[i] || !m_sealing)) return fail(Code::Encrypt, sentenceFor(missing));
        if (i >= active) warning = warningFor(missing, i == active);
    }
    if (auto stored = storeKeys(); !stored) {
        // They can be used all the same: the next start finds them in the database again.
        warning = "keys of the database are in use here, but cannot be stored in the data directory";
        if (warning != this->warning()) qCWarning(lcAuth, "keys: %s", stored.error().detail.c_str());
    }
    if (auto used = put(useAt(now, read)); !used) return used;
    note(m_warning, warning);
    return {};
}

Result<> ClusterKeys::storeKeys()
{
    if (m_stored.includes(m_keys)) return {};
    if (auto done = extendKeyFiles(m_options.dataDir, m_keys); !done) return done;
    m_stored = m_keys;
    qCInfo(lcAuth, "key generation %llu is known and stored",
           static_cast<unsigned long long>(m_generations.back().number));
    return {};
}

ClusterKeys::Use ClusterKeys::useAt(TimePoint now, const std::vector<Result<GenerationKeys>>& read) const
{
    const std::size_t active = activeGeneration(m_generations, now);
    Use use;
    use.sealingId = read[active]->encryptionId;
    use.ringSize = m_keys.encryption->ids().size();
    const auto message = [&](const std::string& id) {
        if (auto key = m_keys.cluster->derive(id, messageLabel)) use.messages.push_back(std::move(*key));
    };
    if (!m_options.shared) {
        use.tokens = m_options.tokenKey ? crypto::TokenKeys{*m_options.tokenKey}
                                        : crypto::TokenKeys(m_keys.token.rbegin(), m_keys.token.rend());
        message(m_keys.cluster->ids().back());
        return use;
    }
    const auto take = [&](std::size_t i, bool token, bool messages) {
        if (!read[i]) return;
        if (token && !read[i]->token.empty()) crypto::addMissingTokenKeys(use.tokens, {read[i]->token});
        if (messages) message(read[i]->clusterId);
    };
    take(active, true, true);
    if (use.tokens.empty()) use.tokens = m_use.tokens; // not known here: what signed goes on signing
    for (std::size_t i = read.size(); i-- > 0;) {
        if (i == active) continue;
        // A node whose clock is ahead signs with the next one already; what the last one signed has its time.
        const bool future = i > active;
        const auto since = future ? 0ms : now - m_generations[i + 1].activeFrom - clockSkew;
        take(i, future || since < m_options.tokenLife, future || since < messageLife);
    }
    return use;
}

Result<> ClusterKeys::put(Use use)
{
    if (use == m_use) return {};
    crypto::KeyRing ring = *m_keys.encryption;
    if (!ring.sealWith(use.sealingId)) return fail(Code::Encrypt, sentenceFor(encryptionKeyFile));
    crypto::LoginTokens::Keys tokens;
    for (const SecretString& key : use.tokens) {
        auto mac = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, key);
        if (!mac) return fail(mac);
        tokens.push_back(std::make_shared<const crypto::HmacKey>(std::move(*mac)));
    }
    if (m_sealing) {
        m_sealing->publish(std::move(ring));
        m_tokens->publish(std::move(tokens));
    } else {
        m_sealing = std::make_unique<crypto::SealingKeys>(std::move(ring));
        m_tokens = std::make_unique<crypto::LoginTokens>(std::move(tokens));
    }
    m_messageKeys.publish(std::make_shared<const std::vector<SecretString>>(use.messages));
    if (use.sealingId != m_use.sealingId) {
        if (!m_use.sealingId.empty()) qCInfo(lcAuth, "a new generation of keys signs and seals from now on");
        m_resealDue = m_clock.steadyNow();
        m_resealTimes = 2; // other nodes may have sealed with the key before for a moment longer
    }
    m_use = std::move(use);
    return {};
}

void ClusterKeys::resealWhenDue()
{
    const auto now = m_clock.steadyNow();
    if (m_resealTimes == 0 || now < m_resealDue) return;
    m_resealDue = now + 2 * clockSkew;
    const auto resealed = service::resealSecrets(m_storage.secrets(), *m_sealing);
    if (!resealed) {
        qCWarning(lcAuth, "secret keys are not sealed anew, which is tried again: %s", resealed.error().detail.c_str());
        return;
    }
    --m_resealTimes;
    if (*resealed > 0)
        qCInfo(lcAuth, "%llu secret keys are sealed anew, with the key %s", static_cast<unsigned long long>(*resealed),
               m_use.sealingId.c_str());
}

std::string ClusterKeys::sentenceFor(const std::string& missing) const
{
    if (!m_options.shared)
        return m_options.dataDir + '/' + missing +
               " does not hold the key that this database was used with: restore the file that belongs to the database,"
               " or the database that belongs to the file";
    if (missing.find("configuration") != std::string::npos)
        return "jwt.key of this node's configuration is not the key that the nodes of this database use: give every"
               " node the same, or after a change on purpose run iam-server cluster rotate-keys with the new one";
    return "the keys of this node are not those of its database (" + missing +
           (m_keys.encryption ? " differs" : " is missing") +
           "): install them with iam-server cluster join BUNDLE, where BUNDLE is what iam-server cluster init writes "
           "on a"
           " node that has them";
}

std::string ClusterKeys::warningFor(const std::string& missing, bool active) const
{
    const std::string which = active ? "the generation of keys in force" : "the coming generation of keys";
    if (missing.find("configuration") != std::string::npos)
        return which + " has another jwt.key than this node's configuration: write the new one there, and restart" +
               (active ? " this node" : " this node when that generation is in force");
    return which + " cannot be read with the keys of this node (" + missing +
           "): install them with iam-server cluster join BUNDLE";
}

void ClusterKeys::note(std::string& kept, const std::string& sentence)
{
    const std::lock_guard lock(m_mutex);
    if (!sentence.empty() && sentence != kept) qCWarning(lcAuth, "keys: %s", sentence.c_str());
    kept = sentence;
}

std::string ClusterKeys::fault() const
{
    const std::lock_guard lock(m_mutex);
    return m_fault;
}

std::string ClusterKeys::warning() const
{
    const std::lock_guard lock(m_mutex);
    return m_warning;
}

} // namespace iam::node
