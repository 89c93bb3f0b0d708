// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyfile.h"
#include "crypto/random.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace iam::crypto {

namespace {

class Descriptor {
public:
    explicit Descriptor(int fd) noexcept
        : m_fd(fd)
    {
    }
    ~Descriptor()
    {
        if (m_fd >= 0) ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    explicit operator bool() const noexcept { return m_fd >= 0; }
    int get() const noexcept { return m_fd; }

private:
    int m_fd;
};

std::string faultOf(const std::string& path, std::string_view what)
{
    return path + ": " + std::string(what);
}

std::string systemFault(const std::string& path, std::string_view what)
{
    const int number = errno;
    return path + ": " + std::string(what) + ": " + std::strerror(number);
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::string folderOf(const std::string& path)
{
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

// The content under a name of its own, beside where it is to be. Returns that name.
Result<std::string> writeDraft(const std::string& path, const SecretString& content)
{
    std::string draft = path + "." + randomText(12) + ".new";
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return fail(Code::StorageUnavailable, systemFault(path, "cannot be created"));
    if (::fchmod(file.get(), 0600) != 0 || !writeAll(file.get(), content.reveal()) || ::fsync(file.get()) != 0) {
        auto failure = fail(Code::StorageUnavailable, systemFault(path, "cannot be written"));
        ::unlink(draft.c_str());
        return failure;
    }
    return draft;
}

Result<> keepFolder(const std::string& path)
{
    const Descriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) {
        return fail(Code::StorageUnavailable, systemFault(path, "cannot be made to stay on the disk"));
    }
    return {};
}

} // namespace

Result<SecretString> readPrivateFile(const std::string& path, std::size_t maxBytes)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file) {
        return fail(errno == ENOENT ? Code::SecretNotFound : Code::Encrypt, systemFault(path, "cannot be opened"));
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return fail(Code::Encrypt, systemFault(path, "cannot be examined"));
    if (!S_ISREG(status.st_mode)) return fail(Code::Encrypt, faultOf(path, "is not a regular file"));
    if (status.st_uid != ::geteuid()) return fail(Code::Encrypt, faultOf(path, "belongs to another user"));
    if ((status.st_mode & 0077) != 0) {
        return fail(Code::Encrypt, faultOf(path, "can be read or written by others; its mode has to be 0600"));
    }
    if (status.st_size < 0 || static_cast<std::uintmax_t>(status.st_size) > maxBytes) {
        return fail(Code::Encrypt, faultOf(path, "is too large to be a key file"));
    }
    std::string content(maxBytes + 1, '\0'); // one more, so that growth meanwhile is seen
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = ::read(file.get(), content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(Code::Encrypt, systemFault(path, "cannot be read"));
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    SecretString result(content.substr(0, size));
    wipe(content.data(), content.size());
    if (size > maxBytes) return fail(Code::Encrypt, faultOf(path, "is too large to be a key file"));
    return result;
}

Result<> createPrivateFile(const std::string& path, const SecretString& content)
{
    // link(2) never replaces, so of two creators one wins, and nobody ever sees half a file.
    auto draft = writeDraft(path, content);
    if (!draft) return fail(draft);
    const bool linked = ::link(draft->c_str(), path.c_str()) == 0;
    const int linkError = errno;
    ::unlink(draft->c_str());
    if (!linked) {
        errno = linkError;
        return fail(linkError == EEXIST ? Code::SecretAlreadyExist : Code::StorageUnavailable,
                    systemFault(path, "cannot be created"));
    }
    return keepFolder(path);
}

Result<> replacePrivateFile(const std::string& path, const SecretString& content)
{
    auto draft = writeDraft(path, content);
    if (!draft) return fail(draft);
    if (::rename(draft->c_str(), path.c_str()) != 0) {
        auto failure = fail(Code::StorageUnavailable, systemFault(path, "cannot be replaced"));
        ::unlink(draft->c_str());
        return failure;
    }
    return keepFolder(path);
}

} // namespace iam::crypto
