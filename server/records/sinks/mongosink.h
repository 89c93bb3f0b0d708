// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "records/sinks/mongoclient.h"
#include "records/sinks/mongooptions.h"
#include "records/sinks/sink.h"
#include <memory>

namespace iam::records {

/// A document of MongoDB for each record. What comes twice is stored once. A record that is too large is stored without
/// its policies and deciders; when it still is, or the server refuses it for what it is, that is Code::Validation.
class MongoSink final : public Sink {
public:
    MongoSink(MongoOptions options, std::chrono::milliseconds timeout);

    Result<> write(std::span<const contract::DecisionRecord> records) override;

private:
    Result<> open();
    Result<> insert(std::span<const BsonDocument> documents);

    const MongoOptions m_options;
    const std::chrono::milliseconds m_timeout;
    std::unique_ptr<MongoClient> m_client; ///< null: to be made
    bool m_indexed = false;                ///< it was tried
};

} // namespace iam::records
