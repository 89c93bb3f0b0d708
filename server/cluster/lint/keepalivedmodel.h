// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/lint/fileset.h"
#include "cluster/lint/statement.h"
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace iam::cluster {

/// A vrrp_script, or a (vrrp_)track_file.
struct TrackedThing {
    const Statement* at = nullptr;
    std::string name;
    int weight = 0;
    std::string command;                  ///< of a script: with its arguments
    const Statement* commandAt = nullptr; ///< null: it has none
};

struct VirtualAddress {
    const Statement* at = nullptr;
    std::string address;
    std::optional<int> prefix;
};

/// One vrrp_instance, with what global_defs says put in.
struct VrrpInstance {
    const Statement* at = nullptr;
    std::string name;
    std::string state; ///< empty: not given, which counts as BACKUP
    std::string interface;
    std::optional<long> routerId;
    std::optional<long> priority;
    std::chrono::milliseconds advert{1000};
    int version = 2;
    bool nopreempt = false;
    std::string authType; ///< empty: none
    std::string authPass;
    const Statement* authAt = nullptr;
    std::string unicastSource;
    std::vector<std::string> peers;
    std::vector<VirtualAddress> addresses;
    std::vector<const Statement*> scripts;   ///< entries of track_script
    std::vector<const Statement*> files;     ///< of track_file
    std::vector<const Statement*> processes; ///< of track_process

    /// The statement of that name, or the instance itself.
    [[nodiscard]] const Statement& statement(std::string_view childName) const;
};

/// What a keepalived.conf says about VRRP. Points into `text`, so it stays where it was made.
struct KeepalivedModel {
    explicit KeepalivedModel(const NodeFiles& node);
    KeepalivedModel(const KeepalivedModel&) = delete;
    KeepalivedModel& operator=(const KeepalivedModel&) = delete;

    ParsedText text;
    std::vector<VrrpInstance> instances;
    std::vector<TrackedThing> scripts;
    std::vector<TrackedThing> files;

    /// The last statement of that name in a global_defs, or null.
    [[nodiscard]] const Statement* global(std::string_view name) const;
    [[nodiscard]] const Statement* firstGlobals() const;
    /// Null when there is none of that name.
    [[nodiscard]] const TrackedThing* script(const std::string& name) const;
    [[nodiscard]] const TrackedThing* trackFile(const std::string& name) const;
};

inline constexpr const char* keepalivedPath = "/etc/keepalived/keepalived.conf";

/// The weight that a track_script or track_file entry gives itself ("chk weight -20"), or the thing's own.
[[nodiscard]] int weightOf(const Statement& entry, const TrackedThing* thing);

} // namespace iam::cluster
