// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/configvalue.h"
#include "cluster/definition/ipv4.h"
#include "cluster/lint/facts.h"
#include "cluster/lint/scripttext.h"
#include "cluster/lint/values.h"
#include <algorithm>
#include <array>
#include <optional>

namespace iam::cluster {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds goal{5000};          ///< in which a check should find a dead nginx
constexpr milliseconds fallBackGoal{15000}; ///< of a script behind a track_file

/// The file that a command runs, where it is one of the node's: "/etc/keepalived/check.sh 80", "/bin/sh /etc/…".
std::string scriptPath(const NodeFiles& files, const std::string& command)
{
    std::string firstPath;
    for (std::size_t at = 0; at < command.size();) {
        const std::size_t end = std::min(command.find(' ', at), command.size());
        const std::string word = command.substr(at, end - at);
        at = end + 1;
        if (!word.starts_with('/')) {
            if (!word.empty() && firstPath.empty()) return {};
            continue;
        }
        if (files.file(word) != nullptr) return word;
        if (firstPath.empty()) firstPath = word;
    }
    return firstPath;
}

bool isSystemProgram(const std::string& path)
{
    const std::string folder = folderOf(path);
    return folder == "/bin" || folder == "/sbin" || folder == "/usr/bin" || folder == "/usr/sbin";
}

class ScriptRules {
public:
    ScriptRules(const Facts& facts, const NodeFacts& node, Report& report)
        : m_facts(facts)
        , m_node(node)
        , m_keepalived(node.keepalived)
        , m_report(report)
    {
    }

    void apply()
    {
        for (const TrackedThing& script : m_keepalived.scripts) lookAtScript(script);
        for (const VrrpInstance& instance : m_keepalived.instances) lookAtTracking(instance);
        lookAtNotifyScripts();
        lookAtSecurity();
        if (!m_keepalived.instances.empty() && !m_gatewayChecked && !agentChecksGateway())
            m_report.add(m_node.files, "gateway-check-missing", *m_keepalived.instances.front().at);
    }

private:
    void add(const std::string& rule, const Statement& at, std::vector<std::string> arguments = {})
    {
        m_report.add(m_node.files, rule, at, std::move(arguments));
    }

    /// With an agent it is the definition that names the gateway, or does not.
    bool agentChecksGateway() const { return m_facts.agentExpected(m_node) && m_facts.definition() != nullptr; }

    bool isTracked(const TrackedThing& script) const
    {
        const auto names = [&](const Statement* entry) {
            const auto& words = entry->arguments;
            return entry->name == script.name || std::find(words.begin(), words.end(), script.name) != words.end();
        };
        for (const VrrpInstance& instance : m_keepalived.instances)
            if (std::any_of(instance.scripts.begin(), instance.scripts.end(), names)) return true;
        for (const Statement& group : m_keepalived.text.statements)
            if (group.name == "vrrp_sync_group")
                for (const Statement* block : group.all("track_script"))
                    for (const Statement& entry : block->children)
                        if (names(&entry)) return true;
        return false;
    }

    void lookAtScript(const TrackedThing& script)
    {
        if (script.commandAt == nullptr) return;
        if (!isTracked(script)) add("check-unused", *script.at, {script.name});
        const std::string path = scriptPath(m_node.files, script.command);
        lookAtFile(path, *script.commandAt);
        const NodeFile* file = path.empty() ? nullptr : m_node.files.file(path);
        const ScriptText text(file != nullptr ? std::string_view(file->text) : std::string_view(script.command));
        // Findings stand where the words are: in the script, or in keepalived.conf for a command.
        const auto at = [&](const ScriptText::Place& place) {
            return file != nullptr ? std::pair(path, place.line)
                                   : std::pair(script.commandAt->file, script.commandAt->line);
        };
        lookAtMeans(text, at);
        lookForShared(text, at);
        lookAtTimes(script, text, file != nullptr || path.empty() || isSystemProgram(path));
    }

    template <class At>
    void lookAtMeans(const ScriptText& text, const At& at)
    {
        if (text.asksHttp().line != 0) return;
        const ScriptText::Place tcp = text.asksTcp();
        const ScriptText::Place process = text.asksProcess();
        if (tcp.line != 0)
            m_report.add(m_node.files, "check-tcp-only", at(tcp).first, at(tcp).second, {tcp.text});
        else if (process.line != 0)
            m_report.add(m_node.files, "check-process-only", at(process).first, at(process).second, {process.text});
    }

