// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "configarguments.h"
#include "databaseargument.h"
#include "node/adoption/adoption.h"
#include "node/adoption/adoptiondecisions.h"
#include "node/adoption/adoptionreport.h"
#include "verbs.h"
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

int printFailure(const Error& error)
{
    std::cerr << "iam-server: " << error.detail << '\n';
    printFaults(error.faults);
    return exitFailed;
}

int printResult(const Result<>& done)
{
    return done ? exitGood : printFailure(done.error());
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
    if (!found) return printFailure(found.error());
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
    const auto tell = [](const std::string& line) { std::cerr << line << std::endl; };
    const SystemClock clock;
    if (what == "--finish") return printResult(node::finishAdoption(*config, options, clock, tell));
    if (what == "--back") return printResult(node::giveBack(*config, options, clock, tell));
    return printResult(node::forgetOldTables(*config, tell));
}

} // namespace iam::app
