// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sessionservice.h"
#include "base/logging.h"
#include "base/text.h"
#include "crypto/base64.h"
#include "service/tokenid.h"

namespace iam::service {

namespace {

/// Under which name a token is revoked: its log-in's id, which all tokens refreshed from it share; for tokens of other
/// servers, which have none, a digest of the token.
std::string revocationId(const crypto::LoginClaims& claims, std::string_view token)
{
    return claims.id.empty() ? "sha256:" + crypto::toBase64Url(crypto::sha256(token)) : claims.id;
}

/// UTF-8 of at most store::maxUserAgent bytes.
std::string shortened(std::string_view userAgent)
{
    std::string text = text::toUtf8(userAgent.substr(0, store::maxUserAgent + 3)); // a character may end behind the cut
    std::size_t end = 0;
    for (std::size_t pos = 0; pos < text.size();) {
        static_cast<void>(text::nextCodePoint(text, pos));
        if (pos > store::maxUserAgent) break;
        end = pos;
    }
    text.resize(end);
    return text;
}

} // namespace

SessionService::SessionService(store::Storage& storage, AccessDirectory& directory, PasswordCheck& passwords,
                               const crypto::LoginTokens& tokens, const SessionRules& rules, const Clock& clock)
    : m_storage(storage)
    , m_directory(directory)
    , m_passwords(passwords)
    , m_tokens(tokens)
    , m_rules(rules)
    , m_clock(clock)
{
}

Result<Session> SessionService::logIn(const std::string& name, const SecretString& password,
                                      const contract::Actor& actor, std::string_view userAgent)
{
    const auto account = m_passwords.check(name, password, actor.address);
    if (!account) return fail(account);
    const TimePoint now = m_clock.now();
    crypto::LoginClaims claims;
    claims.subject = claims.identity = account->name;
    claims.firstIssued = std::chrono::floor<std::chrono::seconds>(now);
    claims.id = makeTokenId(account->tokensValidFrom);
    const auto kept =
        m_storage.sessions().begin({claims.id, account->id, account->tokensValidFrom, now,
                                    *claims.firstIssued + lifetime(), actor.address, shortened(userAgent)});
    if (!kept && kept.error().code == Code::UserNotFound) // removed since the password was looked at
        return fail(Code::PasswordIncorrect, "no such user any more");
    if (!kept) return fail(kept);
    noteLogin(*account);
    qCInfo(lcAuth, "%s logged in from %s", account->name.c_str(), actor.address.c_str());
    return issue(claims);
}

Session SessionService::issue(const crypto::LoginClaims& claims) const
{
    crypto::LoginClaims issued = claims;
    issued.expires = std::chrono::floor<std::chrono::seconds>(m_clock.now()) + m_rules.timeout;
    return {m_tokens.issue(issued), issued.expires};
}

tl::expected<TokenOwner, BearerRefusal> SessionService::ownerOf(const crypto::LoginClaims& claims,
                                                                  std::string_view token) const
{
    const auto snapshot = m_directory.read();
    const store::Account* account = snapshot->account(claims.identity);
    if (account == nullptr || !account->enabled) return tl::unexpected(BearerRefusal{});
    if (snapshot->revokedTokens->contains(revocationId(claims, token))) return tl::unexpected(BearerRefusal{});
    // A token may know more than this snapshot, when a new password is stored but not yet published. Tokens of other
    // servers have only the second of their log-in: theirs lives when it may be newer.
    std::optional<TimePoint> from = tokensValidFromOf(claims.id);
    if (!from && claims.firstIssued) from = *claims.firstIssued + std::chrono::milliseconds(999);
    if (!from || *from < account->tokensValidFrom) return tl::unexpected(BearerRefusal{});
    return TokenOwner{*account, claims.id};
}

tl::expected<TokenOwner, BearerRefusal> SessionService::verify(std::string_view token) const
{
    const auto claims = m_tokens.verify(token, m_clock.now());
    if (!claims) return tl::unexpected(BearerRefusal{claims.error()});
    return ownerOf(*claims, token);
}

tl::expected<Session, BearerRefusal> SessionService::refresh(std::string_view token) const
{
    const auto claims = m_tokens.verifyForRefresh(token, m_clock.now(), m_rules.maxRefresh);
    if (!claims) return tl::unexpected(BearerRefusal{claims.error()});
    if (const auto account = ownerOf(*claims, token); !account) return tl::unexpected(account.error());
    return issue(*claims);
}

std::chrono::seconds SessionService::lifetime() const
{
    return m_rules.maxRefresh + m_rules.timeout;
}

Result<> SessionService::logOut(std::string_view token, const contract::Actor& actor)
{
    const auto claims = m_tokens.verifyForRefresh(token, m_clock.now(), m_rules.maxRefresh);
    if (!claims) return {};
    const auto account = ownerOf(*claims, token);
    if (!account) return {};
    contract::Actor owner = actor;
    owner.name = account->name;
    const TimePoint until =
        std::max<TimePoint>(claims->expires, claims->firstIssued.value_or(claims->expires) + lifetime()) +
        std::chrono::seconds(1);
    auto done = m_storage.sessions().revoke({revocationId(*claims, token), account->name, until}, owner, m_clock.now());
    if (done) m_directory.changed(Changed::Others);
    return done;
}

Result<contract::ListPage<contract::Session>> SessionService::list(const Caller& caller,
                                                                   const std::optional<std::string>& owner,
                                                                   const contract::ListQuery& query)
{
    auto page = m_storage.sessions().list(owner, query, m_clock.now());
    if (!page) return page;
    for (contract::Session& session : page->items)
        session.current = !caller.session.empty() && session.id == caller.session;
    return page;
}

Result<> SessionService::end(const Caller& caller, const std::optional<std::string>& owner,
                             const std::vector<std::string>& ids)
{
    // The store knows the end that was meant at the log-in; the rules may have been lengthened since.
    const TimePoint now = m_clock.now();
    const TimePoint until = now + lifetime() + std::chrono::seconds(1);
    const auto ended = m_storage.sessions().end(owner, ids, until, caller.actor, now);
    if (!ended) return fail(ended);
    if (*ended > 0) m_directory.changed(Changed::Others);
    return {};
}

Result<> SessionService::endAll(const Caller& caller, const std::string& owner)
{
    auto done = m_storage.users().endTokens(owner, caller.actor, m_clock.now());
    if (done) m_directory.changed(Changed::Others);
    return done;
}

void SessionService::noteLogin(const store::Account& account) const
{
    if (auto done = m_storage.users().touchLogin(account.name, m_clock.now()); !done)
        qCWarning(lcAuth, "the log-in time of %s is not stored: %s", account.name.c_str(), done.error().detail.c_str());
}

} // namespace iam::service
