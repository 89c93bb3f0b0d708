// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/adoption/adoptionsurvey.h"
#include "authz/validate.h"
#include "base/text.h"
#include "contract/codec.h"
#include "contract/json.h"
#include "contract/validation.h"
#include "node/adoption/adoptionrules.h"
#include "store/sql/legacy/legacyshape.h"
#include <algorithm>

namespace iam::node {

using namespace store::sql;

namespace {

constexpr std::chrono::days year{365};

std::string words(const std::vector<FieldFault>& faults)
{
    std::string text;
    for (const FieldFault& fault : faults) text += (text.empty() ? "" : "; ") + fault.field + " " + fault.message;
    return text;
}

/// Takes the rows one after the other.
class Surveyor {
public:
    Surveyor(AdoptionSurvey& survey, TimePoint now)
        : m_survey(survey)
        , m_now(now)
    {
    }

    void take(const LegacyUser& user);
    void take(const LegacySecret& secret);
    void take(const LegacyPolicy& policy);

private:
    void takePassword(const LegacyUser& user);
    void takeMetadata(const char* table, const LegacyMetadata& metadata, std::uint64_t ownerId);
    void takeOwner(const char* table, const std::string& username, const std::optional<LegacyOwner>& owner);
    void takeDocument(const LegacyPolicy& policy);
    void add(const char* kind, std::string message, std::vector<std::string> choices = {}, std::string proposal = {});
    void count(std::initializer_list<const std::string*> texts);

