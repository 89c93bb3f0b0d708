// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/csvfile.h"
#include "base/logging.h"
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>

namespace iam::records {

namespace {

using std::chrono::steady_clock;

constexpr int mostOfOneName = 1000;
// The group may read what a reader's account is put into; nobody else is shown who may do what.
constexpr mode_t fileMode = 0640;
constexpr auto folderMode =
    std::filesystem::perms::owner_all | std::filesystem::perms::group_read | std::filesystem::perms::group_exec;

tl::unexpected<Error> failed(const std::string& path, const char* what)
{
    const int error = errno;
    return fail(Code::StorageUnavailable, path + " " + what + ": " + std::strerror(error));
}

/// Makes what was written into a folder (the names in it) last.
Result<> syncFolder(const std::string& path)
{
    const FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) return failed(path, "cannot be written to the disk");
    return {};
}

Result<> makeFolder(const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return {};
    std::filesystem::create_directories(path, error);
    if (error) return fail(Code::StorageUnavailable, path + " cannot be made: " + error.message());
    std::filesystem::permissions(path, folderMode, error);
    if (error) return fail(Code::StorageUnavailable, path + " cannot be made: " + error.message());
    const std::filesystem::path above = std::filesystem::absolute(path, error).parent_path();
    return error ? Result<>() : syncFolder(above.string());
}

Result<off_t> sizeOf(const FileDescriptor& file, const std::string& path)
{
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return failed(path, "cannot be looked at");
    return status.st_size;
}

/// Where the last whole line ends; 0 when there is none.
Result<off_t> endOfLines(const FileDescriptor& file, const std::string& path, off_t size)
{
    std::array<char, 64 * 1024> part;
    for (off_t end = size; end > 0;) {
        const off_t begin = std::max<off_t>(0, end - static_cast<off_t>(part.size()));
        const ssize_t got = ::pread(file.get(), part.data(), static_cast<std::size_t>(end - begin), begin);
        if (got != end - begin) return failed(path, "cannot be read");
        const auto at = std::string_view(part.data(), static_cast<std::size_t>(got)).rfind('\n');
        if (at != std::string_view::npos) return begin + static_cast<off_t>(at) + 1;
        end = begin;
    }
    return off_t{0};
}

Result<> writeAll(const FileDescriptor& file, const std::string& path, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t done = ::write(file.get(), bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return failed(path, "cannot be written to");
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

} // namespace

Result<> CsvFile::append(const std::string& name, std::string_view header, std::string_view lines,
                         std::chrono::milliseconds timeout)
{
    const auto until = steady_clock::now() + timeout;
    // Somebody may have moved or removed the file: what went into it then would be acknowledged and gone.
    if (m_name != name || !m_file || !isStillThere()) {
        if (auto opened = open(name, header, until); !opened) return opened;
    } else if (auto locked = lock(until); !locked) {
        return locked;
    }
    Result<> added = add(header, lines);
    if (added)
        ::flock(m_file.get(), LOCK_UN);
    else
        close(); // what the kernel still thinks of the file after a failed fsync is not to be trusted
    return added;
}

/// Leaves the file open and locked.
Result<> CsvFile::open(const std::string& name, std::string_view header, steady_clock::time_point until)
{
    close();
    m_name = name;
    if (auto made = makeFolder(m_folder); !made) return made;
    for (int number = 1; number <= mostOfOneName; ++number) {
        const auto fits = openNumber(number, header, until);
        if (fits && *fits) return syncFolder(m_folder);
        close();
        if (!fits) return fail(fits);
    }
    return fail(Code::StorageUnavailable, m_folder + " has too many other files of the name " + name);
}

/// Whether that file may be appended to.
Result<bool> CsvFile::openNumber(int number, std::string_view header, steady_clock::time_point until)
{
    m_path = m_folder + "/" + m_name + (number > 1 ? "-" + std::to_string(number) : std::string()) + ".csv";
    m_file = FileDescriptor(::open(m_path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, fileMode));
    if (!m_file) return failed(m_path, "cannot be opened");
    if (auto locked = lock(until); !locked) return fail(locked);
    std::string begin(header.size(), '\0');
    const ssize_t got = ::pread(m_file.get(), begin.data(), begin.size(), 0);
    if (got < 0) return failed(m_path, "cannot be read");
    // A file shorter than its header was torn there.
    return header.starts_with(std::string_view(begin).substr(0, static_cast<std::size_t>(got)));
}

Result<> CsvFile::lock(steady_clock::time_point until)
{
    while (::flock(m_file.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return failed(m_path, "cannot be locked");
        if (steady_clock::now() >= until)
            return fail(Code::StorageUnavailable, m_path + " is locked by another process");
        std::this_thread::sleep_for(std::chrono::milliseconds(2)); // flock(2) knows no time-out
    }
    return {};
}

/// The file is locked.
Result<> CsvFile::add(std::string_view header, std::string_view lines)
{
    const auto size = sizeOf(m_file, m_path);
    if (!size) return fail(size);
    const auto end = endOfLines(m_file, m_path, *size);
    if (!end) return fail(end);
    if (*end < *size) {
        if (::ftruncate(m_file.get(), *end) != 0) return failed(m_path, "has a torn line that cannot be cut off");
        qCWarning(lcRecords,
                  "%s: the last %lld bytes were no whole line and are cut off; what they belong to is written again",
                  m_path.c_str(), static_cast<long long>(*size - *end));
    }
    Result<> done = *end == 0 ? writeAll(m_file, m_path, header) : Result<>();
    if (done) done = writeAll(m_file, m_path, lines);
    if (done && ::fdatasync(m_file.get()) != 0) done = failed(m_path, "cannot be written to the disk");
    if (!done && ::ftruncate(m_file.get(), *end) != 0)
        qCWarning(lcRecords, "%s: what was written in part cannot be taken back", m_path.c_str());
    return done;
}

bool CsvFile::isStillThere() const
{
    struct stat open {};
    struct stat named {};
    return ::fstat(m_file.get(), &open) == 0 && ::lstat(m_path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
           open.st_ino == named.st_ino;
}

} // namespace iam::records
