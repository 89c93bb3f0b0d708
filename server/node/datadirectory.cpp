// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/datadirectory.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace iam::node {

Result<DataDirectory::Lock> DataDirectory::Lock::take(const std::string& file, int how, const std::string& heldBy)
{
    Lock lock;
    lock.m_file = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock.m_file < 0) return fail(Code::StorageUnavailable, file + " cannot be used: " + std::strerror(errno));
    while (::flock(lock.m_file, how) != 0) {
        if (errno == EINTR) continue;
        if (errno == EWOULDBLOCK) return fail(Code::StorageUnavailable, heldBy);
        return fail(Code::StorageUnavailable, file + " cannot be locked: " + std::strerror(errno));
    }
    return lock;
}

DataDirectory::Lock::Lock(Lock&& other) noexcept
    : m_file(std::exchange(other.m_file, -1))
{
}

DataDirectory::Lock& DataDirectory::Lock::operator=(Lock&& other) noexcept
{
    Lock old(std::move(*this));
    m_file = std::exchange(other.m_file, -1);
    return *this;
}

DataDirectory::Lock::~Lock()
{
    if (m_file >= 0) ::close(m_file);
}

Result<> DataDirectory::makeFolder(const std::string& path)
{
    const std::string name = "data directory " + path;
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return {};
    std::filesystem::create_directories(path, error);
    if (error) return fail(Code::StorageUnavailable, name + " cannot be made: " + error.message());
    if (::chmod(path.c_str(), 0700) != 0)
        return fail(Code::StorageUnavailable, name + " cannot be kept private: " + std::strerror(errno));
    return {};
}

Result<DataDirectory> DataDirectory::make(const std::string& path, int how)
{
    if (auto made = makeFolder(path); !made) return fail(made);
    DataDirectory directory(path);
    auto whole = Lock::take(path + "/lock", how, "data directory " + path + " is in use by another server");
    if (!whole) return fail(whole);
    directory.m_whole = std::move(*whole);
    return directory;
}

Result<DataDirectory> DataDirectory::open(const std::string& path)
{
    return make(path, LOCK_EX | LOCK_NB);
}

Result<DataDirectory> DataDirectory::openShared(const std::string& path, const std::vector<std::string>& claims)
{
    auto directory = make(path, LOCK_SH | LOCK_NB);
    if (!directory) return directory;
    for (const std::string& claim : claims) {
        auto lock = Lock::take(path + "/lock-" + claim, LOCK_EX | LOCK_NB,
                               "data directory " + path + ": " + claim + " runs already, in another process");
        if (!lock) return fail(lock);
        directory->m_claims.push_back(std::move(*lock));
    }
    auto start = Lock::take(path + "/lock-start", LOCK_EX, {});
    if (!start) return fail(start);
    directory->m_start = std::move(*start);
    return directory;
}

bool DataDirectory::has(const std::string& name) const
{
    std::error_code error;
    return std::filesystem::exists(file(name), error);
}

} // namespace iam::node
