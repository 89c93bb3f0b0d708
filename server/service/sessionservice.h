// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "crypto/logintoken.h"
#include "contract/listquery.h"
#include "service/caller.h"
#include "service/passwordcheck.h"

namespace iam::service {

struct SessionRules {
    std::chrono::seconds timeout = std::chrono::hours(1);
    std::chrono::seconds maxRefresh = std::chrono::hours(1);
};

struct Session {
    std::string token;
    TimePoint expires{};
};

/// Why a bearer token is not taken: either the words of the token library, or a code of ours.
struct BearerRefusal {
    std::optional<crypto::TokenRefusal> token;
    Code code = Code::TokenInvalid;
};

/// Whose a token is.
struct TokenOwner : store::Account {
    std::string session; ///< the id that all tokens of a log-in share; empty for tokens of other servers
};

/// Logging in and out, and the sessions that come of it. verify() is quick and may be asked on any thread; the rest blocks.
class SessionService {
public:
    /// Everything outlives this.
    SessionService(store::Storage& storage, AccessDirectory& directory, PasswordCheck& passwords,
                   const crypto::LoginTokens& tokens, const SessionRules& rules, const Clock& clock);

    /// Begins a session; of `userAgent`, any bytes, the beginning is kept. Errors as PasswordCheck::check(), and what
    /// the store says: a log-in that is not kept could not be ended, so it is refused.
    Result<Session> logIn(const std::string& name, const SecretString& password, const contract::Actor& actor,
                          std::string_view userAgent = {});
    /// A new token for one that is valid or only expired. The moment of the log-in stays in it, so that no chain of
    /// refreshes outlives `maxRefresh`.
    tl::expected<Session, BearerRefusal> refresh(std::string_view token) const;
    /// Revokes the token and all that were refreshed from the same log-in, at once. A token that is not valid needs no
    /// revoking: that is a success.
    Result<> logOut(std::string_view token, const contract::Actor& actor);

    /// Whose token it is, when it may be used now.
    tl::expected<TokenOwner, BearerRefusal> verify(std::string_view token) const;

    // `owner` comes from chooseOwner() or chooseOwners(), which see to the caller's rights.

    /// The sessions of `owner` (nothing: of everybody) that are alive, newest first; the caller's own is marked.
    Result<contract::ListPage<contract::Session>> list(const Caller& caller, const std::optional<std::string>& owner,
                                                       const contract::ListQuery& query);
    /// Ends those of `owner` (nothing: of anybody) with these ids, at once. Others are passed over.
    Result<> end(const Caller& caller, const std::optional<std::string>& owner, const std::vector<std::string>& ids);
    /// Ends all sessions of the user and every token of it, also those of other servers. Code::UserNotFound.
    Result<> endAll(const Caller& caller, const std::string& owner);

    /// Notes that somebody was let in by name and password.
    void noteLogin(const store::Account& account) const;

    [[nodiscard]] const SessionRules& rules() const noexcept { return m_rules; }

private:
    /// A token made from what was known of the account when it was let in, so that a change since then kills it.
    Session issue(const crypto::LoginClaims& claims) const;
    /// From the log-in to the end of the last token that can come of it, refreshed at the last moment.
    [[nodiscard]] std::chrono::seconds lifetime() const;
    tl::expected<TokenOwner, BearerRefusal> ownerOf(const crypto::LoginClaims& claims, std::string_view token) const;

    store::Storage& m_storage;
    AccessDirectory& m_directory;
    PasswordCheck& m_passwords;
    const crypto::LoginTokens& m_tokens;
    const SessionRules m_rules;
    const Clock& m_clock;
};

} // namespace iam::service
