// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/decision.h"
#include "contract/listquery.h"
#include "contract/policy.h"
#include "contract/records.h"
#include "contract/secret.h"
#include "contract/session.h"
#include "contract/user.h"

namespace iam::contract {

// Reading follows Go's encoding/json: keys match in any case, unknown keys are ignored, null leaves a plain value as
// it is, a wrong type is Code::Bind with one fault per wrong field. Writing gives the bytes Go would.

Result<User> decodeUser(std::string_view body);
Result<Secret> decodeSecret(std::string_view body);
Result<Policy> decodePolicy(std::string_view body);
/// The rule alone, as a policy's `policy` holds it. `path` stands in front of the names in faults.
Result<PolicyDocument> decodePolicyDocument(const Json& json, const std::string& path = {});
Result<DecisionRequest> decodeDecisionRequest(std::string_view body);
/// One request of several. `path` stands in front of the names in faults.
Result<DecisionRequest> decodeDecisionRequest(const Json& json, const std::string& path);
/// {"requests":[…]}, 1 to maxBatchRequests items, in order; each is read like a body of decodeDecisionRequest(), and
/// one that is no request fails alone, its faults under "requests[i]". Code::Bind when the body is none, and
/// Code::Validation when it has too many items, or none.
Result<std::vector<Result<DecisionRequest>>> decodeDecisionBatch(std::string_view body);

struct SecretRotation {
    std::int64_t overlap = 86'400; ///< seconds for which the old key stays valid; 0: it ends at once
};
Result<SecretRotation> decodeSecretRotation(std::string_view body);

struct PasswordChange {
    SecretString oldPassword;
    SecretString newPassword;
};
Result<PasswordChange> decodePasswordChange(std::string_view body);

struct Credentials {
    std::string username;
    SecretString password;
};
Result<Credentials> decodeCredentials(std::string_view body);

std::string encodeUser(const User& user);
std::string encodeSecret(const Secret& secret);
std::string encodePolicy(const Policy& policy);
std::string encodePolicyDocument(const PolicyDocument& document);
std::string encodeDecisionRequest(const DecisionRequest& request);
/// {"allowed":true} or {"allowed":false,"denied":true,"reason":"…"}
std::string encodeDecision(const Decision& decision);
/// {"results":[…]}, each as encodeDecision() writes it, or {"error":…} with what encodeError() writes.
std::string encodeDecisionBatch(const std::vector<Result<Decision>>& results);
/// {"totalCount":N,"items":[…]}, totalCount left out when 0; users have status 0 and no isAdmin in a list,
/// unless it was asked for by status.
enum class UserListForm { Plain, ByStatus };
std::string encodeUserList(const ListPage<User>& page, UserListForm form = UserListForm::Plain);
std::string encodeSecretList(const ListPage<Secret>& page);
std::string encodePolicyList(const ListPage<Policy>& page);
std::string encodeSessionList(const ListPage<Session>& page);
std::string encodeDecisionRecord(const DecisionRecord& record);
/// {"items":[…],"next":"…"}
std::string encodeDecisionRecords(const RecordPage<DecisionRecord>& page);
std::string encodeChangeRecords(const RecordPage<ChangeRecord>& page);

// The client's side.

/// What a client sends to create or change a user: encodeUser() with the password, when there is one.
std::string encodeUserBody(const User& user);
std::string encodeSecretRotation(const SecretRotation& rotation);
std::string encodePasswordChange(const PasswordChange& change);
std::string encodeCredentials(const Credentials& credentials);
Result<Decision> decodeDecision(std::string_view body);
Result<ListPage<User>> decodeUserList(std::string_view body);
Result<ListPage<Secret>> decodeSecretList(std::string_view body);
Result<ListPage<Policy>> decodePolicyList(std::string_view body);
Result<ListPage<Session>> decodeSessionList(std::string_view body);
Result<RecordPage<DecisionRecord>> decodeDecisionRecords(std::string_view body);
Result<RecordPage<ChangeRecord>> decodeChangeRecords(std::string_view body);

} // namespace iam::contract
