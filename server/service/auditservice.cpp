// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/auditservice.h"
#include "base/text.h"

namespace iam::service {
namespace {

/// Narrows the question down to what the caller may see.
Result<> restrict(const Caller& caller, contract::RecordFilter& filter)
{
    if (caller.administrator) return {};
    if (filter.owner && !text::equalIgnoringCase(*filter.owner, caller.name))
        return fail(Code::PermissionDenied, "only administrators may see the records of others");
    filter.owner = caller.name;
    return {};
}

} // namespace

AuditService::AuditService(records::DecisionReader& decisions, store::ChangeStore& changes)
    : m_decisions(decisions)
    , m_changes(changes)
{
}

Result<contract::RecordPage<contract::DecisionRecord>> AuditService::decisions(const Caller& caller,
                                                                               contract::RecordQuery query)
{
    if (auto allowed = restrict(caller, query.filter); !allowed) return fail(allowed);
    return m_decisions.query(query.filter, query.cursor, query.limit);
}

Result<contract::RecordPage<contract::ChangeRecord>> AuditService::changes(const Caller& caller,
                                                                           contract::RecordQuery query)
{
    if (auto allowed = restrict(caller, query.filter); !allowed) return fail(allowed);
    return m_changes.query(query.filter, query.cursor, query.limit);
}

} // namespace iam::service
