// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/mongooptions.h"
#include "records/sinks/mongoclient.h"

namespace iam::records {

namespace {

void refuseTrue(ConfigReader& reader, const char* key, const char* why)
{
    bool value = false;
    reader.boolean(key, value);
    if (value) reader.fault(key, why);
}

} // namespace

MongoOptions MongoOptions::read(ConfigReader& reader)
{
    MongoOptions options;
    std::optional<SecretString> url;
    reader.secret("mongo_url", url, 1, 4096);
    if (url) options.url = std::move(*url);
    if (options.url.empty() && !reader.hasFault("mongo_url"))
        reader.fault("mongo_url", "is missing");
    else if (!options.url.empty())
        if (const auto good = checkMongoUrl(options.url); !good) reader.fault("mongo_url", good.error().detail);
    reader.string("collection_name", options.collection, false);
    if (options.collection.empty() && !reader.hasFault("collection_name"))
        reader.fault("collection_name", "is missing");
    reader.boolean("mongo_use_ssl", options.tls);
    reader.string("mongo_ssl_ca_file", options.caFile);
    reader.string("mongo_ssl_pem_keyfile", options.keyFile);
    refuseTrue(reader, "mongo_ssl_insecure_skip_verify",
               "is refused: name what signed the server's certificate in mongo_ssl_ca_file");
    refuseTrue(reader, "mongo_ssl_allow_invalid_hostnames",
               "is refused: connect to a name that the server's certificate has");
    refuseTrue(reader, "collection_cap_enable", "is refused: a capped collection throws records away without a word");
    reader.know("collection_cap_max_size_bytes");
    int type = 0; // 1: DocumentDB, which needs nothing else of us
    reader.integer("mongo_db_type", type, 0, 1);
    reader.size("max_insert_batch_size_bytes", options.batchBytes, 1024, 40 * 1024 * 1024);
    reader.size("max_document_size_bytes", options.documentBytes, 1024, 15 * 1024 * 1024);
    return options;
}

} // namespace iam::records
