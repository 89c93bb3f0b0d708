// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <mongoc/mongoc.h>

// What of the library the mongo sink uses, one name a line.
#define IAM_MONGOC_FUNCTIONS(X)                                                                                        \
    X(mongoc_client_destroy)                                                                                           \
    X(mongoc_client_get_collection)                                                                                    \
    X(mongoc_client_new_from_uri_with_error)                                                                           \
    X(mongoc_client_set_error_api)                                                                                     \
    X(mongoc_client_write_command_with_opts)                                                                           \
    X(mongoc_collection_destroy)                                                                                       \
    X(mongoc_collection_insert_many)                                                                                   \
    X(mongoc_init)                                                                                                     \
    X(mongoc_log_set_handler)                                                                                          \
    X(mongoc_uri_destroy)                                                                                              \
    X(mongoc_uri_get_database)                                                                                         \
    X(mongoc_uri_new_with_error)                                                                                       \
    X(mongoc_uri_set_option_as_bool)                                                                                   \
    X(mongoc_uri_set_option_as_int32)                                                                                  \
    X(mongoc_uri_set_option_as_utf8)                                                                                   \
    X(mongoc_write_concern_append)                                                                                     \
    X(mongoc_write_concern_destroy)                                                                                    \
    X(mongoc_write_concern_new)                                                                                        \
    X(mongoc_write_concern_set_wmajority)

namespace iam::records {

/// libmongoc, which is loaded by who needs it and not linked: as soon as it is loaded it puts counters into shared
/// memory, which outlive a process that is killed, and brings libraries with it of which nobody else has a use. Its
/// functions under their own names; they stay until the process ends.
struct MongoLibrary {
    /// Loads it, the first time; it keeps its counters to itself then, and logs nothing. Code::StorageUnavailable when
    /// it cannot be loaded, with a sentence why. The first call writes to the environment, so it belongs where the
    /// configuration is read, before there are threads that look at it.
    static Result<MongoLibrary> load(const char* file = "libmongoc-1.0.so.0");

#define IAM_MONGOC_MEMBER(name) decltype(&::name) name = nullptr;
    IAM_MONGOC_FUNCTIONS(IAM_MONGOC_MEMBER)
#undef IAM_MONGOC_MEMBER
};

} // namespace iam::records
