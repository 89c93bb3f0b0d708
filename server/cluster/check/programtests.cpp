// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/check/programtests.h"
#include "base/configvalue.h"
#include "cluster/check/messages.h"
#include "cluster/check/ownnetwork.h"
#include "cluster/check/program.h"
#include "cluster/check/temporarytree.h"
#include "cluster/lint/keepalivedmodel.h"
#include "cluster/lint/nginxmodel.h"
#include <algorithm>
#include <set>
#include <unistd.h>

namespace iam::cluster {
namespace {

bool isBlank(const std::string& text)
{
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

/// The interfaces that a keepalived.conf names.
std::set<std::string> interfacesOf(const KeepalivedModel& keepalived)
{
    std::set<std::string> names;
    for (const VrrpInstance& instance : keepalived.instances) {
        if (!instance.interface.empty()) names.insert(instance.interface);
        for (const VirtualAddress& address : instance.addresses)
            for (std::size_t i = 0; i + 1 < address.at->arguments.size(); ++i)
                if (address.at->arguments[i] == "dev") names.insert(address.at->arguments[i + 1]);
        for (const Statement* block : instance.at->all("track_interface"))
            for (const Statement& entry : block->children) names.insert(entry.name);
    }
    return names;
}

class ProgramTests {
public:
    ProgramTests(const NodeFiles& node, const std::vector<Finding>& known, const ProgramTestOptions& options,
                 Report& report)
        : m_node(node)
        , m_known(known)
        , m_options(options)
        , m_keepalived(node)
        , m_report(report)
    {
    }

    void run()
    {
        const bool nginx = isThere(nginxPath, m_node.coversFolder("/etc/nginx/conf.d"));
        const bool keepalived = isThere(keepalivedPath, false);
        if (!nginx && !keepalived) return;
        const auto tree = TemporaryTree::write(m_node);
        if (!tree) return add("nginx-not-tested", nginxPath, 0, {tree.error().detail});
        inOwnNetwork(interfacesOf(m_keepalived), [&](bool isOwn) {
            if (nginx) testNginx(**tree);
            if (keepalived) testKeepalived(**tree, isOwn);
        });
    }

private:
    void add(const std::string& rule, const std::string& path, int line, std::vector<std::string> arguments)
    {
        m_report.add(m_node, rule, path, line, std::move(arguments));
    }

    /// Whether there is something to test. What should be there and is not is lint's to find: keepalived -t would call
    /// it good.
    bool isThere(const std::string& path, bool hasParts) const
    {
        const NodeFile* file = m_node.file(path);
        return file == nullptr ? hasParts : !isBlank(file->text);
    }

    std::optional<ProgramRun> runTest(const std::string& name, const std::string& given, const std::string& path,
                                      std::vector<std::string> arguments)
    {
        const std::string program = given.empty() ? findProgram(name) : given;
        auto run = Result<ProgramRun>(fail(Code::StorageUnavailable));
        if (!program.empty()) {
            arguments.insert(arguments.begin(), program);
            run = runProgram(arguments, m_options.timeout);
        }
        if (!run) {
            add("program-missing", path, 0, {name});
            return std::nullopt;
        }
        if (run->timedOut) {
            add("program-hangs", path, 0, {name, formatDuration(m_options.timeout)});
            return std::nullopt;
        }
        return std::move(*run);
    }

    void testNginx(const TemporaryTree& tree)
    {
        const auto run =
            runTest("nginx", m_options.nginx, nginxPath,
                    {"-t", "-q", "-e", tree.pathOf("/var/log/nginx/first.log"), "-c", tree.pathOf(nginxPath)});
        if (!run) return;
        bool said = false;
        for (const ProgramMessage& message : nginxMessages(tree.original(run->output))) {
            said = said || message.weight != ProgramMessage::Weight::Warning;
            addMessage("nginx", message, nginxPath);
        }
        if (run->exitCode != 0 && !said)
            add("nginx-refuses", nginxPath, 0,
                {"it ends with " + std::to_string(run->exitCode) + " and gives no reason"});
    }

    void testKeepalived(const TemporaryTree& tree, bool hasInterfaces)
    {
        const auto run =
            runTest("keepalived", m_options.keepalived, keepalivedPath, {"-t", "-f", tree.pathOf(keepalivedPath)});
        if (!run || run->exitCode == 0) return;
        if (run->exitCode >= 128)
            return add("keepalived-not-tested", keepalivedPath, 0,
                       {"it was ended by signal " + std::to_string(run->exitCode - 128)});
        bool said = false;
        std::set<int> places;
        for (ProgramMessage& message : keepalivedMessages(tree.original(run->output))) {
            // One mistake makes it complain twice about a line, about what follows, and about the whole instance.
            // Copies belong to whoever runs the check, and keepalived trusts root's scripts only.
            if (message.aboutScripts && ::geteuid() != 0) message.weight = ProgramMessage::Weight::Machine;
            const bool follows = message.line == 0 ? !places.empty() || knowsKeepalived() : places.size() == 5;
            said = true;
            if (follows || (message.line != 0 && !places.insert(message.line).second)) continue;
            if (message.line == 0) message.line = lineOfName(message.text);
            if (message.weight == ProgramMessage::Weight::Interface)
                message.weight = hasInterfaces ? ProgramMessage::Weight::Error : ProgramMessage::Weight::Machine;
            addMessage("keepalived", message, keepalivedPath);
        }
        if (!said)
            add("keepalived-refuses", keepalivedPath, 0,
                {"it ends with " + std::to_string(run->exitCode) + " and gives no reason"});
    }

    /// Where the script or instance that a message without a line speaks of is defined; 0 when it names none.
    int lineOfName(const std::string& message) const
    {
        for (const TrackedThing& script : m_keepalived.scripts)
            if (message.find(' ' + script.name + ' ') != std::string::npos) return script.at->line;
        for (const VrrpInstance& instance : m_keepalived.instances)
            if (message.find('(' + instance.name + ')') != std::string::npos) return instance.at->line;
        return 0;
    }

    /// Whether lint found an error in keepalived.conf already.
    bool knowsKeepalived() const
    {
        return std::any_of(m_known.begin(), m_known.end(), [&](const Finding& one) {
            return one.node == m_node.node && one.severity == Severity::Error && one.line != 0 &&
                   one.file == m_node.shownAs(keepalivedPath);
        });
    }

    bool isKnown(const std::string& file, const ProgramMessage& message) const
    {
        return std::any_of(m_known.begin(), m_known.end(), [&](const Finding& one) {
            if (one.node != m_node.node || one.severity == Severity::Note) return false;
            if (message.aboutScriptSecurity && one.rule.starts_with("script-")) return true;
            if (message.aboutScripts && one.rule.starts_with("check-script-")) return true;
            if (one.rule == "keepalived-syntax" && file.starts_with("/etc/keepalived/")) return true;
            if (one.rule == "nginx-syntax" && file.starts_with("/etc/nginx/")) return true;
            return message.line != 0 && one.line == message.line && one.file == m_node.shownAs(file);
        });
    }

    void addMessage(const std::string& program, const ProgramMessage& message, const std::string& mainFile)
    {
        const std::string file = m_node.file(message.file) != nullptr ? message.file : mainFile;
        if (isKnown(file, message)) return;
        const char* rule = "-refuses";
        if (message.weight == ProgramMessage::Weight::Warning) rule = "-warns";
        if (message.weight == ProgramMessage::Weight::Machine) rule = "-not-tested";
        add(program + rule, file, message.line, {message.text});
    }

    const NodeFiles& m_node;
    const std::vector<Finding>& m_known;
    const ProgramTestOptions& m_options;
    const KeepalivedModel m_keepalived;
    Report& m_report;
};

} // namespace

void testWithPrograms(const NodeFiles& node, const std::vector<Finding>& known, const ProgramTestOptions& options,
                      Report& report)
{
    ProgramTests(node, known, options, report).run();
}

} // namespace iam::cluster
