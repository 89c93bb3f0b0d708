// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/backrules.h"
#include "base/text.h"
#include "node/adoption/adoptionrules.h"

namespace iam::node {

namespace {

// The widths of the old columns, in characters.
constexpr std::size_t nameWidth = 45;
constexpr std::size_t nicknameWidth = 30;
constexpr std::size_t emailWidth = 256;
constexpr std::size_t phoneWidth = 20;
constexpr std::size_t secretIdWidth = 36;
constexpr std::size_t textWidth = 255;
constexpr std::int64_t latestExpiry = 4294967295;

class Faults {
public:
    explicit Faults(std::string about)
        : m_about(std::move(about))
    {
    }
    void add(const std::string& message) { m_all.push_back({m_about, message}); }
    void checkText(const char* field, const std::string& text, std::size_t width)
    {
        if (text::length(text) > width) add(std::string(field) + " is longer than the old column");
        if (isBeyondThreeBytes(text)) add(std::string(field) + " has characters that the old column cannot hold");
    }
    void moveTo(std::vector<FieldFault>& faults) { std::move(m_all.begin(), m_all.end(), std::back_inserter(faults)); }

private:
    const std::string m_about;
    std::vector<FieldFault> m_all;
};

} // namespace

std::optional<std::string> hashForOldServers(const AdoptionDifference::UserRow& row,
                                             const std::set<std::uint64_t>& newPasswords)
{
    if (row.oldHash && !newPasswords.contains(row.user.metadata.id)) return row.oldHash;
    if (bcryptCost(row.user.passwordHash)) return row.user.passwordHash;
    return std::nullopt;
}

std::vector<FieldFault> inexpressible(const AdoptionDifference& difference, const std::set<std::uint64_t>& newPasswords,
                                      bool lockNewPasswords, TimePoint now)
{
    std::vector<FieldFault> all;
    for (const auto& row : difference.users) {
        const auto& user = row.user;
        Faults faults("user " + user.metadata.name);
        if (!lockNewPasswords && !hashForOldServers(row, newPasswords))
            faults.add("the password was set here, and its hash is none that the old servers understand");
        faults.checkText("the name", user.metadata.name, nameWidth);
        faults.checkText("the nickname", user.nickname, nicknameWidth);
        faults.checkText("the mail address", user.email, emailWidth);
        faults.checkText("the phone number", user.phone, phoneWidth);
        faults.moveTo(all);
    }
    for (const auto& row : difference.secrets) {
        const auto& secret = row.secret;
        Faults faults("secret " + std::to_string(secret.metadata.id) + ' ' + secret.metadata.name);
        if (!row.key) faults.add("its key cannot be opened with the keys in the data directory");
        if (!secret.enabled) faults.add("it is disabled, and the old servers would let it in: remove or enable it");
        if (secret.previousExpires && std::chrono::seconds(*secret.previousExpires) >= now.time_since_epoch())
            faults.add("its former key is still valid, which the old form has no place for: end it or wait");
        faults.checkText("the name", secret.metadata.name, nameWidth);
        faults.checkText("the secretID", secret.secretId, secretIdWidth);
        faults.checkText("the description", secret.description, textWidth);
        if (secret.expires < 0 || secret.expires > latestExpiry) faults.add("expires is out of the old range");
        faults.moveTo(all);
    }
    for (const auto& policy : difference.policies) {
        Faults faults("policy " + std::to_string(policy.metadata.id) + ' ' + policy.metadata.name);
        faults.checkText("the name", policy.metadata.name, nameWidth);
        faults.moveTo(all);
    }
    return all;
}

} // namespace iam::node
