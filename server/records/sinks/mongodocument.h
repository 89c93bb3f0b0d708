// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/records.h"
#include <cstddef>
#include <memory>

struct _bson_t; // bson_t of libbson

namespace iam::records {

struct BsonReleaser {
    void operator()(_bson_t* document) const noexcept;
};
using BsonDocument = std::unique_ptr<_bson_t, BsonReleaser>;

/// The record with the names that the system this one replaces gives its fields, and node, sequence, requestID and time
/// (in ms) besides. _id is "node:sequence:time in ms": the same for a record that comes again, another one for a record
/// of a log that was begun anew. Without `details`, policies and deciders are empty. Bytes that are not UTF-8 become
/// U+FFFD.
[[nodiscard]] BsonDocument mongoDocument(const contract::DecisionRecord& record, bool details = true);
/// In bytes, as it goes over the wire.
[[nodiscard]] std::size_t sizeOf(const BsonDocument& document);

} // namespace iam::records
