// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervisor.h"
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <grp.h>
#include <iostream>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace iam::lab {

namespace {

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

pid_t parentOf(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    std::getline(file, line);
    const auto name = line.rfind(')'); // the name itself may contain anything
    if (name == std::string::npos) return 0;
    char state = 0;
    int parent = 0;
    return std::sscanf(line.c_str() + name + 1, " %c %d", &state, &parent) == 2 && state != 'Z' ? parent : 0;
}

/// Living descendants of this process, the nearest first.
std::vector<pid_t> descendants()
{
    std::vector<std::pair<pid_t, pid_t>> all; // process, parent
    if (DIR* folder = ::opendir("/proc")) {
        while (const dirent* entry = ::readdir(folder)) {
            const int process = std::atoi(entry->d_name);
            if (process > 0) all.emplace_back(process, parentOf(process));
        }
        ::closedir(folder);
    }
    std::vector<pid_t> found{::getpid()};
    for (std::size_t at = 0; at < found.size(); ++at)
        for (const auto& [process, parent] : all)
            if (parent == found[at]) found.push_back(process);
    found.erase(found.begin());
    return found;
}

int signalNumber(const std::string& name)
{
    if (name == "SIGQUIT") return SIGQUIT;
    if (name == "SIGINT") return SIGINT;
    if (name == "SIGKILL") return SIGKILL;
    return SIGTERM;
}

/// Capability names as setpriv(1) wants them: "+net_raw,+net_admin".
std::string forSetpriv(const std::string& capabilities)
{
    std::string result;
    for (std::string name : wordsOf(capabilities)) {
        if (name.rfind("CAP_", 0) == 0) name.erase(0, 4);
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        result += (result.empty() ? "+" : ",+") + name;
    }
    return result;
}

} // namespace

Supervisor::Supervisor(UnitFile unit, std::string stateFile)
    : m_unit(std::move(unit))
    , m_stateFile(std::move(stateFile))
{
    ::prctl(PR_SET_CHILD_SUBREAPER, 1); // daemons that fork away stay ours
    ::sigemptyset(&m_signals);
    for (const int number : {SIGCHLD, SIGTERM, SIGHUP}) ::sigaddset(&m_signals, number);
    ::sigprocmask(SIG_BLOCK, &m_signals, nullptr);
}

int Supervisor::run()
{
    for (;;) {
        End end = End::Failed;
        if (start()) {
            writeState("active");
            end = waitForEnd();
        }
        killRest();
        m_main = 0;
        runAll("ExecStopPost", {{"SERVICE_RESULT", end == End::Clean ? "success" : "exit-code"}});
        if (m_stopping || !startAgain(end)) {
            writeState(end == End::Clean || m_stopping ? "inactive" : "failed");
            return end == End::Clean || m_stopping ? 0 : 1;
        }
    }
}

bool Supervisor::prepareDirectories() const
{
    const std::string user = m_unit.value("User");
    const passwd* account = user.empty() ? nullptr : ::getpwnam(user.c_str());
    if (!user.empty() && account == nullptr) {
        tell("there is no user " + user);
        return false;
    }
    const std::pair<const char*, const char*> kinds[] = {
        {"Runtime", "/run/"}, {"State", "/var/lib/"}, {"Logs", "/var/log/"}, {"Cache", "/var/cache/"}};
    for (const auto& [kind, place] : kinds) {
        const std::string key = std::string(kind) + "Directory";
        const auto mode = static_cast<mode_t>(std::stoul(m_unit.value(key + "Mode", "0755"), nullptr, 8));
        for (const std::string& line : m_unit.list(key)) {
            for (const std::string& name : wordsOf(line)) {
                const std::string path = place + name;
                std::filesystem::create_directories(path);
                ::chmod(path.c_str(), mode);
                if (account != nullptr && ::chown(path.c_str(), account->pw_uid, account->pw_gid) != 0) return false;
            }
        }
    }
    return true;
}

