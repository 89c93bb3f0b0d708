// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include "contract/records.h"
#include <cstdint>
#include <string>
#include <vector>

namespace iam::store {

/// What a change was about: enough to read anew what it touched.
struct ChangeMark {
    std::uint64_t id = 0;
    std::string kind;
    std::string action;
    std::string owner;
    std::string name;
};

/// The record of what was changed, by whom and from where. The other stores write it, each change in the transaction
/// of the change; here it is read. `before` and `after` are the object's JSON as the API shows it, without password,
/// hash or key; of a policy whose document cannot be read it is that document as stored (as a JSON string when it is
/// not JSON). Records outlive their objects.
///
/// | kind    | action                                                  | name    |
/// |---------|---------------------------------------------------------|---------|
/// | user    | create update change-password enable disable delete     | user    |
/// |         | unlock end-sessions                                     |         |
/// | secret  | create update enable disable rotate end-previous delete | secret  |
/// | policy  | create update rollback delete                           | policy  |
/// | session | logout revoke                                           | token   |
/// | audit   | clean                                                   | table   |
///
/// Any thread. Errors as userstore.h says.
class ChangeStore {
public:
    virtual ~ChangeStore() = default;

    /// Newest first. `limit` is brought into [1, maxRecordLimit]. `cursor` is empty or a former page's `next`; anything
    /// else is Code::Bind with the fault on "cursor". Records that appear meanwhile never shift the pages. Of the
    /// filter from, to, owner, action, actor, kind, name and text count; a change has no subject, resource or verdict.
    /// `text` is looked for in actor, address, request id, kind, action, owner, name, before and after.
    virtual Result<contract::RecordPage<contract::ChangeRecord>> query(const contract::RecordFilter& filter,
                                                                       const std::string& cursor, int limit) = 0;

    // Ids rise in the order in which the changes became visible: whoever has seen one has missed none before it.

    /// The newest change's id; 0 when there is none.
    virtual Result<std::uint64_t> lastId() = 0;
    /// The changes behind `id`, ascending, the first `limit` of them.
    virtual Result<std::vector<ChangeMark>> since(std::uint64_t id, std::size_t limit) = 0;
};

} // namespace iam::store
