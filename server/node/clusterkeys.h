// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/published.h"
#include "crypto/keyset.h"
#include "crypto/logintoken.h"
#include "node/keygenerations.h"
#include "store/storage.h"
#include <memory>
#include <mutex>

namespace iam::node {

/// The keys of a running server: made at the first start, compared with the database at every start, and exchanged
/// while it runs when the database has a new generation of them.
///
/// A new generation is taken in as soon as refresh() sees it, and stored in the data directory; from its activeFrom on
/// it signs and seals. Older keys open sealed values for ever, verify log-in tokens until the last of them is over, and
/// messages of other nodes for ten more minutes. Where only the token key of a generation is unknown, because the
/// configuration still has the one before, the rest of it is used, and the old token key goes on signing.
class ClusterKeys {
public:
    struct Options {
        std::string dataDir;
        std::optional<SecretString> tokenKey; ///< the configuration's; none: those of the data directory
        std::chrono::milliseconds tokenLife;  ///< how long a log-in token may be of use after it was issued
        bool shared = false;                  ///< several nodes may use this database
        bool sealsSecrets = true;             ///< false: the keys of secrets lie in the clear in it
    };

    /// Error::detail is one sentence that says what to do: keys that are not the database's, keys missing on a database
    /// that has some. A new database takes the keys of whoever comes first. `storage` and `clock` outlive this.
    static Result<std::unique_ptr<ClusterKeys>> open(Options options, store::Storage& storage, const Clock& clock);

    [[nodiscard]] const crypto::SealingKeys& sealing() const noexcept { return *m_sealing; }
    [[nodiscard]] const crypto::LoginTokens& tokens() const noexcept { return *m_tokens; }
    /// The keys for messages between nodes, 32 bytes each: the first signs, all are taken. Never empty. Any thread.
    [[nodiscard]] std::shared_ptr<const std::vector<SecretString>> messageKeys() const { return m_messageKeys.read(); }

    /// Looks for a new generation and lets the one of this moment sign and seal; works with what is known when the
    /// storage fails, and says so. Meant for once a second; blocks, one call at a time.
    Result<> refresh();
    /// Seals secret keys anew that are not sealed with the newest key: once after the start, and after every change of
    /// that key. Logs what it did. Blocks, one call at a time, not together with refresh().
    void resealWhenDue();

    /// One sentence when the keys in force cannot be used here; else empty. Any thread.
    [[nodiscard]] std::string fault() const;
    /// One sentence, fit for everybody, when this node works but somebody has to do something: its token key is not the
    /// one in force, a coming generation cannot be read, keys cannot be stored. Else empty. Any thread.
    [[nodiscard]] std::string warning() const;

private:
    /// What is in use at one moment.
    struct Use {
        std::string sealingId;
        std::size_t ringSize = 0;
        crypto::TokenKeys tokens; ///< the first signs
        std::vector<SecretString> messages;
        bool operator==(const Use&) const = default;
    };

    ClusterKeys(Options options, store::Storage& storage, const Clock& clock);
    Result<> begin();
    Result<> beginDatabase();
    Result<> adopt();
    Result<> storeKeys();
    [[nodiscard]] Use useAt(TimePoint now, const std::vector<Result<GenerationKeys>>& read) const;
    Result<> put(Use use);
    [[nodiscard]] std::string sentenceFor(const std::string& missing) const;
    [[nodiscard]] std::string warningFor(const std::string& missing, bool active) const;
    /// Takes a sentence into m_fault or m_warning, and logs it when it is a new one.
    void note(std::string& kept, const std::string& sentence);

    const Options m_options;
    store::Storage& m_storage;
    const Clock& m_clock;
    crypto::KeySet m_keys;
    crypto::KeySet m_stored; ///< what the files hold
    std::vector<store::KeyGeneration> m_generations;
    Use m_use;
    std::unique_ptr<crypto::SealingKeys> m_sealing;
    std::unique_ptr<crypto::LoginTokens> m_tokens;
    Published<std::vector<SecretString>> m_messageKeys{nullptr};
    std::chrono::steady_clock::time_point m_resealDue{};
    int m_resealTimes = 0;
    mutable std::mutex m_mutex; ///< guards what follows
    std::string m_fault;
    std::string m_warning;
};

} // namespace iam::node
