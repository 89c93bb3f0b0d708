// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/trackfile.h"
#include "base/filedescriptor.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>

namespace iam::cluster {

TrackFile::TrackFile(std::string path)
    : m_path(std::move(path))
{
}

TrackFile::~TrackFile()
{
    if (m_written.value_or(false)) static_cast<void>(write(false));
}

Result<> TrackFile::write(bool surrender)
{
    const std::string beside = m_path + ".new";
    const auto failed = [&](const std::string& path) {
        return fail(Code::Unknown, path + " cannot be written: " + std::strerror(errno));
    };
    ::unlink(beside.c_str());
    const FileDescriptor file(
        ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644)); // keepalived reads it
    if (!file || ::write(file.get(), surrender ? "1\n" : "0\n", 2) != 2) return failed(beside);
    if (::rename(beside.c_str(), m_path.c_str()) != 0) return failed(m_path);
    m_written = surrender;
    return {};
}

} // namespace iam::cluster
