// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/journalfiles.h"
#include "base/logging.h"
#include "base/timetext.h"
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace iam::cluster {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "journal-";
constexpr std::string_view suffix = ".jsonl";
constexpr std::size_t dayLength = 10; // 2026-11-22
constexpr int mostParts = 999;
/// A wall clock that was set by more than this since the start says nothing about how old a file is.
constexpr std::chrono::hours clockTolerance{1};

std::string dayOf(TimePoint time)
{
    return toRfc3339(time).substr(0, dayLength);
}

bool isJournal(const std::string& name)
{
    return name.starts_with(prefix) && name.ends_with(suffix) &&
           name.size() == prefix.size() + dayLength + 4 + suffix.size();
}

std::string pathOf(const std::string& directory, const std::string& day, int part)
{
    std::string number = std::to_string(part);
    number.insert(0, 3 - number.size(), '0');
    return directory + '/' + std::string(prefix) + day + '.' + number + std::string(suffix);
}

tl::unexpected<Error> systemFault(const std::string& path, const char* what)
{
    return fail(Code::StorageUnavailable, path + ": " + what + ": " + std::strerror(errno));
}

} // namespace

JournalFiles::JournalFiles(Config config, const Clock& clock)
    : m_config(std::move(config))
    , m_clock(clock)
    , m_offset(clockOffset())
{
}

JournalFiles::JournalFiles(JournalFiles&& other) noexcept
    : m_config(std::move(other.m_config))
    , m_clock(other.m_clock)
    , m_offset(other.m_offset)
    , m_file(std::exchange(other.m_file, -1))
    , m_size(other.m_size)
    , m_path(std::move(other.m_path))
    , m_day(std::move(other.m_day))
{
}

JournalFiles::~JournalFiles()
{
    close();
}

std::chrono::milliseconds JournalFiles::clockOffset() const
{
    return m_clock.now().time_since_epoch() -
           std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.steadyNow().time_since_epoch());
}

Result<JournalFiles> JournalFiles::open(Config config, const Clock& clock)
{
    std::error_code error;
    fs::create_directories(config.directory, error);
    if (error) return fail(Code::StorageUnavailable, config.directory + " cannot be made: " + error.message());
    if (::chmod(config.directory.c_str(), 0700) != 0) return systemFault(config.directory, "cannot be kept private");
    return JournalFiles(std::move(config), clock);
}

std::vector<std::string> JournalFiles::list(const std::string& directory)
{
    std::vector<std::string> paths;
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
        if (isJournal(entry->path().filename().string())) paths.push_back(entry->path().string());
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::string JournalFiles::nameOfDay(TimePoint time)
{
    return std::string(prefix) + dayOf(time);
}

void JournalFiles::close() noexcept
{
    if (m_file >= 0) ::close(std::exchange(m_file, -1));
}

/// Opens the newest file of the day, or makes the next one when that is full.
Result<> JournalFiles::begin(const std::string& day)
{
    close();
    const std::uint64_t part = std::max<std::uint64_t>(m_config.maxSize / 8, 1);
    for (int number = 0; number <= mostParts; ++number) {
        const std::string path = pathOf(m_config.directory, day, number);
        struct stat status {};
        const bool there = ::stat(path.c_str(), &status) == 0;
        if (there && (static_cast<std::uint64_t>(status.st_size) >= part ||
                      ::access(pathOf(m_config.directory, day, number + 1).c_str(), F_OK) == 0))
            continue;
        m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (m_file < 0) return systemFault(path, "cannot be opened");
        m_path = path;
        m_day = day;
        m_size = there ? static_cast<std::uint64_t>(status.st_size) : 0;
        char last = '\n';
        if (m_size > 0 && ::pread(m_file, &last, 1, static_cast<off_t>(m_size - 1)) == 1 && last != '\n')
            if (auto done = write("\n"); !done) return done;
        prune();
        return write(m_config.head + '\n');
    }
    return fail(Code::StorageUnavailable, m_config.directory + ": too many files of one day");
}

/// Whole or not at all: what came only in part, because the disk is full, is taken back.
Result<> JournalFiles::write(std::string_view bytes)
{
    const ssize_t written = ::write(m_file, bytes.data(), bytes.size());
    if (written == static_cast<ssize_t>(bytes.size())) {
        m_size += bytes.size();
        return {};
    }
    if (written >= 0) errno = ENOSPC;
    const auto failed = systemFault(m_path, "cannot be written");
    if (written > 0 && ::ftruncate(m_file, static_cast<off_t>(m_size)) != 0) close();
    return failed;
}

Result<> JournalFiles::append(std::string_view line, bool sync)
{
    const std::string day = dayOf(m_clock.now());
    if (m_file < 0 || day != m_day || m_size >= std::max<std::uint64_t>(m_config.maxSize / 8, 1)) {
        if (auto done = begin(day); !done) {
            close();
            return done;
        }
    }
    if (auto done = write(std::string(line) + '\n'); !done) return done;
    if (sync && ::fdatasync(m_file) != 0) return systemFault(m_path, "cannot be synchronized");
    return {};
}

void JournalFiles::prune()
{
    const std::vector<std::string> paths = list(m_config.directory);
    const auto drift = clockOffset() - m_offset;
    const bool evenly = drift < clockTolerance && drift > -clockTolerance;
    const std::string oldest = nameOfDay(m_clock.now() - m_config.retention);
    std::uint64_t total = 0;
    for (auto path = paths.rbegin(); path != paths.rend(); ++path) {
        std::error_code error;
        const std::uint64_t size = fs::file_size(*path, error);
        if (!error) total += size;
        if (*path == m_path) continue;
        const std::string name = fs::path(*path).filename().string();
        const bool old = evenly && name.substr(0, oldest.size()) < oldest;
        // Room for the file that is begun now is kept free.
        if (!old && total + m_config.maxSize / 8 <= m_config.maxSize) continue;
        if (fs::remove(*path, error)) qCInfo(lcCluster, "%s is removed", path->c_str());
    }
}

} // namespace iam::cluster
