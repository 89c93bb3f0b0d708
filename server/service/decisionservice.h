// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/stripedcounters.h"
#include "contract/codec.h"
#include "crypto/secrettoken.h"
#include "service/accessdirectory.h"
#include "service/keyuses.h"
#include "service/tokenmemory.h"
#include <functional>

namespace iam::service {

/// How a decision ended, for counting.
enum class DecisionOutcome {
    Allowed,
    DeniedByPolicy,  ///< a policy that matched denies
    DeniedByDefault, ///< no policy matched
    NoPolicies,      ///< the owner has none
    PolicyFault,     ///< a template could not be evaluated; denied
    Malformed,       ///< the body was no request; not decided
    NotRecorded,     ///< decided, but the record could not be kept, so not given
};
inline constexpr std::size_t decisionOutcomes = 7;

/// Who signed a token.
struct Signer {
    std::string owner; ///< the stored name of an enabled user
    std::shared_ptr<const AccessKey> key;
};

/// Checks secret tokens and decides. Never blocks, so it may run on the threads that own the sockets.
class DecisionService {
public:
    /// Takes a record and calls `recorded` once, at once or when the record is as safe as the configuration asks; a
    /// failure means that the decision must not be given. Never blocks.
    using Recorded = std::function<void(Result<>)>;
    using Recorder = std::function<void(contract::DecisionRecord&& record, Recorded&& recorded)>;
    using Decided = std::function<void(Result<contract::Decision>)>;

    /// Everything outlives this. `rememberedTokens`: on each thread, see TokenMemory; 0: every token is verified anew.
    DecisionService(const AccessDirectory& directory, KeyUses& keyUses, const crypto::SecretTokenRules& rules,
                    const Clock& clock, std::string node, std::size_t rememberedTokens, Recorder recorder);

    /// Whose secret signed the token. Code::SignatureInvalid for every fault of the token, an unknown key, a disabled
    /// or missing owner, a disabled secret and a previous key whose time is over; then Code::Expired for an expired
    /// secret.
    Result<Signer> authenticate(std::string_view token) const;

    /// Decides by the policies of the signer's owner with context.username set to it, notes that the key was used from
    /// `address`, records the decision, then calls `decided`: at once unless the recorder waits for the disk. What it
    /// gets is the answer; who decided is in the record alone.
    /// Code::Bind when `body` is no request (which is no use of the key), recorder's failure otherwise.
    void decide(const Signer& signer, std::string_view body, const std::string& address, const std::string& requestId,
                Decided decided) const;

    using BatchDecided = std::function<void(Result<std::vector<Result<contract::Decision>>>)>;
    /// Decides every request of contract::decodeDecisionBatch(), each as decide() does and by the policies of one
    /// moment. Each is counted, and recorded under `requestId`, "#" and its place, which begins at 0; what fails, fails
    /// alone. `decided` is called once, when the last of them is recorded. Takes as long as the requests need: for a
    /// worker.
    void decideBatch(const Signer& signer, std::string_view body, const std::string& address,
                     const std::string& requestId, BatchDecided decided) const;

    /// Decisions that ended so since the start. From any thread.
    [[nodiscard]] std::uint64_t count(DecisionOutcome outcome) const noexcept
    {
        return m_outcomes.read(static_cast<std::size_t>(outcome));
    }

private:
    Result<TokenMemory::Known> verify(const AccessSnapshot& snapshot, std::string_view token, TimePoint now) const;
    static Result<Signer> signerOf(const TokenMemory::Known& known, TimePoint now);
    void decide(const AccessSnapshot& snapshot, const Signer& signer, Result<contract::DecisionRequest> request,
                const std::string& address, std::string requestId, Decided decided) const;
    void ended(DecisionOutcome outcome) const noexcept { m_outcomes.add(static_cast<std::size_t>(outcome)); }

    const AccessDirectory& m_directory;
    KeyUses& m_keyUses;
    const crypto::SecretTokenRules m_rules;
    const Clock& m_clock;
    const std::string m_node;
    const TokenMemory m_tokens;
    const Recorder m_recorder;
    mutable StripedCounters m_outcomes{decisionOutcomes};
};

} // namespace iam::service
