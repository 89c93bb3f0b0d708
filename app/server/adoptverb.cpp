// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "databaseargument.h"
#include "node/adoption/adoption.h"
#include "node/adoption/adoptiondecisions.h"
#include "node/adoption/adoptionreport.h"
#include "verbs.h"
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>

namespace iam::app {

namespace {

const std::vector<OptionRule>& adoptRules()
{
    static const std::vector<OptionRule> rules = [] {
        std::vector<OptionRule> all = configRules();
        for (const char* flag : {"--check", "--finish", "--back", "--forget", "--json", "--lock-accounts"})
            all.push_back({flag, false});
        for (const char* option : {"--decisions", "--backup-dir", "--password-file"}) all.push_back({option});
        return all;
    }();
    return rules;
}

/// Set by the first SIGTERM or SIGINT; a handler can reach nothing else.
volatile std::sig_atomic_t stopWanted = 0;

/// Asked to end, the work ends between two steps; asked a second time, at once: it goes on from there, too.
void stopBetweenSteps()
{
    struct sigaction action {};
    action.sa_handler = [](int) { stopWanted = 1; };
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

/// The last words.
int printEnd(const Arguments& arguments, const Result<>& end)
{
    if (arguments.has("--json")) std::cout << node::endJson(end) << std::flush;
    if (end) return exitGood;
    std::cerr << "iam-server: " << end.error().detail << '\n';
    printFaults(end.error().faults);
    return exitFailed;
}

/// Leaves a file that is there alone: somebody may have filled it in.
int writeTemplate(const std::string& path, const node::AdoptionSurvey& survey)
{
    if (std::filesystem::exists(path)) {
        std::cerr << path << " is there, and stays as it is.\n";
        return exitGood;
    }
    std::ofstream file(path);
    file << node::decisionTemplate(survey) << std::flush;
    if (!file) {
        std::cerr << "iam-server: " << path << " cannot be written\n";
        return exitFailed;
    }
    std::cerr << "What is to be decided stands in " << path << ".\n";
    return exitGood;
}

int check(const Arguments& arguments, const node::ServerConfig& config)
{
    const SystemClock clock;
    const auto found = node::checkAdoption(config, clock);
    if (!found) return printEnd(arguments, fail(found));
    std::cout << (arguments.has("--json") ? node::checkJson(*found) : node::checkText(*found)) << std::flush;
    if (!std::cout) return exitFailed;
    const std::string file = arguments.value("--decisions");
    return file.empty() || !found->survey ? exitGood : writeTemplate(file, *found->survey);
}

} // namespace

int adopt(const VerbArguments& arguments)
{
    const auto parsed = Arguments::parse(arguments, adoptRules(), 1);
    if (!parsed) return refuseArguments(parsed.error().detail);
    std::string what;
    for (const char* flag : {"--check", "--finish", "--back", "--forget"}) {
        if (!parsed->has(flag)) continue;
        if (!what.empty()) return refuseArguments("adopt takes one of --check, --finish, --back and --forget");
        what = flag;
    }
    if (what.empty()) return refuseArguments("adopt needs one of --check, --finish, --back and --forget");
    const auto config = readDatabaseConfig(*parsed);
    if (!config) return exitConfiguration;
    if (what == "--check") return check(*parsed, *config);

    node::AdoptionOptions options;
    options.decisionsFile = parsed->value("--decisions");
    options.backupFolder = parsed->has("--backup-dir") ? parsed->value("--backup-dir") : config->dataDir + "/backups";
    options.lockNewPasswords = parsed->has("--lock-accounts");
    options.stopWanted = [] { return stopWanted != 0; };
    stopBetweenSteps();
    const bool json = parsed->has("--json");
    const auto tell = [json](const node::AdoptionEvent& event) {
        const std::string text = node::eventText(event);
        if (json)
            std::cout << node::eventJson(event) << std::flush;
        else if (!text.empty())
            std::cerr << text << std::endl;
    };
    const SystemClock clock;
    if (what == "--finish") return printEnd(*parsed, node::finishAdoption(*config, options, clock, tell));
    if (what == "--back") return printEnd(*parsed, node::giveBack(*config, options, clock, tell));
    return printEnd(*parsed, node::forgetOldTables(*config, tell));
}

} // namespace iam::app