pid_t Supervisor::spawn(const Command& command, bool asUser) const
{
    std::vector<std::string> words = command.words;
    const std::string user = m_unit.value("User");
    if (asUser && !user.empty()) {
        std::vector<std::string> wrapped{"/usr/bin/setpriv", "--reuid=" + user,
                                         "--regid=" + m_unit.value("Group", user), "--init-groups"};
        const std::string ambient = m_unit.value("AmbientCapabilities");
        if (!ambient.empty()) {
            wrapped.push_back("--inh-caps=" + forSetpriv(ambient));
            wrapped.push_back("--ambient-caps=" + forSetpriv(ambient));
        }
        if (m_unit.value("NoNewPrivileges") == "yes" || m_unit.value("NoNewPrivileges") == "true")
            wrapped.push_back("--no-new-privs");
        words.insert(words.begin(), wrapped.begin(), wrapped.end());
    }
    auto variables = m_unit.environment();
    for (const std::pair<const char*, const char*>& kind :
         {std::pair{"StateDirectory", "/var/lib/"}, std::pair{"RuntimeDirectory", "/run/"}}) {
        const auto names = wordsOf(m_unit.value(kind.first));
        if (!names.empty())
            variables[kind.first[0] == 'S' ? "STATE_DIRECTORY" : "RUNTIME_DIRECTORY"] = kind.second + names.front();
    }
    if (m_main > 0) variables["MAINPID"] = std::to_string(m_main);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    const pid_t child = ::fork();
    if (child != 0) return child;
    ::sigprocmask(SIG_UNBLOCK, &m_signals, nullptr);
    ::setsid();
    ::setpriority(PRIO_PROCESS, 0, std::atoi(m_unit.value("Nice", "0").c_str()));
    for (const auto& [name, value] : variables) ::setenv(name.c_str(), value.c_str(), 1);
    if (const std::string folder = m_unit.value("WorkingDirectory"); !folder.empty() && ::chdir(folder.c_str()) != 0)
        ::_exit(200);
    ::umask(static_cast<mode_t>(std::stoul(m_unit.value("UMask", "0022"), nullptr, 8)));
    if (const int nothing = ::open("/dev/null", O_RDONLY); nothing > 0) ::dup2(nothing, STDIN_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    ::execv(argv[0], argv.data());
    std::cerr << "cannot run " << words.front() << ": " << std::strerror(errno) << std::endl;
    ::_exit(203);
}

bool Supervisor::runAll(const std::string& key, const std::map<std::string, std::string>& extra)
{
    auto variables = extra;
    if (m_main > 0) variables["MAINPID"] = std::to_string(m_main);
    for (const Command& command : m_unit.commands(key, variables)) {
        const auto status = waitFor(spawn(command, false));
        if (status && *status == 0) continue;
        tell(key + " failed" + (command.mayFail ? ", which it may: " : ": ") + command.words.front());
        if (!command.mayFail) return false;
    }
    return true;
}

bool Supervisor::start()
{
    m_starts.push_back(now());
    m_status = 0;
    if (!prepareDirectories() || !runAll("ExecStartPre")) return false;
    const auto commands = m_unit.commands("ExecStart");
    if (commands.empty()) {
        tell("has no ExecStart");
        return false;
    }
    const pid_t child = spawn(commands.front(), true);
    if (m_unit.value("Type") != "forking") {
        m_main = child;
        tell("started, process " + std::to_string(child));
        return true;
    }
    const auto status = waitFor(child);
    if (!status || *status != 0) return false;
    std::ifstream(m_unit.value("PIDFile")) >> m_main;
    tell("started, process " + std::to_string(m_main));
    return m_main > 0;
}

std::optional<int> Supervisor::waitFor(pid_t child)
{
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return std::nullopt;
    return status;
}

bool Supervisor::reap()
{
    bool mainEnded = false;
    int status = 0;
    for (pid_t child = 0; (child = ::waitpid(-1, &status, WNOHANG)) > 0;) {
        if (child != m_main) continue;
        m_status = status;
        mainEnded = true;
    }
    return mainEnded;
}

Supervisor::End Supervisor::waitForEnd()
{
    for (;;) {
        if (reap()) break;
        const int number = ::sigwaitinfo(&m_signals, nullptr);
        if (number == SIGHUP) reload();
        if (number == SIGTERM) {
            m_stopping = true;
            stop();
            break;
        }
    }
    const bool killed = WIFSIGNALED(m_status);
    tell(killed ? "ended by signal " + std::to_string(WTERMSIG(m_status))
                : "ended with " + std::to_string(WEXITSTATUS(m_status)));
    if (killed && WTERMSIG(m_status) != SIGTERM && WTERMSIG(m_status) != SIGINT && WTERMSIG(m_status) != SIGHUP)
        return End::Abnormal;
    return !killed && WEXITSTATUS(m_status) != 0 ? End::Failed : End::Clean;
}

void Supervisor::reload()
{
    tell("reloading");
    runAll("ExecReload");
}

void Supervisor::stop()
{
    writeState("deactivating");
    runAll("ExecStop");
    const double limit = now() + m_unit.seconds("TimeoutStopSec", 90);
    if (!reap()) {
        ::kill(m_main, signalNumber(m_unit.value("KillSignal", "SIGTERM")));
        while (!reap()) {
            const timespec pause{0, 50'000'000};
            ::sigtimedwait(&m_signals, nullptr, &pause);
            if (now() > limit) ::kill(m_main, SIGKILL);
        }
    }
}

void Supervisor::killRest()
{
    const std::string mode = m_unit.value("KillMode", "control-group");
    if (mode == "process" || mode == "none") return;
    int number = mode == "mixed" ? SIGKILL : signalNumber(m_unit.value("KillSignal", "SIGTERM"));
    const double limit = now() + m_unit.seconds("TimeoutStopSec", 90);
    for (auto rest = descendants(); !rest.empty(); rest = descendants()) {
        for (const pid_t process : rest) ::kill(process, number);
        reap();
        const timespec pause{0, 20'000'000};
        ::sigtimedwait(&m_signals, nullptr, &pause);
        if (now() > limit) number = SIGKILL;
    }
    reap();
}

bool Supervisor::startAgain(End end)
{
    const std::string policy = m_unit.value("Restart", "no");
    if (policy == "no" || (policy == "on-failure" && end == End::Clean) ||
        ((policy == "on-abnormal" || policy == "on-abort") && end != End::Abnormal))
        return false;
    const double interval = m_unit.seconds("StartLimitIntervalSec", 10);
    const auto burst = static_cast<std::size_t>(std::stoul(m_unit.value("StartLimitBurst", "5")));
    std::size_t recent = 0;
    for (const double time : m_starts) recent += time > now() - interval ? 1U : 0U;
    if (interval > 0 && recent >= burst) {
        tell("started too often: left");
        return false;
    }
    writeState("activating");
    const double until = now() + m_unit.seconds("RestartSec", 0.1);
    for (double left = until - now(); left > 0; left = until - now()) {
        const timespec pause{static_cast<time_t>(left),
                             static_cast<long>((left - static_cast<double>(static_cast<time_t>(left))) * 1e9)};
        if (::sigtimedwait(&m_signals, nullptr, &pause) == SIGTERM) {
            m_stopping = true;
            return false;
        }
        reap();
    }
    return true;
}

void Supervisor::tell(const std::string& what) const
{
    std::cerr << "[" << m_unit.name() << "] " << what << std::endl;
}

void Supervisor::writeState(const std::string& state) const
{
    const std::string next = m_stateFile + ".next";
    std::ofstream(next) << state << ' ' << ::getpid() << ' ' << m_main << '\n';
    std::filesystem::rename(next, m_stateFile);
}

} // namespace iam::lab
