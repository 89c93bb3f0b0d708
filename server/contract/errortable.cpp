// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/errortable.h"
#include "contract/json.h"
#include <algorithm>

namespace iam::contract {

const std::vector<ErrorEntry>& errorTable()
{
    static const std::vector<ErrorEntry> table{
        {Code::Success, 200, "OK"},
        {Code::Unknown, 500, "Internal server error"},
        {Code::Bind, 400, "Error occurred while binding the request body to the struct"},
        {Code::Validation, 400, "Validation failed"},
        {Code::TokenInvalid, 401, "Token invalid"},
        {Code::PageNotFound, 404, "Page not found"},
        {Code::BodyTooLarge, 413, "Request body too large"},
        {Code::HeadersTooLarge, 431, "Request header fields too large"},
        {Code::RequestTimeout, 408, "Request timeout"},
        {Code::MalformedRequest, 400, "Malformed HTTP request"},
        {Code::Database, 500, "Database error"},
        {Code::StorageUnavailable, 503, "Storage is unavailable"},
        {Code::Encrypt, 401, "Error occurred while encrypting the user password"},
        {Code::SignatureInvalid, 401, "Signature is invalid"},
        {Code::Expired, 401, "Token expired"},
        {Code::InvalidAuthHeader, 401, "Invalid authorization header"},
        {Code::MissingHeader, 401, "The `Authorization` header was empty"},
        {Code::PasswordIncorrect, 401, "Password was incorrect"},
        {Code::PermissionDenied, 403, "Permission denied"},
        {Code::TooManyAttempts, 429, "Too many attempts"},
        {Code::ServerBusy, 503, "Server is busy"},
        {Code::EncodingFailed, 500, "Encoding failed due to an error with the data"},
        {Code::DecodingFailed, 500, "Decoding failed due to an error with the data"},
        {Code::InvalidJson, 500, "Data is not valid JSON"},
        {Code::EncodingJson, 500, "JSON data could not be encoded"},
        {Code::DecodingJson, 500, "JSON data could not be decoded"},
        {Code::InvalidYaml, 500, "Data is not valid Yaml"},
        {Code::EncodingYaml, 500, "Yaml data could not be encoded"},
        {Code::DecodingYaml, 500, "Yaml data could not be decoded"},
        {Code::UserNotFound, 404, "User not found"},
        {Code::UserAlreadyExist, 400, "User already exist"},
        {Code::ReachMaxCount, 400, "Secret reach the max count"},
        {Code::SecretNotFound, 404, "Secret not found"},
        {Code::SecretAlreadyExist, 400, "Secret already exist"},
        {Code::PolicyNotFound, 404, "Policy not found"},
        {Code::PolicyAlreadyExist, 400, "Policy already exist"},
        {Code::ObjectChanged, 412, "Object was changed by someone else"},
    };
    return table;
}

const ErrorEntry& errorEntry(Code code)
{
    const auto& table = errorTable();
    const auto find = [&](Code wanted) {
        return std::find_if(table.begin(), table.end(), [&](const ErrorEntry& entry) { return entry.code == wanted; });
    };
    const auto found = find(code);
    return found != table.end() ? *found : *find(Code::Unknown);
}

std::string encodeError(const Error& error)
{
    const ErrorEntry& entry = errorEntry(error.code);
    std::string out;
    {
        JsonObjectWriter object(out);
        object.number("code", static_cast<int>(entry.code)).text("message", entry.message);
        if (!error.faults.empty()) {
            std::string& list = object.raw("details");
            list += '[';
            for (std::size_t i = 0; i < error.faults.size(); ++i) {
                if (i > 0) list += ',';
                JsonObjectWriter(list).text("field", error.faults[i].field).text("message", error.faults[i].message);
            }
            list += ']';
        }
    }
    return out;
}

Error decodeError(int httpStatus, std::string_view body)
{
    Error error;
    const Result<Json> json = parseWholeJson(body, 64);
    const auto textOf = [](const Json& object, std::string_view name) {
        const Json* member = object.find(name);
        const std::string* text = member != nullptr ? member->string() : nullptr;
        return text != nullptr ? *text : std::string();
    };
    if (json) {
        error.detail = textOf(*json, "message");
        if (const Json* code = json->find("code"); code != nullptr && code->integer() != nullptr) {
            const auto& table = errorTable();
            const auto known = std::find_if(table.begin(), table.end(), [&](const ErrorEntry& entry) {
                return static_cast<int>(entry.code) == *code->integer();
            });
            if (known != table.end()) error.code = known->code;
        }
        if (const Json* details = json->find("details"); details != nullptr && details->array() != nullptr)
            for (const Json& detail : *details->array())
                error.faults.push_back({textOf(detail, "field"), textOf(detail, "message")});
    }
    if (error.code == Code::Unknown) {
        switch (httpStatus) {
        case 401:
            error.code = Code::TokenInvalid;
            break;
        case 403:
            error.code = Code::PermissionDenied;
            break;
        case 404:
            error.code = Code::PageNotFound;
            break;
        case 429:
            error.code = Code::TooManyAttempts;
            break;
        case 502:
        case 503:
        case 504:
            error.code = Code::ServerBusy;
            break;
        default:
            break;
        }
    }
    if (error.detail.empty()) error.detail = errorEntry(error.code).message;
    return error;
}

} // namespace iam::contract
