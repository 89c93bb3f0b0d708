// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/mongolibrary.h"
#include <cstdlib>
#include <dlfcn.h>

namespace iam::records {

namespace {

tl::unexpected<Error> notLoaded()
{
    const char* const why = ::dlerror();
    return fail(Code::StorageUnavailable,
                std::string("MongoDB's C library cannot be loaded: ") + (why != nullptr ? why : "no reason is given"));
}

} // namespace

Result<MongoLibrary> MongoLibrary::load(const char* file)
{
    ::setenv("MONGOC_DISABLE_SHM", "1", 0);
    void* const handle = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return notLoaded();
    MongoLibrary library;
#define IAM_MONGOC_FIND(name)                                                                                          \
    library.name = reinterpret_cast<decltype(library.name)>(::dlsym(handle, #name));                                   \
    if (library.name == nullptr) return notLoaded();
    IAM_MONGOC_FUNCTIONS(IAM_MONGOC_FIND)
#undef IAM_MONGOC_FIND
    // It would write to standard error, and what is wrong with a connection string may be its password.
    library.mongoc_log_set_handler(nullptr, nullptr);
    library.mongoc_init(); // which only the first call does
    return library;
}

} // namespace iam::records
