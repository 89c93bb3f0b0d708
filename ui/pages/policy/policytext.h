// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/policy.h"
#include "widgets/jsontextarea.h"
#include <QString>
#include <optional>

namespace iam::pages {

/// A rule as people edit it: description, effect, subjects, actions, resources, conditions, then meta when there is
/// one; without its id, which is the policy's name; `<`, `>` and `&` as they are.
[[nodiscard]] QString policyText(const contract::PolicyDocument& document);

/// All of a policy that a change can change: the rule as above, and its `extend` below when there is any.
[[nodiscard]] QString versionText(const contract::Policy& policy);

/// What a text is worth: a rule, or its faults with their places, in the reader's language. Syntax, types and
/// conditions as the server reads them, templates and effect as it checks them before it writes.
struct CheckedPolicy {
    std::optional<contract::PolicyDocument> document;
    QList<widgets::TextFault> faults;
};
[[nodiscard]] CheckedPolicy checkPolicyText(const QString& text);
/// What a text is worth as the context of a request: an object, nothing at all as an empty one.
struct CheckedContext {
    std::optional<contract::Json> context;
    QList<widgets::TextFault> faults;
};
[[nodiscard]] CheckedContext checkContextText(const QString& text);
/// JSON with line breaks and indentation, `<`, `>` and `&` as they are.
[[nodiscard]] QString jsonText(const contract::Json& json);
/// The places in `text` of faults that the server named; `prefix` ("policy.") is cut off their fields.
[[nodiscard]] QList<widgets::TextFault> placeFaults(const QString& text, const std::vector<FieldFault>& faults,
                                                    const std::string& prefix = {});

/// Something to start from.
struct PolicyTemplate {
    QString title;
    QString text;
};
[[nodiscard]] QList<PolicyTemplate> policyTemplates();

} // namespace iam::pages