    AdoptionSurvey& m_survey;
    const TimePoint m_now;
    std::set<std::string> m_secretIds;
    std::set<std::string> m_names;       ///< with their table and owner
    std::set<std::string> m_instanceIds; ///< with their table
    std::string m_table;                 ///< of the row at hand
    std::uint64_t m_id = 0;
    std::string m_about;
};

void Surveyor::add(const char* kind, std::string message, std::vector<std::string> choices, std::string proposal)
{
    m_survey.findings.push_back(
        {m_table, m_id, kind, m_about, std::move(message), std::move(choices), std::move(proposal)});
}

void Surveyor::count(std::initializer_list<const std::string*> texts)
{
    for (const std::string* text : texts)
        if (isBeyondThreeBytes(*text)) ++m_survey.textsBeyondThreeBytes;
}

void Surveyor::takeMetadata(const char* table, const LegacyMetadata& metadata, std::uint64_t ownerId)
{
    const std::string renamed = "rename " + freshName(metadata.name, metadata.id);
    const std::string name = text::lowered(metadata.name);
    m_survey.takenNames.insert(std::string(table) + '/' + name);
    const bool taken = !m_names.insert(std::string(table) + std::to_string(ownerId) + '/' + name).second;
    // Users are told apart by their names.
    const bool mayKeep = !taken || std::string_view(table) != "user";
    std::vector<std::string> choices{"rename", "drop"};
    if (mayKeep && isStorableName(metadata.name)) choices.insert(choices.begin() + 1, "keep");
    if (const auto complaint = contract::checkName(metadata.name))
        add("name", "the name " + *complaint, std::move(choices), renamed);
    else if (taken)
        add("duplicate-name", "an older one has the same name", std::move(choices), renamed);
    if (metadata.instanceId && !metadata.instanceId->empty() &&
        !m_instanceIds.insert(std::string(table) + '/' + *metadata.instanceId).second)
        add("instance-id", "an older one has the same instanceID: cleared, it gets the one that follows from its id",
            {"clear", "drop"}, "clear");
    if (!isReadableExtend(metadata.extendShadow))
        add("extend", "extendShadow is no JSON object: the old server cannot read the row", {"clear", "keep", "drop"},
            "clear");
    if (metadata.extendShadow) count({&*metadata.extendShadow});
}

void Surveyor::takeOwner(const char* table, const std::string& username, const std::optional<LegacyOwner>& owner)
{
    if (!owner) {
        add("owner", "there is no user " + username + "; the old authz-server takes it all the same", {"drop"});
    } else if (owner->name != username) {
        add("owner-spelling",
            "it is written as " + username + "'s, which the old authz-server takes for another owner than " +
                owner->name + ": kept, this " + table + " comes together with those of " + owner->name,
            {"keep", "drop"});
    }
}

void Surveyor::takePassword(const LegacyUser& user)
{
    PasswordFacts& facts = m_survey.passwords;
    if (const auto cost = bcryptCost(user.passwordHash)) {
        ++facts.bcryptCosts[*cost];
    } else {
        ++facts.unusable;
        add("password", "the password is stored as something that no password fits, perhaps in plain text",
            {"lock", "keep", "drop"}, "lock");
    }
    const auto touched = user.metadata.updatedAt;
    if (!touched) return;
    if (!facts.oldest || *touched < *facts.oldest) facts.oldest = touched;
    if (m_now - *touched >= year) ++facts.untouchedForAYear;
    if (m_now - *touched >= 3 * year) ++facts.untouchedForThreeYears;
}

void Surveyor::take(const LegacyUser& user)
{
    m_table = "user";
    m_id = user.metadata.id;
    m_about = user.metadata.name;
    const bool enabled = user.status == 1;
    if (!enabled) ++m_survey.disabledUsers;
    if (enabled && user.isAdmin == 1) ++m_survey.administrators;
    if (!user.loginedAt) ++m_survey.neverLoggedIn;
    takeMetadata("user", user.metadata, 0);
    takePassword(user);
    contract::User read;
    read.metadata.name = "n"; // names are looked at above
    read.nickname = user.nickname;
    read.email = user.email;
    read.phone = user.phone.value_or("");
    if (const auto faults = contract::validateUser(read, false); !faults.empty())
        add("refused-user", "it stays as it is, but could not be written today: " + words(faults));
    count({&user.metadata.name, &user.nickname, &user.email});
}

void Surveyor::take(const LegacySecret& secret)
{
    m_table = "secret";
    m_id = secret.metadata.id;
    m_about = secret.metadata.name + " of " + secret.username;
    takeOwner("secret", secret.username, secret.owner);
    takeMetadata("secret", secret.metadata, secret.owner ? secret.owner->id : 0);
    if (!m_secretIds.insert(secret.secretId).second)
        add("duplicate-id",
            "an older secret has the same secretID: the old authz-server takes one of the two, which is not certain",
            {"new-id", "drop"});
    if (secret.secretKey.reveal().empty())
        add("empty-key", "its key is empty: everybody can sign with it, here as there; remove it");
    count({&secret.metadata.name, &secret.description});
}

void Surveyor::takeDocument(const LegacyPolicy& policy)
{
    const auto document = readDocument(policy.policyShadow);
    if (!document) {
        add("document",
            "the policy cannot be read (" + document.error().detail +
                "): the old authz-server passes over it; kept, it denies every request of its owner",
            {"drop", "keep"});
        return;
    }
    if (const auto faults = authz::validatePolicy(*document, "policy"); !faults.empty())
        add("refused-policy", "it stays and denies as before, but could not be written today: " + words(faults));
}

void Surveyor::take(const LegacyPolicy& policy)
{
    m_table = "policy";
    m_id = policy.metadata.id;
    m_about = policy.metadata.name + " of " + policy.username;
    takeOwner("policy", policy.username, policy.owner);
    takeMetadata("policy", policy.metadata, policy.owner ? policy.owner->id : 0);
    takeDocument(policy);
    if (policy.policyShadow) count({&*policy.policyShadow});
}

} // namespace

std::uint64_t AdoptionSurvey::undecided() const
{
    return static_cast<std::uint64_t>(
        std::count_if(findings.begin(), findings.end(), [](const AdoptionFinding& f) { return f.needsDecision(); }));
}

bool AdoptionSurvey::hasName(const std::string& table, const std::string& name) const
{
    return takenNames.contains(table + '/' + text::lowered(name));
}

Result<AdoptionSurvey> surveyOldDatabase(AdoptionConnection& connection, const LegacyTables& tables, TimePoint now)
{
    AdoptionSurvey survey;
    Surveyor surveyor(survey, now);
    const auto visit = [&](const auto& row) -> Result<> {
        surveyor.take(row);
        return {};
    };
    auto done = connection.read([&](SqlConnection& sql) -> Result<> {
        auto notes = describeLegacyTables(sql, tables);
        if (!notes) return fail(notes);
        survey.notes = std::move(*notes);
        for (const std::string& table : {tables.user, tables.secret, tables.policy, tables.policyAudit}) {
            if (table.empty()) continue;
            auto facts = readTableFacts(sql, table);
            if (!facts) return fail(facts);
            survey.tables.push_back(std::move(*facts));
        }
        auto wide = readWideColumns(sql, tables);
        if (!wide) return fail(wide);
        survey.wideColumns = std::move(*wide);
        if (auto read = forEachLegacyRow(sql, tables, readLegacyUsers, visit); !read) return read;
        if (auto read = forEachLegacyRow(sql, tables, readLegacySecrets, visit); !read) return read;
        return forEachLegacyRow(sql, tables, readLegacyPolicies, visit);
    });
    if (!done) return fail(done);
    return survey;
}

} // namespace iam::node
