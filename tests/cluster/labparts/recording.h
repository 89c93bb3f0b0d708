// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace iam::lab {

using Json = nlohmann::ordered_json;

/// Times in milliseconds since 1970 throughout.
struct Request {
    double sent = 0;
    std::string kind;
    bool ok = false;
    int status = 0;
    std::string error;
};

/// From `at` until the next one of the same node.
struct Holding {
    double at = 0;
    std::string node;
    bool held = false;
};

struct Reach {
    double at = 0;
    std::string node; ///< where the client sends what is for the VIP; empty: it does not know
};

struct Claim {
    double at = 0;
    std::string node; ///< who says it
    int code = 0;     ///< 0: no answer
    std::string verdict;
    std::string owner;
    std::string reason;
};

/// What was written during one run of a scenario, in the order of time.
struct Recording {
    Json about;   ///< scenario, profile, owner, run, targets
    Json actions; ///< [{"t_ms","did","fault"}]
    Json checks;  ///< [{"check","ok","seen"}]
    Json journal; ///< {"items":[…]} of GET /v1/cluster/events, from the node that had not the VIP; or anything else
    Json notices; ///< [{"node","line"}] of keepalived's log file
    std::vector<Request> requests;
    std::vector<Holding> holdings;
    std::vector<Reach> reaches;
    std::vector<Claim> claims;

    /// Of the first action that is a fault; of the first request when there is none.
    [[nodiscard]] double faultTime() const;
    [[nodiscard]] std::vector<std::string> nodes() const;
};

/// Reads about.json, journal.json, actions.jsonl, checks.jsonl, notices.jsonl, requests.jsonl and watch.jsonl of a
/// folder. A line cut off at the end of a file is left out.
[[nodiscard]] Recording readRecording(const std::string& folder);

} // namespace iam::lab
