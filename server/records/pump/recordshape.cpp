// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/recordshape.h"
#include "contract/json.h"
#include <array>

namespace iam::records {

namespace {

constexpr std::string_view contextPrefix = "context.";
constexpr std::size_t hashedBytes = 16;
constexpr int maxContextDepth = 64;

void appendHex(std::string& out, std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
}

} // namespace

Result<RecordShape> RecordShape::make(const SinkConfig& config, std::shared_ptr<const crypto::HmacKey> maskKey)
{
    static const std::array<std::pair<std::string_view, Field>, 5> fields{{{"owner", Field::Owner},
                                                                           {"subject", Field::Subject},
                                                                           {"resource", Field::Resource},
                                                                           {"requestId", Field::RequestId},
                                                                           {"context", Field::Context}}};
    RecordShape shape;
    shape.m_only.insert(config.usernames.begin(), config.usernames.end());
    shape.m_skipped.insert(config.skipUsernames.begin(), config.skipUsernames.end());
    shape.m_omitDetails = config.omitDetailedRecording;
    for (const std::string& name : config.maskFields) {
        std::optional<Masked> masked;
        for (const auto& [known, field] : fields)
            if (name == known) masked = Masked{field, {}};
        if (name.starts_with(contextPrefix) && name.size() > contextPrefix.size())
            masked = Masked{Field::ContextMember, name.substr(contextPrefix.size())};
        if (!masked)
            return fail(Code::Validation, "\"" + name +
                                              "\" cannot be masked; owner, subject, resource, requestId, "
                                              "context and context.KEY can");
        shape.m_masked.push_back(std::move(*masked));
    }
    if (config.maskWith == SinkConfig::Mask::Hash && !shape.m_masked.empty()) {
        if (!maskKey) return fail(Code::Validation, "there is no key to mask with");
        shape.m_key = std::move(maskKey);
    }
    return shape;
}

bool RecordShape::wants(const contract::DecisionRecord& record) const
{
    if (m_skipped.contains(record.owner)) return false;
    return m_only.empty() || m_only.contains(record.owner);
}

void RecordShape::apply(contract::DecisionRecord& record) const
{
    if (m_omitDetails) {
        record.context.clear();
        record.reason.clear();
        record.deciders.clear();
    }
    for (const Masked& masked : m_masked) {
        switch (masked.field) {
        case Field::Owner:
            record.owner = mask(record.owner);
            break;
        case Field::Subject:
            record.subject = mask(record.subject);
            break;
        case Field::Resource:
            record.resource = mask(record.resource);
            break;
        case Field::RequestId:
            record.requestId = mask(record.requestId);
            break;
        case Field::Context:
            if (!record.context.empty()) record.context = "{\"masked\":\"" + mask(record.context) + "\"}";
            break;
        case Field::ContextMember:
            maskMember(record.context, masked.member);
            break;
        }
    }
}

std::string RecordShape::mask(std::string_view text) const
{
    if (!m_key) return "***";
    std::string masked = "hmac:";
    appendHex(masked, std::string_view(m_key->mac(text)).substr(0, hashedBytes));
    return masked;
}

void RecordShape::maskMember(std::string& context, const std::string& member) const
{
    if (context.empty()) return;
    auto json = contract::parseWholeJson(context, maxContextDepth);
    if (!json || json->object() == nullptr) {
        context = "{\"masked\":\"" + mask(context) + "\"}";
        return;
    }
    const contract::Json* value = json->find(member);
    if (value == nullptr) return;
    const std::string text = value->string() != nullptr ? *value->string() : contract::writeJson(*value);
    json->set(member, mask(text));
    context = contract::writeJson(*json);
}

} // namespace iam::records
