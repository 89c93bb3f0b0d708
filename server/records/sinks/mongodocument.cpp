// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/mongodocument.h"
#include "base/text.h"
#include "records/sinks/oldform.h"
#include <bson/bson.h>

namespace iam::records {

namespace {

void appendText(bson_t* document, const char* name, const std::string& value)
{
    const std::string utf8 = text::toUtf8(value);
    bson_append_utf8(document, name, -1, utf8.data(), static_cast<int>(utf8.size()));
}

} // namespace

void BsonReleaser::operator()(_bson_t* document) const noexcept
{
    bson_destroy(document);
}

std::size_t sizeOf(const BsonDocument& document)
{
    return document->len;
}

BsonDocument mongoDocument(const contract::DecisionRecord& record, bool details)
{
    const LegacyRecord old = toOldForm(record);
    const std::int64_t ms = record.time.time_since_epoch().count();
    BsonDocument made(bson_new());
    bson_t* const document = made.get();
    appendText(document, "_id", record.node + ':' + std::to_string(record.sequence) + ':' + std::to_string(ms));
    bson_append_int64(document, "timestamp", -1, old.timeStamp);
    appendText(document, "username", old.username);
    appendText(document, "effect", old.effect);
    appendText(document, "conclusion", old.conclusion);
    appendText(document, "request", old.request);
    appendText(document, "policies", details ? old.policies : std::string());
    appendText(document, "deciders", details ? old.deciders : std::string());
    bson_append_date_time(document, "expireAt", -1, old.expireAt.seconds * 1000 + old.expireAt.nanoseconds / 1'000'000);
    appendText(document, "node", record.node);
    bson_append_int64(document, "sequence", -1, static_cast<std::int64_t>(record.sequence));
    appendText(document, "requestID", record.requestId);
    bson_append_date_time(document, "time", -1, ms);
    return made;
}

} // namespace iam::records