    bool isOwn(const std::string& host) const
    {
        if (isLoopback(host) || host.empty() || host.starts_with('$') || host.starts_with("{")) return true;
        if (m_facts.isVirtualAddress(host)) return false;
        if (host == m_node.address || host == m_node.files.node || host == "0.0.0.0") return true;
        if (parseIpv4(host)) return false;
        for (const char* path : {"/etc/hosts", "/etc/iam-server/hosts"})
            if (const NodeFile* hosts = m_node.files.file(path)) {
                const std::size_t name = hosts->text.find(host);
                if (name == std::string::npos) continue;
                const std::size_t line = hosts->text.rfind('\n', name);
                if (isLoopback(std::string_view(hosts->text).substr(line == std::string::npos ? 0 : line + 1, 9)))
                    return true;
            }
        return false;
    }

    template <class At>
    void lookForShared(const ScriptText& text, const At& at)
    {
        const auto say = [&](const ScriptText::Place& place, const std::string& what) {
            m_report.add(m_node.files, "check-shared", at(place).first, at(place).second, {what});
        };
        if (const auto place = text.findText("/readyz"); place.line != 0) return say(place, "/readyz");
        if (const auto place = text.findWord(
                {"mysql", "mysqladmin", "mariadb", "mariadb-admin", "redis-cli", "mongo", "mongosh", "psql"});
            place.line != 0)
            return say(place, place.text);
        const bool redirected = text.findText("--resolve").line != 0 || text.findText("--connect-to").line != 0 ||
                                text.findText("--unix-socket").line != 0;
        for (const ScriptText::Place& asked : text.hosts()) {
            const HostPort where = hostPort(asked.text);
            const bool store = where.port == 3306 || where.port == 6379 || where.port == 27017;
            if (store || (!isOwn(where.host) && !redirected)) return say(asked, asked.text);
            if (const Listen* other = elsewhere(where); other != nullptr && !redirected)
                m_report.add(m_node.files, "not-on-loopback", other->at->file, other->at->line,
                             {"nginx", other->at->value(),
                              m_node.files.shownAs(at(asked).first) + ':' + std::to_string(at(asked).second)});
        }
        for (const ScriptText::Place& pinged : text.pinged()) {
            if (!parseIpv4(pinged.text) || isLoopback(pinged.text)) continue;
            if (m_facts.isVirtualAddress(pinged.text) || isPeer(pinged.text)) return say(pinged, pinged.text);
            m_gatewayChecked = true;
            if (const std::string network = networkWithout(pinged.text); !network.empty())
                m_report.add(m_node.files, "gateway-outside-subnet", at(pinged).first, at(pinged).second,
                             {pinged.text, network});
        }
        if (text.findWord({"ping", "arping", "fping"}).line != 0) m_gatewayChecked = true;
    }

    /// Where nginx listens for that port, when it is asked for on the loopback interface and nginx is not there.
    const Listen* elsewhere(const HostPort& asked) const
    {
        if (!isLoopback(asked.host) || asked.host.starts_with("unix:")) return nullptr;
        const Listen* found = nullptr;
        for (const VirtualServer& server : m_node.nginx.servers)
            for (const Listen& listen : server.listens) {
                if (listen.where.port != asked.port) continue;
                if (listen.where.host.empty() || isLoopback(listen.where.host)) return nullptr;
                found = &listen;
            }
        return found;
    }

    /// The node's network where that address is not in it; empty: it is, or nobody knows.
    std::string networkWithout(const std::string& address) const
    {
        if (!parseIpv4(m_node.address)) return {};
        for (const VrrpInstance& instance : m_keepalived.instances)
            for (const VirtualAddress& one : instance.addresses) {
                const int prefix = one.prefix.value_or(32);
                if (prefix < 32 && inOneNetwork(one.address, m_node.address, prefix) &&
                    !inOneNetwork(address, m_node.address, prefix))
                    return m_node.address + '/' + std::to_string(prefix);
            }
        return {};
    }

    bool isPeer(const std::string& address) const
    {
        for (const NodeFacts& other : m_facts.nodes)
            if (&other != &m_node && other.address == address) return true;
        for (const VrrpInstance& instance : m_keepalived.instances)
            if (std::find(instance.peers.begin(), instance.peers.end(), address) != instance.peers.end()) return true;
        return false;
    }

    static std::optional<milliseconds> seconds(const TrackedThing& script, std::string_view name)
    {
        const Statement* at = script.at->child(name);
        return at == nullptr ? std::nullopt : decimalSeconds(at->value());
    }

