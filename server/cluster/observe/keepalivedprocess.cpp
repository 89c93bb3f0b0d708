// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/keepalivedprocess.h"
#include "base/filedescriptor.h"
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <string_view>

namespace iam::cluster {
namespace {

/// Some 4 kB at most of a small file. Nothing when it cannot be opened.
std::optional<std::string> readSmallFile(const std::string& path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return std::nullopt;
    std::array<char, 4096> buffer;
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0) return std::nullopt;
    return std::string(buffer.data(), static_cast<std::size_t>(got));
}

template <class T>
std::optional<T> numberOf(std::string_view text)
{
    T number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// "123 (name) S 1 …": the name may hold anything, also blanks and brackets.
struct ProcessStat {
    std::string_view name;
    char state = '?';
    std::uint64_t started = 0;
};

std::optional<ProcessStat> readStat(std::string_view text)
{
    const std::size_t open = text.find('(');
    const std::size_t close = text.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
    ProcessStat stat;
    stat.name = text.substr(open + 1, close - open - 1);
    std::string_view rest = text.substr(close + 1);
    for (int field = 3; field <= 22; ++field) {
        rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (word.empty()) return std::nullopt;
        if (field == 3) stat.state = word.front();
        if (field == 22) stat.started = numberOf<std::uint64_t>(word).value_or(0);
        rest.remove_prefix(word.size());
    }
    return stat;
}

KeepalivedLook lookAtProcess(const std::string& procFolder, pid_t pid)
{
    using Kind = KeepalivedLook::Kind;
    const auto status = readSmallFile(procFolder + "/" + std::to_string(pid) + "/stat");
    if (!status) {
        const bool exists = ::kill(pid, 0) == 0 || errno == EPERM;
        return {exists ? Kind::Running : Kind::Gone, {exists ? pid : 0, 0}};
    }
    const auto stat = readStat(*status);
    const bool dead = !stat || stat->state == 'Z' || stat->state == 'X';
    if (dead || !stat->name.starts_with("keepalived")) return {Kind::Gone, {}};
    const bool stopped = stat->state == 'T' || stat->state == 't';
    return {stopped ? Kind::Stopped : Kind::Running, {pid, stat->started}};
}

} // namespace

KeepalivedLook lookAtKeepalived(const std::string& procFolder, const std::string& pidFile,
                                const std::optional<ProcessIdentity>& lastSeen)
{
    using Kind = KeepalivedLook::Kind;
    const auto text = readSmallFile(pidFile);
    const auto pid = text ? numberOf<pid_t>(*text) : std::nullopt;
    if (pid && *pid > 1) return lookAtProcess(procFolder, *pid);
    if (!lastSeen) return {};
    const KeepalivedLook look = lookAtProcess(procFolder, lastSeen->pid);
    return look.kind == Kind::Gone || look.process != *lastSeen ? KeepalivedLook{Kind::Gone, {}} : look;
}

bool bearsSignal(const std::string& procFolder, const ProcessIdentity& process, int signal)
{
    const auto status = readSmallFile(procFolder + "/" + std::to_string(process.pid) + "/status");
    if (!status) return false;
    const std::uint64_t bit = std::uint64_t{1} << (signal - 1);
    for (const std::string_view name : {"\nSigBlk:\t", "\nSigIgn:\t", "\nSigCgt:\t"}) {
        const std::size_t at = status->find(name);
        if (at == std::string::npos) continue;
        const std::string_view digits = std::string_view(*status).substr(at + name.size(), 16);
        std::uint64_t mask = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), mask, 16);
        if ((mask & bit) != 0) return true;
    }
    return false;
}

} // namespace iam::cluster
