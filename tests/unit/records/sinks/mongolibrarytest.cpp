// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How libmongoc comes into a process.
#include "records/sinks/mongolibrary.h"
#include "support/verifyresult.h"
#include <QFile>
#include <QTest>
#include <dlfcn.h>
#include <unistd.h>

using namespace iam;
using namespace iam::records;

namespace {

bool isLoaded()
{
    return ::dlopen("libmongoc-1.0.so.0", RTLD_NOW | RTLD_NOLOAD) != nullptr;
}

} // namespace

class MongoLibraryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // In this order: what is loaded stays.
    void whatIsNotThereIsNamed()
    {
        const auto library = MongoLibrary::load("libmongoc-of-another-time.so.7");
        VERIFY_CODE(library, Code::StorageUnavailable);
        QVERIFY2(library.error().detail.starts_with("MongoDB's C library cannot be loaded: "
                                                    "libmongoc-of-another-time.so.7: "),
                 library.error().detail.c_str());
        QVERIFY(!isLoaded());
    }
    void anotherLibraryIsNotTaken()
    {
        const auto library = MongoLibrary::load("libc.so.6");
        VERIFY_CODE(library, Code::StorageUnavailable);
        QVERIFY2(library.error().detail.find("mongoc_client_destroy") != std::string::npos,
                 library.error().detail.c_str());
        QVERIFY(!isLoaded());
    }
    void itComesWithoutSharedMemory()
    {
        for (int time = 0; time < 2; ++time) VERIFY_OK(MongoLibrary::load());
        QVERIFY(isLoaded());
        QVERIFY(!QFile::exists(QStringLiteral("/dev/shm/mongoc-%1").arg(::getpid())));
    }
};

QTEST_GUILESS_MAIN(MongoLibraryTest)
#include "mongolibrarytest.moc"