    void lookAtTimes(const TrackedThing& script, const ScriptText& text, bool known)
    {
        const Statement* fall = script.at->child("fall");
        if (fall == nullptr) add("check-without-fall", *script.at, {script.name});
        if (script.at->child("timeout") == nullptr && known && !text.limitsTime())
            add("check-without-timeout", *script.at, {script.name});
        const milliseconds interval = seconds(script, "interval").value_or(milliseconds(1000));
        const milliseconds timeout = seconds(script, "timeout").value_or(interval);
        const auto times = fall == nullptr ? std::optional<std::int64_t>(1) : parseInteger(fall->value());
        if (!times || *times < 1 || *times > 1000 || text.pinged().size() > 0) return;
        const milliseconds worst = interval * *times + timeout;
        const bool fallBack = std::any_of(m_keepalived.instances.begin(), m_keepalived.instances.end(),
                                          [](const VrrpInstance& one) { return !one.files.empty(); });
        const milliseconds wanted = fallBack ? fallBackGoal : goal;
        if (worst <= wanted) return;
        const Statement* at = script.at->child("interval");
        add("check-slow", at == nullptr ? *script.at : *at, {script.name, timeText(worst), timeText(wanted)});
    }

    void lookAtFile(const std::string& path, const Statement& at)
    {
        if (path.empty()) return;
        const NodeFile* file = m_node.files.file(path);
        if (file == nullptr) {
            if (m_node.files.coversFolder(folderOf(path)) && path.starts_with("/etc/"))
                add("check-script-missing", at, {path});
            return;
        }
        if (file->mode && (*file->mode & 0111) == 0) m_report.add(m_node.files, "check-script-not-executable", path, 1);
        const bool openFolder = file->dirMode && (*file->dirMode & 022) != 0 && (*file->dirMode & 01000) == 0;
        if ((file->mode && (*file->mode & 022) != 0) || openFolder)
            m_report.add(m_node.files, "check-script-writable", path, 1,
                         {openFolder ? "The folder of this script" : "This script"});
    }

    void lookAtNotifyScripts()
    {
        for (const VrrpInstance& instance : m_keepalived.instances)
            for (const Statement& one : instance.at->children) {
                static constexpr std::array names{"notify",       "notify_master", "notify_backup",
                                                  "notify_fault", "notify_stop",   "notify_master_rx_lower_pri"};
                if (std::find(names.begin(), names.end(), one.name) == names.end() || one.arguments.empty()) continue;
                m_notifies = true;
                lookAtFile(scriptPath(m_node.files, one.value()), one);
            }
    }

    void lookAtTracking(const VrrpInstance& instance)
    {
        for (const Statement* entry : instance.scripts)
            if (m_keepalived.script(entry->name) == nullptr) add("track-script-unknown", *entry, {entry->name});
        for (const Statement* entry : instance.files)
            if (m_keepalived.trackFile(entry->name) == nullptr) add("track-file-unknown", *entry, {entry->name});
        const bool byGroup = std::any_of(
            m_keepalived.text.statements.begin(), m_keepalived.text.statements.end(),
            [](const Statement& one) { return one.name == "vrrp_sync_group" && one.child("track_script") != nullptr; });
        if (!instance.scripts.empty() || !instance.files.empty() || byGroup) return;
        if (instance.processes.empty())
            add("no-check", *instance.at, {instance.name});
        else
            add("track-process-only", *instance.processes.front(), {instance.processes.front()->name});
    }

    void lookAtSecurity()
    {
        if (m_keepalived.scripts.empty() && !m_notifies) return;
        const Statement* secured = m_keepalived.global("enable_script_security");
        if (m_keepalived.global("script_user") != nullptr) return;
        const bool eachHasOne = !m_keepalived.scripts.empty() &&
                                std::all_of(m_keepalived.scripts.begin(), m_keepalived.scripts.end(),
                                            [](const TrackedThing& one) { return one.at->child("user") != nullptr; });
        if (eachHasOne) return;
        if (secured != nullptr) return add("script-user-missing", *secured);
        const Statement* globals = m_keepalived.firstGlobals();
        if (globals == nullptr)
            globals =
                m_keepalived.scripts.empty() ? m_keepalived.instances.front().at : m_keepalived.scripts.front().at;
        add("script-security-missing", *globals);
    }

    const Facts& m_facts;
    const NodeFacts& m_node;
    const KeepalivedModel& m_keepalived;
    Report& m_report;
    bool m_notifies = false;
    bool m_gatewayChecked = false;
};

} // namespace

void checkScriptRules(const Facts& facts, Report& report)
{
    for (const NodeFacts& node : facts.nodes)
        if (node.keepalived.text.faults.empty()) ScriptRules(facts, node, report).apply();
}

} // namespace iam::cluster
