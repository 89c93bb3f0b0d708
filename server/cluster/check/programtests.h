// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/report.h"
#include <chrono>

namespace iam::cluster {

struct ProgramTestOptions {
    std::chrono::milliseconds timeout = std::chrono::seconds(20); ///< of each program
    std::string nginx;      ///< absolute path; empty: where it is usually installed
    std::string keepalived; ///< likewise
};

/// Lets nginx and keepalived themselves test a node's files (nginx -t, keepalived -t), in a folder of their own, and
/// adds what they say to the report, with file and line; what `known` tells about the same line already is left out.
/// Their traps are minded: files that are missing or empty are found before (keepalived -t calls them good); exit code
/// 6 of keepalived is only about script security, 5 also about what it survives; a program that is not installed is a
/// finding. As root the tests run in a network of their own, which has the interfaces that the files name; otherwise
/// what depends on this machine (interfaces, names that cannot be looked up, users) becomes a note.
/// nginx -t opens the logs and the pid file that are named, but those of the folder; names of upstreams are looked up.
void testWithPrograms(const NodeFiles& node, const std::vector<Finding>& known, const ProgramTestOptions& options,
                      Report& report);

} // namespace iam::cluster
