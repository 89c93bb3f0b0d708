// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/legacy/policytexts.h"
#include "contract/codec.h"
#include "contract/json.h"

namespace iam::records {

namespace {

constexpr std::size_t mostRemembered = 32 * 1024 * 1024; // bytes; beyond, all is forgotten
constexpr std::chrono::seconds afterFailure{1};

/// What little is known of a policy whose text is not to be had.
std::string idAlone(const std::string& id)
{
    std::string text;
    contract::JsonObjectWriter(text).text("id", id);
    return text;
}

} // namespace

PolicyTexts::PolicyTexts(store::PolicyStore& store, MarkOf markOf)
    : m_store(store)
    , m_markOf(std::move(markOf))
{
}

PolicyTexts::Found PolicyTexts::of(const contract::DecisionRecord& record)
{
    const PolicyMark mark = m_markOf(record.owner);
    Owner& owner = current(record.owner);
    if (owner.version != mark.version) {
        m_bytes -= owner.bytes;
        owner = Owner();
        owner.version = mark.version;
    }
    const bool small = mark.count <= mostPolicies;
    std::vector<std::string> unknown;
    if (!owner.complete)
        for (const std::string& id : record.deciders)
            if (!owner.byId.contains(id)) unknown.push_back(id);
    const bool wanting = small ? !owner.complete : !unknown.empty();
    bool asked = true;
    if (wanting && mark.version) {
        asked = std::chrono::steady_clock::now() >= m_askAgain;
        if (asked) {
            asked = (small ? readAll(record.owner, owner) : readSome(record.owner, owner, unknown)).has_value();
            if (!asked) m_askAgain = std::chrono::steady_clock::now() + afterFailure;
        }
    }

    Found found;
    found.whole = asked;
    found.policies.all = owner.all;
    std::string& deciders = found.policies.deciders;
    for (const std::string& id : record.deciders) {
        const auto text = owner.byId.find(id);
        deciders.insert(deciders.size() - 1, deciders.size() > 2 ? "," : "");
        deciders.insert(deciders.size() - 1, text != owner.byId.end() ? text->second : idAlone(id));
        if (text == owner.byId.end()) found.whole = false;
    }
    return found;
}

PolicyTexts::Owner& PolicyTexts::current(const std::string& name)
{
    if (m_bytes > mostRemembered) {
        m_owners.clear();
        m_bytes = 0;
    }
    return m_owners[name];
}

Result<> PolicyTexts::readAll(const std::string& name, Owner& owner)
{
    std::vector<std::string> texts; // the newest first, as they are evaluated
    std::size_t bytes = 2;
    auto done = m_store.forEach(name, [&](const store::PolicyEntry& entry) {
        if (entry.fault) return;
        std::string text = contract::encodePolicyDocument(entry.policy.policy);
        bytes += text.size() + 1;
        if (bytes <= mostBytes) texts.push_back(text);
        add(owner, entry, std::move(text));
    });
    if (!done) return done;
    owner.complete = true;
    if (bytes > mostBytes) return {};
    std::string all = "[";
    for (const std::string& text : texts) all.append(all.size() > 1 ? "," : "").append(text);
    owner.all = all + "]";
    owner.bytes += owner.all.size();
    m_bytes += owner.all.size();
    return {};
}

Result<> PolicyTexts::readSome(const std::string& name, Owner& owner, const std::vector<std::string>& ids)
{
    return m_store.forEachNamed(name, ids, [&](const store::PolicyEntry& entry) {
        if (!entry.fault) add(owner, entry, contract::encodePolicyDocument(entry.policy.policy));
    });
}

void PolicyTexts::add(Owner& owner, const store::PolicyEntry& entry, std::string text)
{
    const std::size_t bytes = text.size() + entry.policy.policy.id.size();
    if (!owner.byId.try_emplace(entry.policy.policy.id, std::move(text)).second) return;
    owner.bytes += bytes;
    m_bytes += bytes;
}

} // namespace iam::records
