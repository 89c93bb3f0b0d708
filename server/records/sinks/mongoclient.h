// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "base/secret.h"
#include "records/sinks/mongodocument.h"
#include "records/sinks/mongooptions.h"
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

namespace iam::records {

/// Code::Validation when it is no connection string that names a database; Code::StorageUnavailable when nobody can
/// tell, since MongoDB's library cannot be loaded. The detail says it without a word of the url. Looks nothing up.
Result<> checkMongoUrl(const SecretString& url);

/// One collection of a MongoDB server, or of several that are one. One thread at a time. Nothing of what the server
/// says about a document is repeated: it may tell what is in it.
class MongoClient {
public:
    /// Does not connect yet, but a mongodb+srv:// url is looked up. Code::StorageUnavailable.
    static Result<std::unique_ptr<MongoClient>> open(const MongoOptions& options, std::chrono::milliseconds wait);
    ~MongoClient();

    /// Inserts all of them, or finds them there; success when a majority of the servers has them. Code::Validation: the
    /// server refuses at least one for what it is, the others may be there. Code::StorageUnavailable: anything else;
    /// make a new client then, for this one may wait before it tries to connect again.
    Result<> insert(std::span<const BsonDocument> documents);
    /// Makes the index that a look at one user's decisions needs, unless it is there.
    Result<> makeIndex();

private:
    struct Private;
    explicit MongoClient(std::unique_ptr<Private> p);

    const std::unique_ptr<Private> d;
};

} // namespace iam::records
