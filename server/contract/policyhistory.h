// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/listquery.h"
#include "contract/policy.h"
#include "contract/records.h"

namespace iam::contract {

/// One state of a policy: its number, since when it is known, who made it and how.
struct PolicyVersion {
    std::uint64_t number = 0;
    TimePoint time{};
    Actor actor;        ///< empty: not known
    std::string action; ///< "create", "update", "rollback"; empty: not known
    bool operator==(const PolicyVersion&) const = default;
};

/// The versions of a policy, newest first, beside the policy's metadata as it is now.
struct PolicyHistory {
    Metadata metadata;
    ListPage<PolicyVersion> versions;
};

/// What turns one version of a policy into another.
struct PolicyDiff {
    Metadata metadata; ///< of the policy as it is now
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::string patch; ///< JSON text: see policyPatch()
};

/// The JSON Patch (RFC 6902) that turns `from` into `to`, as JSON text, over what a change can change:
/// {"metadata":{"extend":…},"policy":{…}}. Members too big or too deep to be compared part by part are replaced whole.
[[nodiscard]] std::string policyPatch(const Policy& from, const Policy& to);

/// {"totalCount":N,"items":[{"version":…,"time":…,"actor":…,"address":…,"requestID":…,"action":…}]}
std::string encodePolicyVersions(const ListPage<PolicyVersion>& page);
Result<ListPage<PolicyVersion>> decodePolicyVersions(std::string_view body);
/// {"from":…,"to":…,"patch":[…]}
std::string encodePolicyDiff(const PolicyDiff& diff);
/// Without the metadata.
Result<PolicyDiff> decodePolicyDiff(std::string_view body);
/// {"version":N}. Code::Validation when there is none.
Result<std::uint64_t> decodeRollback(std::string_view body);
std::string encodeRollback(std::uint64_t version);

} // namespace iam::contract
