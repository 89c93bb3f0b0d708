// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/mongoclient.h"
#include "records/sinks/mongolibrary.h"
#include <algorithm>
#include <array>

namespace iam::records {

namespace {

/// What the library made, with the function that takes it back.
template <class T>
using MongoOwned = std::unique_ptr<T, void (*)(T*)>;

/// A document on the stack, that a function of the library fills or we do.
struct Reply {
    bson_t document = BSON_INITIALIZER;
    Reply() = default;
    ~Reply() { bson_destroy(&document); }
    Reply(const Reply&) = delete;
    Reply& operator=(const Reply&) = delete;
};

/// Errors that are about the document, not about the server (github.com/mongodb/mongo, error_codes.yml): BadValue,
/// FailedToParse, TypeMismatch, InvalidBSON, DollarPrefixedFieldName, InvalidIdField, EmptyFieldName, DottedFieldName,
/// DocumentValidationFailure, BSONObjectTooLarge, and what an index of somebody else cannot hold.
constexpr std::array documentFaults{2, 9, 14, 22, 52, 53, 56, 57, 121, 10334, 16755, 17280};
constexpr int duplicateKey = 11000;

MongoOwned<mongoc_uri_t> parse(const MongoLibrary& mongo, const SecretString& url)
{
    return {mongo.mongoc_uri_new_with_error(url.reveal().c_str(), nullptr), mongo.mongoc_uri_destroy};
}

tl::unexpected<Error> unavailable(const bson_error_t& error)
{
    return fail(Code::StorageUnavailable, std::string("MongoDB: ") + error.message);
}

/// What became of the documents of one insert.
struct Outcome {
    std::size_t inserted = 0;
    std::size_t present = 0; ///< under the same _id
    int fault = 0;           ///< code of one that was refused for what it is
    int other = 0;           ///< code of another error
};

bool isAboutId(const bson_iter_t& error)
{
    bson_iter_t pattern;
    if (bson_iter_t at = error; bson_iter_find_descendant(&at, "keyPattern._id", &pattern)) return true;
    // Servers before 4.4 say it in words only.
    bson_iter_t at = error;
    return bson_iter_find(&at, "errmsg") && BSON_ITER_HOLDS_UTF8(&at) &&
           std::string_view(bson_iter_utf8(&at, nullptr)).find("_id_ ") != std::string_view::npos;
}

void countError(const bson_iter_t& error, Outcome& outcome)
{
    bson_iter_t at = error;
    const int code = bson_iter_find(&at, "code") ? static_cast<int>(bson_iter_as_int64(&at)) : 0;
    if (code == duplicateKey && isAboutId(error))
        ++outcome.present;
    else if (code == duplicateKey ||
             std::find(documentFaults.begin(), documentFaults.end(), code) != documentFaults.end())
        outcome.fault = code;
    else
        outcome.other = code != 0 ? code : -1;
}

Outcome outcomeOf(const bson_t& reply)
{
    Outcome outcome;
    bson_iter_t at;
    if (bson_iter_init_find(&at, &reply, "insertedCount"))
        outcome.inserted = static_cast<std::size_t>(bson_iter_as_int64(&at));
    bson_iter_t errors;
    if (bson_iter_init_find(&at, &reply, "writeErrors") && BSON_ITER_HOLDS_ARRAY(&at) &&
        bson_iter_recurse(&at, &errors)) {
        while (bson_iter_next(&errors)) {
            bson_iter_t error;
            if (BSON_ITER_HOLDS_DOCUMENT(&errors) && bson_iter_recurse(&errors, &error)) countError(error, outcome);
        }
    }
    if (bson_iter_init_find(&at, &reply, "writeConcernErrors") && BSON_ITER_HOLDS_ARRAY(&at) &&
        bson_iter_recurse(&at, &errors) && bson_iter_next(&errors))
        outcome.other = 64; // WriteConcernFailed
    return outcome;
}

} // namespace

struct MongoClient::Private {
    const MongoLibrary mongo;
    const std::int32_t timeout;
    const std::string database;
    const std::string name;
    const MongoOwned<mongoc_client_t> client;
    const MongoOwned<mongoc_collection_t> collection;
};

Result<> checkMongoUrl(const SecretString& url)
{
    const auto mongo = MongoLibrary::load();
    if (!mongo) return fail(mongo);
    const auto uri = parse(*mongo, url);
    const char* const database = uri ? mongo->mongoc_uri_get_database(uri.get()) : nullptr;
    if (database != nullptr && *database != '\0') return {};
    return fail(Code::Validation, "must be a connection string of MongoDB that names the database");
}

MongoClient::MongoClient(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

MongoClient::~MongoClient() = default;

Result<std::unique_ptr<MongoClient>> MongoClient::open(const MongoOptions& options, std::chrono::milliseconds wait)
{
    const auto mongo = MongoLibrary::load();
    if (!mongo) return fail(mongo);
    const auto uri = parse(*mongo, options.url);
    if (!uri) return fail(Code::StorageUnavailable, "MongoDB: the connection string cannot be used");
    const auto timeout = static_cast<std::int32_t>(std::clamp<std::int64_t>(wait.count(), 1, 3'600'000));
    for (const char* key :
         {MONGOC_URI_CONNECTTIMEOUTMS, MONGOC_URI_SOCKETTIMEOUTMS, MONGOC_URI_SERVERSELECTIONTIMEOUTMS})
        mongo->mongoc_uri_set_option_as_int32(uri.get(), key, timeout);
    if (options.tls) mongo->mongoc_uri_set_option_as_bool(uri.get(), MONGOC_URI_TLS, true);
    if (!options.caFile.empty())
        mongo->mongoc_uri_set_option_as_utf8(uri.get(), MONGOC_URI_TLSCAFILE, options.caFile.c_str());
    if (!options.keyFile.empty())
        mongo->mongoc_uri_set_option_as_utf8(uri.get(), MONGOC_URI_TLSCERTIFICATEKEYFILE, options.keyFile.c_str());
    bson_error_t error{};
    MongoOwned<mongoc_client_t> client(mongo->mongoc_client_new_from_uri_with_error(uri.get(), &error),
                                       mongo->mongoc_client_destroy);
    if (!client) return unavailable(error);
    mongo->mongoc_client_set_error_api(client.get(), MONGOC_ERROR_API_VERSION_2);
    const std::string database = mongo->mongoc_uri_get_database(uri.get());
    MongoOwned<mongoc_collection_t> collection(
        mongo->mongoc_client_get_collection(client.get(), database.c_str(), options.collection.c_str()),
        mongo->mongoc_collection_destroy);
    return std::unique_ptr<MongoClient>(new MongoClient(std::unique_ptr<Private>(
        new Private{*mongo, timeout, database, options.collection, std::move(client), std::move(collection)})));
}

Result<> MongoClient::insert(std::span<const BsonDocument> documents)
{
    std::vector<const _bson_t*> list;
    for (const BsonDocument& document : documents) list.push_back(document.get());
    const MongoLibrary& mongo = d->mongo;
    const MongoOwned<mongoc_write_concern_t> concern(mongo.mongoc_write_concern_new(),
                                                     mongo.mongoc_write_concern_destroy);
    mongo.mongoc_write_concern_set_wmajority(concern.get(), d->timeout);
    Reply options;
    mongo.mongoc_write_concern_append(concern.get(), &options.document);
    BSON_APPEND_BOOL(&options.document, "ordered", false);
    Reply reply;
    bson_error_t error{};
    bson_destroy(&reply.document); // the library initializes it
    if (mongo.mongoc_collection_insert_many(d->collection.get(), list.data(), list.size(), &options.document,
                                            &reply.document, &error))
        return {};
    const Outcome outcome = outcomeOf(reply.document);
    const bool settled = outcome.inserted + outcome.present == list.size();
    if (settled && outcome.other == 0) return {};
    if (error.domain == MONGOC_ERROR_BSON) return fail(Code::Validation, "MongoDB: a document is too large");
    if (outcome.other != 0 || outcome.fault == 0) {
        if (outcome.other == 0) return unavailable(error);
        return fail(Code::StorageUnavailable, "MongoDB: the insert failed with code " + std::to_string(outcome.other));
    }
    return fail(Code::Validation, "MongoDB: a document is refused with code " + std::to_string(outcome.fault));
}

Result<> MongoClient::makeIndex()
{
    const BsonDocument command(BCON_NEW("createIndexes", BCON_UTF8(d->name.c_str()), "indexes", "[", "{", "key", "{",
                                        "username", BCON_INT32(1), "timestamp", BCON_INT32(-1), "}", "name",
                                        BCON_UTF8("username_1_timestamp_-1"), "}", "]"));
    bson_error_t error{};
    if (d->mongo.mongoc_client_write_command_with_opts(d->client.get(), d->database.c_str(), command.get(), nullptr,
                                                       nullptr, &error))
        return {};
    return unavailable(error);
}

} // namespace iam::records
