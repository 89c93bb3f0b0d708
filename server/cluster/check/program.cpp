// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/program.h"
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace iam::cluster {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t maxOutput = 256 * 1024;

/// Never comes back. Only what is safe behind fork() in a process with threads.
[[noreturn]] void become(char* const* arguments, char* const* environment, int output, int input)
{
    ::setpgid(0, 0);
    ::dup2(input, 0);
    ::dup2(output, 1);
    ::dup2(output, 2);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

/// Reads until the other end is closed; false when time ran out.
bool readAll(int descriptor, steady_clock::time_point until, std::string& output)
{
    std::array<char, 4096> buffer{};
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - steady_clock::now()).count();
        pollfd waiting{descriptor, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, left > 0 ? static_cast<int>(left) : 0);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return false;
        const ssize_t got = ::read(descriptor, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        if (output.size() < maxOutput) output.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

} // namespace

std::string findProgram(const std::string& name)
{
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/", "/usr/local/sbin/"}) {
        const std::string path = folder + name;
        if (::access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

Result<ProgramRun> runProgram(const std::vector<std::string>& arguments, std::chrono::milliseconds timeout)
{
    if (arguments.empty() || ::access(arguments.front().c_str(), X_OK) != 0)
        return fail(Code::StorageUnavailable,
                    (arguments.empty() ? std::string("the program") : arguments.front()) + " cannot be run");
    std::vector<char*> words;
    for (const std::string& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    std::string path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
    std::string language = "LC_ALL=C";
    std::array<char*, 3> environment{path.data(), language.data(), nullptr};

    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(Code::StorageUnavailable, std::strerror(errno));
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const pid_t child = ::fork();
    if (child == 0) become(words.data(), environment.data(), ends[1], nothing);
    ::close(ends[1]);
    if (nothing >= 0) ::close(nothing);
    if (child < 0) {
        ::close(ends[0]);
        return fail(Code::StorageUnavailable, std::string("no process can be started: ") + std::strerror(errno));
    }
    ProgramRun run;
    run.timedOut = !readAll(ends[0], steady_clock::now() + timeout, run.output);
    ::close(ends[0]);
    if (run.timedOut) {
        ::kill(-child, SIGKILL);
        ::kill(child, SIGKILL);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return run;
}

} // namespace iam::cluster
