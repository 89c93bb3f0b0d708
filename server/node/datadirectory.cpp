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
#include <utility>

namespace iam::node {

Result<DataDirectory> DataDirectory::open(const std::string& path)
{
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) {
        std::filesystem::create_directories(path, error);
        if (error) return fail(Code::StorageUnavailable, "data directory " + path + " cannot be made: " + error.message());
        if (::chmod(path.c_str(), 0700) != 0)
            return fail(Code::StorageUnavailable, "data directory " + path + " cannot be kept private: " + std::strerror(errno));
    }
    const std::string file = path + "/lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return fail(Code::StorageUnavailable, "data directory " + path + " cannot be used: " + std::strerror(errno));
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        const std::string why = held ? "is in use by another server" : std::string("cannot be locked: ") + std::strerror(errno);
        ::close(lock);
        return fail(Code::StorageUnavailable, "data directory " + path + " " + why);
    }
    return DataDirectory(path, lock);
}

DataDirectory::DataDirectory(std::string path, int lock)
    : m_path(std::move(path))
    , m_lock(lock)
{
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_lock(std::exchange(other.m_lock, -1))
{
}

DataDirectory& DataDirectory::operator=(DataDirectory&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_lock, other.m_lock);
    return *this;
}

DataDirectory::~DataDirectory()
{
    if (m_lock >= 0) ::close(m_lock);
}

bool DataDirectory::has(const std::string& name) const
{
    std::error_code error;
    return std::filesystem::exists(file(name), error);
}

} // namespace iam::node
