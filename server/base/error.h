// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace iam {

/// The stable number of a failure, as clients see it. contract/errortable.h maps each to its HTTP status and text.
enum class Code : int {
    // What goes wrong on the way to a server: made by clients, never on the wire.
    Unreachable = 1,    ///< no connection: refused, no such host, cut off
    TimedOut = 2,       ///< no whole answer in time
    Insecure = 3,       ///< TLS failed; the detail is a sentence that says how
    AnswerInvalid = 4,  ///< an answer, but not one of an IAM server
    AnswerTooLarge = 5, ///< more bytes than allowed
    Redirected = 6,     ///< the server sends us elsewhere, which is not followed; the detail is the target
    Cancelled = 7,      ///< the client was closed, or the user gave up to log in again

    Success = 100001,
    Unknown = 100002,
    Bind = 100003,
    Validation = 100004,
    TokenInvalid = 100005,
    PageNotFound = 100006,
    BodyTooLarge = 100010,
    HeadersTooLarge = 100011,
    RequestTimeout = 100012,
    MalformedRequest = 100013,
    Database = 100101,
    StorageUnavailable = 100102,
    Encrypt = 100201,
    SignatureInvalid = 100202,
    Expired = 100203,
    InvalidAuthHeader = 100204,
    MissingHeader = 100205,
    PasswordIncorrect = 100206,
    PermissionDenied = 100207,
    TooManyAttempts = 100208,
    ServerBusy = 100209,
    EncodingFailed = 100301,
    DecodingFailed = 100302,
    InvalidJson = 100303,
    EncodingJson = 100304,
    DecodingJson = 100305,
    InvalidYaml = 100306,
    EncodingYaml = 100307,
    DecodingYaml = 100308,
    UserNotFound = 110001,
    UserAlreadyExist = 110002,
    ReachMaxCount = 110101,
    SecretNotFound = 110102,
    SecretAlreadyExist = 110103,
    PolicyNotFound = 110201,
    PolicyAlreadyExist = 110203,
    ObjectChanged = 110205,
};

/// What is wrong with one field of what somebody sent: a JSON path such as "policy.actions[2]" and one sentence.
struct FieldFault {
    std::string field;
    std::string message;
    bool operator==(const FieldFault&) const = default;
};

/// A failure as a value. `code` and `faults` go to the outside; `detail` goes to the log only, with the request id.
/// `detail` never holds a secret value.
struct Error {
    Code code = Code::Unknown;
    std::string detail;
    std::vector<FieldFault> faults;
};

} // namespace iam
