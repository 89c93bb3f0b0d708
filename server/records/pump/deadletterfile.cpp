// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/pump/deadletterfile.h"
#include "base/filedescriptor.h"
#include "base/logging.h"
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/json.h"
#include "crypto/base64.h"
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace iam::records {

namespace {

/// A new name is there after a crash only when its folder is on the disk.
bool syncFolderOf(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    const FileDescriptor file(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file && ::fsync(file.get()) == 0;
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// Whether the last process died in the middle of a line.
bool endsWithinLine(int file, off_t size)
{
    char last = '\n';
    return size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

} // namespace

DeadLetterFile::DeadLetterFile(Config config, const Clock& clock)
    : m_config(std::move(config))
    , m_clock(clock)
{
}

Result<std::unique_ptr<DeadLetterFile>> DeadLetterFile::open(Config config, const Clock& clock)
{
    std::unique_ptr<DeadLetterFile> file(new DeadLetterFile(std::move(config), clock));
    if (auto done = file->append({}); !done) return fail(done);
    return file;
}

Result<> DeadLetterFile::add(std::string_view source, std::string_view sink, std::string_view reason,
                             const contract::DecisionRecord& record)
{
    std::string line;
    {
        contract::JsonObjectWriter object(line);
        object.text("time", toRfc3339(m_clock.now())).text("source", source).text("sink", sink).text("reason", reason);
        object.raw("record") += contract::encodeDecisionRecord(record);
    }
    return append(line + '\n');
}

Result<> DeadLetterFile::addBytes(std::string_view source, std::string_view reason, std::string_view bytes)
{
    std::string line;
    {
        contract::JsonObjectWriter object(line);
        object.text("time", toRfc3339(m_clock.now()))
            .text("source", source)
            .text("reason", reason)
            .text("bytes", crypto::toBase64(bytes));
    }
    return append(line + '\n');
}

tl::unexpected<Error> DeadLetterFile::fault(const char* what) const
{
    const int number = errno;
    return fail(Code::StorageUnavailable, m_config.path + ": " + what + ": " + std::strerror(number));
}

Result<> DeadLetterFile::append(const std::string& line)
{
    const std::lock_guard lock(m_mutex);
    if (auto done = makeRoom(line.size()); !done) return done;
    // Opened each time: another pump, which took over for a while, may have moved it away.
    const FileDescriptor file(
        ::open(m_config.path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return fault("cannot be opened");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return fault("cannot be examined");
    if (!S_ISREG(status.st_mode)) return fail(Code::StorageUnavailable, m_config.path + ": is not a file");
    const bool torn = endsWithinLine(file.get(), status.st_size);
    if (!writeAll(file.get(), (torn ? "\n" : "") + line) || ::fdatasync(file.get()) != 0) {
        const auto failure = fault("cannot be written");
        if (::ftruncate(file.get(), status.st_size) != 0)
            qCWarning(lcRecords, "%s ends with a part of a line", m_config.path.c_str());
        return failure;
    }
    if (status.st_size == 0 && !syncFolderOf(m_config.path)) return fault("its folder cannot be written");
    return {};
}

/// Moves the files on when the first one has no room for so much.
Result<> DeadLetterFile::makeRoom(std::uint64_t size)
{
    struct stat status {};
    if (::lstat(m_config.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
    const auto used = static_cast<std::uint64_t>(status.st_size);
    if (used == 0 || used + size <= m_config.maxSize) return {};
    const auto name = [this](int number) {
        return number == 0 ? m_config.path : m_config.path + '.' + std::to_string(number);
    };
    if (::unlink(name(m_config.maxFiles - 1).c_str()) == 0) {
        ++m_removedFiles;
        qCWarning(lcRecords, "There are too many dead letters: the oldest %llu bytes of them were removed",
                  static_cast<unsigned long long>(m_config.maxSize));
    }
    for (int number = m_config.maxFiles - 1; number > 0; --number) {
        if (::rename(name(number - 1).c_str(), name(number).c_str()) != 0 && errno != ENOENT)
            return fault("cannot be moved");
    }
    return {};
}

} // namespace iam::records
