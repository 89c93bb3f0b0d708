// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/oldform.h"
#include "contract/decision.h"
#include "contract/json.h"
#include "records/legacy/legacyform.h"
#include <chrono>

namespace iam::records {

namespace {

std::string decidersOf(const contract::DecisionRecord& record)
{
    std::string text = "[";
    for (const std::string& id : record.deciders) {
        if (text.size() > 1) text += ',';
        contract::JsonObjectWriter(text).text("id", id);
    }
    text += ']';
    return text;
}

} // namespace

LegacyRecord toOldForm(const contract::DecisionRecord& record)
{
    LegacyPolicies policies{{}, decidersOf(record)};
    // Without deciders an allowance has lost them on the way here: its sentence would name nobody.
    if (!record.allowed || !record.deciders.empty())
        if (auto form = toLegacy(record, policies)) return std::move(*form);
    contract::DecisionRecord denied = record;
    denied.allowed = false;
    denied.reason = contract::reasonDefault;
    LegacyRecord form = std::move(*toLegacy(denied, std::move(policies)));
    form.effect = record.allowed ? "allow" : "deny";
    form.conclusion = record.reason;
    return form;
}

} // namespace iam::records
