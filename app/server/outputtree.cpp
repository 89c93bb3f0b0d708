// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outputtree.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <linux/fs.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace iam::app {
namespace {

namespace fs = std::filesystem;

/// Its presence says that a folder is ours to replace.
constexpr const char* markName = ".iam-rendering";

tl::unexpected<Error> failed(const std::string& what, const std::string& path, int number)
{
    return fail(Code::StorageUnavailable, what + ' ' + path + ": " + std::strerror(number));
}

/// The folder in which everything is made complete; removed again unless it took the place it was made for.
class Draft {
public:
    explicit Draft(std::string path)
        : m_path(std::move(path))
    {
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    ~Draft()
    {
        std::error_code ignored; // what is left over has a name that nobody reads
        if (!m_path.empty()) fs::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::string& path() const noexcept { return m_path; }
    void keep() noexcept { m_path.clear(); }

private:
    std::string m_path;
};

Result<> writeFile(const std::string& path, const std::string& content, unsigned mode)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return failed("cannot make", path, errno);
    std::size_t done = 0;
    int error = 0;
    while (done < content.size() && error == 0) {
        const ssize_t written = ::write(fd, content.data() + done, content.size() - done);
        if (written >= 0)
            done += static_cast<std::size_t>(written);
        else if (errno != EINTR)
            error = errno;
    }
    if (error == 0 && ::fchmod(fd, mode) != 0) error = errno;
    if (error == 0 && ::fsync(fd) != 0) error = errno;
    if (::close(fd) != 0 && error == 0) error = errno;
    if (error != 0) return failed("cannot write", path, error);
    return {};
}

/// Whether something may be replaced at `folder`; false when nothing is there.
Result<bool> isReplaceable(const std::string& folder)
{
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0) {
        if (errno == ENOENT) return false;
        return failed("cannot look at", folder, errno);
    }
    if (!S_ISDIR(status.st_mode)) return fail(Code::Validation, folder + " is there already, and is not a folder");
    std::error_code error;
    const bool empty = fs::is_empty(folder, error);
    if (error) return failed("cannot read", folder, error.value());
    struct stat mark {};
    if (!empty && (::lstat((folder + '/' + markName).c_str(), &mark) != 0 || !S_ISREG(mark.st_mode)))
        return fail(Code::Validation, folder + " is not empty and no earlier rendering: name another folder");
    return true;
}

Result<> fill(const std::string& folder, const std::vector<OutputFile>& files)
{
    if (const auto written =
            writeFile(folder + '/' + markName,
                      "Made by iam-server cluster render, which replaces this folder as a whole.\n", 0644);
        !written)
        return written;
    for (const OutputFile& file : files) {
        const fs::path path = fs::path(folder) / file.path;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) return failed("cannot make", path.parent_path().string(), error.value());
        if (const auto written = writeFile(path.string(), file.content, file.mode); !written) return written;
    }
    return {};
}

} // namespace

Result<> writeOutputTree(const std::string& folder, const std::vector<OutputFile>& files)
{
    std::string target = folder;
    while (target.size() > 1 && target.back() == '/') target.pop_back();
    const auto replaced = isReplaceable(target);
    if (!replaced) return fail(replaced);

    std::string draftName = target + ".XXXXXX";
    if (::mkdtemp(draftName.data()) == nullptr) return failed("cannot make a folder beside", target, errno);
    Draft draft(draftName);
    if (const auto filled = fill(draft.path(), files); !filled) return filled;
    if (::chmod(draft.path().c_str(), 0755) != 0) return failed("cannot write", draft.path(), errno);

    const unsigned how = *replaced ? RENAME_EXCHANGE : RENAME_NOREPLACE;
    if (::syscall(SYS_renameat2, AT_FDCWD, draft.path().c_str(), AT_FDCWD, target.c_str(), how) != 0)
        return failed("cannot put the new files in the place of", target, errno);
    if (!*replaced) draft.keep(); // otherwise it holds the old files now, which go
    return {};
}

} // namespace iam::app
