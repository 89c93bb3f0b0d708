// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/configreader.h"
#include "base/secret.h"
#include <cstdint>
#include <string>

namespace iam::records {

/// Keys as in the system this one replaces. What that could be told and this one refuses: to take a certificate that is
/// not in order, and to limit the collection, which throws records away without a word.
struct MongoOptions {
    SecretString url;       ///< mongo_url, with the database: "mongodb://user:password@host:27017/iam_analytics"
    std::string collection; ///< collection_name
    bool tls = false;       ///< mongo_use_ssl; the server's certificate is verified, its name included
    std::string caFile;     ///< mongo_ssl_ca_file
    std::string keyFile;    ///< mongo_ssl_pem_keyfile: our certificate and its key
    std::uint64_t batchBytes = 10 * 1024 * 1024;    ///< max_insert_batch_size_bytes
    std::uint64_t documentBytes = 10 * 1024 * 1024; ///< max_document_size_bytes

    static MongoOptions read(ConfigReader& reader);
};

} // namespace iam::records
