// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/objects.h"

namespace iam::contract {
namespace {

std::vector<Binder::Field> useFields(Binder& binder, SecretUse& use)
{
    return {{"lastUsedAt", binder.time(use.at)},
            {"lastUsedFrom", binder.text(use.address)},
            {"lastUsedAction", binder.text(use.action)}};
}

void bindPreviousKey(Binder& binder, const Json& json, const std::string& path, std::optional<PreviousKey>& previous)
{
    if (json.isNull()) return;
    std::vector<Binder::Field> fields = useFields(binder, previous.emplace().lastUse);
    fields.push_back({"secretID", binder.text(previous->secretId)});
    fields.push_back({"expires", binder.integer(previous->expires)});
    binder.object(json, path, fields);
}

void bindSecret(Binder& binder, const Json& json, const std::string& path, Secret& secret)
{
    std::vector<Binder::Field> fields = useFields(binder, secret.lastUse);
    fields.insert(fields.end(),
                  {
                      {"metadata", bindMetadata(binder, secret.metadata)},
                      {"username", binder.text(secret.username)},
                      {"secretID", binder.text(secret.secretId)},
                      {"secretKey", binder.secret(secret.secretKey)},
                      {"expires", binder.integer(secret.expires)},
                      {"description", binder.text(secret.description)},
                      {"status", binder.integer(secret.status)},
                      {"previous", [&](const Json& value,
                                       const std::string& at) { bindPreviousKey(binder, value, at, secret.previous); }},
                  });
    binder.object(json, path, fields);
}

void writeUse(JsonObjectWriter& object, const SecretUse& use)
{
    if (!use.at) return;
    object.text("lastUsedAt", toRfc3339Local(*use.at))
        .text("lastUsedFrom", use.address)
        .text("lastUsedAction", use.action);
}

void writeSecret(std::string& out, const Secret& secret)
{
    JsonObjectWriter object(out);
    writeMetadata(object.raw("metadata"), secret.metadata);
    object.text("username", secret.username)
        .text("secretID", secret.secretId)
        .text("secretKey", secret.secretKey.reveal())
        .number("expires", secret.expires)
        .text("description", secret.description)
        .number("status", secret.status);
    writeUse(object, secret.lastUse);
    if (!secret.previous) return;
    JsonObjectWriter previous(object.raw("previous"));
    previous.text("secretID", secret.previous->secretId).number("expires", secret.previous->expires);
    writeUse(previous, secret.previous->lastUse);
}

} // namespace

Result<Secret> decodeSecret(std::string_view body)
{
    return decodeObject<Secret>(body, bindSecret);
}

Result<SecretRotation> decodeSecretRotation(std::string_view body)
{
    return decodeObject<SecretRotation>(
        body, [](Binder& binder, const Json& json, const std::string& path, SecretRotation& rotation) {
            binder.object(json, path, {{"overlap", binder.integer(rotation.overlap)}});
        });
}

std::string encodeSecret(const Secret& secret)
{
    std::string out;
    writeSecret(out, secret);
    return out;
}

std::string encodeSecretRotation(const SecretRotation& rotation)
{
    std::string out;
    JsonObjectWriter(out).number("overlap", rotation.overlap);
    return out;
}

std::string encodeSecretList(const ListPage<Secret>& page)
{
    return encodeList(page, writeSecret);
}

Result<ListPage<Secret>> decodeSecretList(std::string_view body)
{
    return decodeList<Secret>(body, bindSecret);
}

} // namespace iam::contract
