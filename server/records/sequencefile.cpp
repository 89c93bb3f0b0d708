// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sequencefile.h"
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace iam::records {

namespace {

constexpr std::size_t fileSize = 4096;
constexpr char magic[8] = {'I', 'A', 'M', 'S', 'E', 'Q', '1', '\n'};

struct Layout {
    char magic[8];
    std::uint64_t last;
};

tl::unexpected<Error> systemFault(const std::string& path, const char* what)
{
    const int number = errno;
    return fail(Code::StorageUnavailable, path + ": " + what + ": " + std::strerror(number));
}

Result<void*> mapFile(int fd, const std::string& path, bool& isNew)
{
    struct stat status {};
    if (::fstat(fd, &status) != 0) return systemFault(path, "cannot be examined");
    isNew = status.st_size == 0;
    if (!isNew && status.st_size != fileSize) return fail(Code::Database, path + ": is not a sequence file");
    // The room is taken at once: a mapped page that the disk later has no room for would kill the process (SIGBUS).
    if (const int error = ::posix_fallocate(fd, 0, fileSize); error != 0) {
        errno = error;
        if (isNew) (void)::ftruncate(fd, 0);
        return systemFault(path, "cannot be given its room");
    }
    void* const memory = ::mmap(nullptr, fileSize, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) return systemFault(path, "cannot be mapped");
    return memory;
}

} // namespace

Result<SequenceFile> SequenceFile::open(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return systemFault(path, "cannot be opened");
    SequenceFile file;
    auto memory = mapFile(fd, path, file.m_new);
    ::close(fd);
    if (!memory) return fail(memory);
    file.m_memory = *memory;
    auto* const layout = static_cast<Layout*>(file.m_memory);
    // A file of zeros was being made when the process or machine died.
    if (std::memcmp(layout->magic, Layout{}.magic, sizeof magic) == 0 && layout->last == 0) file.m_new = true;
    if (file.m_new) {
        std::memcpy(layout->magic, magic, sizeof magic);
    } else if (std::memcmp(layout->magic, magic, sizeof magic) != 0) {
        return fail(Code::Database, path + ": is not a sequence file");
    }
    return file;
}

SequenceFile::SequenceFile(SequenceFile&& other) noexcept
    : m_memory(std::exchange(other.m_memory, nullptr))
    , m_new(other.m_new)
{
}

SequenceFile& SequenceFile::operator=(SequenceFile&& other) noexcept
{
    std::swap(m_memory, other.m_memory);
    std::swap(m_new, other.m_new);
    return *this;
}

SequenceFile::~SequenceFile()
{
    if (m_memory != nullptr) ::munmap(m_memory, fileSize);
}

std::uint64_t SequenceFile::last() const noexcept
{
    return std::atomic_ref(static_cast<Layout*>(m_memory)->last).load(std::memory_order_relaxed);
}

void SequenceFile::setLast(std::uint64_t sequence) noexcept
{
    std::atomic_ref(static_cast<Layout*>(m_memory)->last).store(sequence, std::memory_order_relaxed);
}

std::uint64_t SequenceFile::take() noexcept
{
    return std::atomic_ref(static_cast<Layout*>(m_memory)->last).fetch_add(1, std::memory_order_relaxed) + 1;
}

} // namespace iam::records
