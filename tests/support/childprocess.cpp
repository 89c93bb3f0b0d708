// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/childprocess.h"
#include <QtGlobal>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace iam::test {

namespace {

std::string thisProgram()
{
    std::array<char, PATH_MAX> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) qFatal("no /proc/self/exe");
    return {path.data(), static_cast<std::size_t>(size)};
}

} // namespace

ChildProcess::ChildProcess(std::vector<std::string> arguments)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) qFatal("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string self = thisProgram();
    std::vector<char*> words{self.data()};
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    if (::posix_spawn(&m_pid, self.c_str(), &actions, nullptr, words.data(), environ) != 0) qFatal("no child");
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    m_pipe = ends[0];
}

ChildProcess::~ChildProcess()
{
    kill();
    ::close(m_pipe);
}

void ChildProcess::kill()
{
    if (m_pid <= 0) return;
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = 0;
}

bool ChildProcess::read(void* bytes, std::size_t size) const
{
    char* to = static_cast<char*>(bytes);
    while (size > 0) {
        const ssize_t got = ::read(m_pipe, to, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        to += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

void ChildProcess::awaitReady() const
{
    char byte = 0;
    if (!read(&byte, 1)) qFatal("the child did not begin");
}

bool sayReady()
{
    return ::write(STDOUT_FILENO, "r", 1) == 1;
}

} // namespace iam::test
