// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/keepaliveddump.h"
#include "base/filedescriptor.h"
#include "base/logging.h"
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

namespace iam::cluster {
namespace {

using Json = nlohmann::json;
constexpr std::size_t longestDump = 256 * 1024;
constexpr std::chrono::milliseconds pollPeriod{50};
constexpr int mostPolls = 20;

/// keepalived's own choice (its --signum=JSON says it too).
int dumpSignal()
{
    return SIGRTMIN + 2;
}

/// Empty where it cannot be opened; longer files are cut, and so no whole dump.
std::string readDumpFile(const std::string& path)
{
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    std::string text;
    std::array<char, 16 * 1024> buffer;
    while (file && text.size() < longestDump) {
        const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
        if (got <= 0) break;
        text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
}

template <class T>
T numberIn(const Json& object, const char* name)
{
    const auto member = object.find(name);
    return member != object.end() && member->is_number() ? member->get<T>() : T{};
}

KeepalivedState toState(const Json& data, const Json& stats)
{
    constexpr std::array<const char*, 4> states{"INIT", "BACKUP", "MASTER", "FAULT"};
    KeepalivedState state;
    const auto number = numberIn<std::uint64_t>(data, "state");
    if (number < states.size()) state.state = states[number];
    const auto vipSet = data.find("vipset");
    state.vipSet = vipSet != data.end() && vipSet->is_boolean() && vipSet->get<bool>();
    state.priority = numberIn<int>(data, "effective_priority");
    state.lastTransition = numberIn<double>(data, "last_transition");
    state.advertsReceived = numberIn<std::uint64_t>(stats, "advert_rcvd");
    state.advertsSent = numberIn<std::uint64_t>(stats, "advert_sent");
    state.becameMaster = numberIn<std::uint64_t>(stats, "become_master");
    state.releasedMaster = numberIn<std::uint64_t>(stats, "release_master");
    return state;
}

} // namespace

std::optional<KeepalivedState> readKeepalivedDump(std::string_view json, const std::string& instance)
{
    const Json dump = Json::parse(json, nullptr, false);
    if (!dump.is_array()) return std::nullopt;
    for (const Json& entry : dump) {
        if (!entry.is_object()) continue;
        const auto data = entry.find("data");
        if (data == entry.end() || !data->is_object()) continue;
        const auto name = data->find("iname");
        if (name == data->end() || !name->is_string() || name->get_ref<const std::string&>() != instance) continue;
        const auto stats = entry.find("stats");
        auto state = toState(*data, stats != entry.end() && stats->is_object() ? *stats : Json::object());
        if (state.state.empty()) return std::nullopt;
        return state;
    }
    return std::nullopt;
}

KeepalivedDump::KeepalivedDump(std::string folder, std::string instance, std::string procFolder, const Clock& clock)
    : m_path(std::move(folder) + "/keepalived.json")
    , m_instance(std::move(instance))
    , m_procFolder(std::move(procFolder))
    , m_clock(clock)
{
    connect(&m_poll, &QTimer::timeout, this, &KeepalivedDump::lookForAnswer);
}

std::optional<KeepalivedDump::Generation> KeepalivedDump::generation() const
{
    struct ::stat now {};
    if (::lstat(m_path.c_str(), &now) != 0) return std::nullopt;
    return Generation{now.st_ino, now.st_mtim.tv_sec, now.st_mtim.tv_nsec, now.st_size};
}

void KeepalivedDump::ask(const ProcessIdentity& process)
{
    if (m_poll.isActive() || !bearsSignal(m_procFolder, process, dumpSignal())) return;
    m_before = generation();
    m_askedAt = m_clock.steadyNow();
    if (::kill(process.pid, dumpSignal()) != 0) {
        if (errno == EPERM) complain("keepalived's state cannot be asked for: this process may not send it signals");
        return;
    }
    m_asked = process;
    m_polls = 0;
    m_poll.start(pollPeriod);
}

void KeepalivedDump::lookForAnswer()
{
    const auto now = generation();
    if (now && now != m_before) {
        if (::access(m_path.c_str(), R_OK) != 0) {
            m_poll.stop();
            return complain("keepalived's state cannot be read: " + m_path + ": " + std::strerror(errno));
        }
        if (auto state = readKeepalivedDump(readDumpFile(m_path), m_instance)) {
            m_poll.stop();
            m_answered = m_asked;
            state->askedAt = m_askedAt;
            Q_EMIT stateRead(*state);
            return;
        }
    }
    if (++m_polls < mostPolls) return;
    m_poll.stop();
    // When this process itself was held up, keepalived may have been as well: asked again, it will tell.
    const bool heldUp = m_clock.steadyNow() - m_askedAt > 2 * mostPolls * pollPeriod;
    if (m_answered == m_asked && !heldUp) Q_EMIT missed(m_askedAt);
}

void KeepalivedDump::complain(const std::string& sentence)
{
    if (!std::exchange(m_complained, true)) qCWarning(lcCluster).noquote() << QString::fromStdString(sentence);
}

} // namespace iam::cluster
