// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace iam::app {

inline constexpr int exitGood = 0;
inline constexpr int exitFailed = 1;
inline constexpr int exitConfiguration = 2; ///< the configuration or the command line is wrong

using VerbArguments = std::vector<std::string>;

/// One thing iam-server can do. Each verb is one file and one row of the table in verbs.cpp.
struct Verb {
    std::string_view name;                      ///< empty: what happens without a verb
    std::string_view synopsis;                  ///< its arguments
    std::string_view purpose;                   ///< one line for --help
    int (*run)(const VerbArguments& arguments); ///< the arguments behind the verb; gives the exit code
};

[[nodiscard]] const std::vector<Verb>& verbs();

int bench(const VerbArguments& arguments);
int adopt(const VerbArguments& arguments);
int administer(const VerbArguments& arguments);
int manageCluster(const VerbArguments& arguments);
int renderCluster(const VerbArguments& arguments);
int printVerdicts(const VerbArguments& arguments);
int checkCluster(const VerbArguments& arguments);
int checkConfig(const VerbArguments& arguments);
int diffCluster(const VerbArguments& arguments);
int decide(const VerbArguments& arguments);
int importConfig(const VerbArguments& arguments);
int printHelp(const VerbArguments& arguments);
int printVersion(const VerbArguments& arguments);
int watch(const VerbArguments& arguments);
int serve(const VerbArguments& arguments);

/// Says one sentence on standard error about a wrong command line, and gives exitConfiguration.
[[nodiscard]] int refuseArguments(std::string_view sentence);

} // namespace iam::app
