// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/recordquery.h"
#include "records/decisionreader.h"
#include "service/caller.h"
#include "store/changestore.h"

namespace iam::service {

/// Looking decisions and changes up. Administrators see all, others what is theirs; asking for somebody else's is
/// Code::PermissionDenied. Every call blocks.
class AuditService {
public:
    /// Everything outlives this.
    AuditService(records::DecisionReader& decisions, store::ChangeStore& changes);

    Result<contract::RecordPage<contract::DecisionRecord>> decisions(const Caller& caller, contract::RecordQuery query);
    Result<contract::RecordPage<contract::ChangeRecord>> changes(const Caller& caller, contract::RecordQuery query);

private:
    records::DecisionReader& m_decisions;
    store::ChangeStore& m_changes;
};

} // namespace iam::service
