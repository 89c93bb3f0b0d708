// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/mongosink.h"
#include "base/logging.h"

namespace iam::records {

MongoSink::MongoSink(MongoOptions options, std::chrono::milliseconds timeout)
    : m_options(std::move(options))
    , m_timeout(timeout)
{
}

Result<> MongoSink::open()
{
    if (m_client) return {};
    auto client = MongoClient::open(m_options, m_timeout);
    if (!client) return fail(client);
    m_client = std::move(*client);
    return {};
}

Result<> MongoSink::write(std::span<const contract::DecisionRecord> records)
{
    std::vector<BsonDocument> documents;
    std::size_t bytes = 0;
    for (const contract::DecisionRecord& record : records) {
        BsonDocument document = mongoDocument(record);
        if (sizeOf(document) > m_options.documentBytes) document = mongoDocument(record, false);
        if (sizeOf(document) > m_options.documentBytes)
            return fail(Code::Validation, "a record is too large for a document (max_document_size_bytes)");
        if (!documents.empty() && bytes + sizeOf(document) > m_options.batchBytes) {
            if (auto inserted = insert(documents); !inserted) return inserted;
            documents.clear();
            bytes = 0;
        }
        bytes += sizeOf(document);
        documents.push_back(std::move(document));
    }
    return documents.empty() ? Result<>() : insert(documents);
}

Result<> MongoSink::insert(std::span<const BsonDocument> documents)
{
    if (auto ready = open(); !ready) return ready;
    Result<> inserted = m_client->insert(documents);
    if (!inserted && inserted.error().code != Code::Validation) m_client.reset();
    if (inserted && !m_indexed) {
        // Behind the first insert, which has made the collection. An index is a convenience: without it records go on.
        m_indexed = true;
        if (const auto made = m_client->makeIndex(); !made)
            qCWarning(lcRecords, "%s (the index of user names was not made)", made.error().detail.c_str());
    }
    return inserted;
}

} // namespace iam::records
