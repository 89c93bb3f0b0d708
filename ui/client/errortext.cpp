// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/errortext.h"
#include "contract/errortable.h"
#include <QCoreApplication>

namespace iam::client {

namespace {

struct Row {
    Code code;
    const char* what;
    const char* advice; ///< nullptr: none
};

constexpr const char* errorTextContext = "ErrorText";

constexpr Row rows[] = {
    {Code::Unreachable, QT_TRANSLATE_NOOP("ErrorText", "The server cannot be reached."),
     QT_TRANSLATE_NOOP("ErrorText", "Check that it runs and that its address is right, then try again.")},
    {Code::TimedOut, QT_TRANSLATE_NOOP("ErrorText", "The server did not answer in time."),
     QT_TRANSLATE_NOOP("ErrorText", "Try again in a moment.")},
    {Code::Insecure, QT_TRANSLATE_NOOP("ErrorText", "No secure connection to the server could be made."),
     QT_TRANSLATE_NOOP("ErrorText", "Ask whoever runs the server for a valid certificate.")},
    {Code::AnswerInvalid, QT_TRANSLATE_NOOP("ErrorText", "Something answered that is not an IAM server."),
     QT_TRANSLATE_NOOP("ErrorText", "Check the address of the server.")},
    {Code::AnswerTooLarge, QT_TRANSLATE_NOOP("ErrorText", "The server's answer is too large."),
     QT_TRANSLATE_NOOP("ErrorText", "Ask for less: search or filter.")},
    {Code::Redirected, QT_TRANSLATE_NOOP("ErrorText", "The server sends us to another address: %1"),
     QT_TRANSLATE_NOOP("ErrorText", "If you trust that address, connect to it directly.")},
    {Code::Cancelled, QT_TRANSLATE_NOOP("ErrorText", "This was cancelled."), nullptr},
    {Code::Bind, QT_TRANSLATE_NOOP("ErrorText", "The server could not read what was sent."), nullptr},
    {Code::Validation, QT_TRANSLATE_NOOP("ErrorText", "The server did not accept the values."),
     QT_TRANSLATE_NOOP("ErrorText", "Correct them and try again.")},
    {Code::TokenInvalid, QT_TRANSLATE_NOOP("ErrorText", "You are no longer logged in."),
     QT_TRANSLATE_NOOP("ErrorText", "Log in again.")},
    {Code::SignatureInvalid, QT_TRANSLATE_NOOP("ErrorText", "You are no longer logged in."),
     QT_TRANSLATE_NOOP("ErrorText", "Log in again.")},
    {Code::Expired, QT_TRANSLATE_NOOP("ErrorText", "You are no longer logged in."),
     QT_TRANSLATE_NOOP("ErrorText", "Log in again.")},
    {Code::InvalidAuthHeader, QT_TRANSLATE_NOOP("ErrorText", "The server asks for a log-in."),
     QT_TRANSLATE_NOOP("ErrorText", "Log in again.")},
    {Code::MissingHeader, QT_TRANSLATE_NOOP("ErrorText", "The server asks for a log-in."),
     QT_TRANSLATE_NOOP("ErrorText", "Log in again.")},
    {Code::PageNotFound, QT_TRANSLATE_NOOP("ErrorText", "This server does not offer that."),
     QT_TRANSLATE_NOOP("ErrorText", "It may be an older version.")},
    {Code::BodyTooLarge, QT_TRANSLATE_NOOP("ErrorText", "What was sent is too large for the server."),
     QT_TRANSLATE_NOOP("ErrorText", "Make it smaller and try again.")},
    {Code::HeadersTooLarge, QT_TRANSLATE_NOOP("ErrorText", "What was asked is too long for the server."),
     QT_TRANSLATE_NOOP("ErrorText", "Shorten the search or the filter.")},
    {Code::RequestTimeout, QT_TRANSLATE_NOOP("ErrorText", "The server waited too long for the request."),
     QT_TRANSLATE_NOOP("ErrorText", "Try again in a moment.")},
    {Code::MalformedRequest, QT_TRANSLATE_NOOP("ErrorText", "The server could not read what was sent."), nullptr},
    {Code::Database, QT_TRANSLATE_NOOP("ErrorText", "The server has a problem with its database."),
     QT_TRANSLATE_NOOP("ErrorText", "Its log says more.")},
    {Code::StorageUnavailable, QT_TRANSLATE_NOOP("ErrorText", "The server cannot store anything at the moment."),
     QT_TRANSLATE_NOOP("ErrorText", "Its disk may be full. Make room, then try again.")},
    {Code::Encrypt, QT_TRANSLATE_NOOP("ErrorText", "The server could not store the password."),
     QT_TRANSLATE_NOOP("ErrorText", "Its log says more.")},
    {Code::PasswordIncorrect, QT_TRANSLATE_NOOP("ErrorText", "Name or password is wrong."),
     QT_TRANSLATE_NOOP("ErrorText", "Check both; capitals matter in the password.")},
    {Code::PermissionDenied, QT_TRANSLATE_NOOP("ErrorText", "You may not do that."),
     QT_TRANSLATE_NOOP("ErrorText", "An administrator can.")},
    {Code::TooManyAttempts, QT_TRANSLATE_NOOP("ErrorText", "There were too many failed log-ins."),
     QT_TRANSLATE_NOOP("ErrorText", "Wait a few minutes, then try again.")},
    {Code::ServerBusy, QT_TRANSLATE_NOOP("ErrorText", "The server is busy."),
     QT_TRANSLATE_NOOP("ErrorText", "Try again in a moment.")},
    {Code::UserNotFound, QT_TRANSLATE_NOOP("ErrorText", "This user no longer exists, or is disabled."),
     QT_TRANSLATE_NOOP("ErrorText", "Refresh the list.")},
    {Code::UserAlreadyExist, QT_TRANSLATE_NOOP("ErrorText", "A user of this name exists already."),
     QT_TRANSLATE_NOOP("ErrorText", "Choose another name.")},
    {Code::ReachMaxCount, QT_TRANSLATE_NOOP("ErrorText", "This user has as many secrets as the server allows."),
     QT_TRANSLATE_NOOP("ErrorText", "Delete one that is no longer needed.")},
    {Code::SecretNotFound, QT_TRANSLATE_NOOP("ErrorText", "This secret no longer exists."),
     QT_TRANSLATE_NOOP("ErrorText", "Refresh the list.")},
    {Code::SecretAlreadyExist, QT_TRANSLATE_NOOP("ErrorText", "This user has a secret of this name already."),
     QT_TRANSLATE_NOOP("ErrorText", "Choose another name.")},
    {Code::PolicyNotFound, QT_TRANSLATE_NOOP("ErrorText", "This policy no longer exists."),
     QT_TRANSLATE_NOOP("ErrorText", "Refresh the list.")},
    {Code::PolicyAlreadyExist, QT_TRANSLATE_NOOP("ErrorText", "This user has a policy of this name already."),
     QT_TRANSLATE_NOOP("ErrorText", "Choose another name.")},
    {Code::ObjectChanged, QT_TRANSLATE_NOOP("ErrorText", "Somebody else changed this in the meantime."),
     QT_TRANSLATE_NOOP("ErrorText", "Load the new state, then make your change again.")},
};

constexpr Row unknownRow{Code::Unknown, QT_TRANSLATE_NOOP("ErrorText", "The server failed."),
                         QT_TRANSLATE_NOOP("ErrorText", "Try again; if it fails again, the server's log says more.")};

const Row& rowOf(Code code)
{
    for (const Row& row : rows)
        if (row.code == code) return row;
    return unknownRow;
}

} // namespace

ErrorText errorText(const Error& error)
{
    const Row& row = rowOf(error.code);
    ErrorText out{QCoreApplication::translate(errorTextContext, row.what), {}};
    if (row.advice != nullptr) out.advice = QCoreApplication::translate(errorTextContext, row.advice);
    if (error.code == Code::Redirected) out.what = out.what.arg(QString::fromStdString(error.detail));
    if (error.code == Code::Insecure && !error.detail.empty()) out.what = serverText(error.detail);
    for (const FieldFault& fault : error.faults) {
        const QString sentence = serverText(fault.message);
        out.what += u'\n';
        out.what += fault.field.empty() ? sentence
                                        : QStringLiteral("%1: %2").arg(QString::fromStdString(fault.field), sentence);
    }
    return out;
}

bool worthRetrying(const Error& error)
{
    switch (error.code) {
    case Code::Unreachable:
    case Code::TimedOut:
    case Code::RequestTimeout:
    case Code::ServerBusy:
    case Code::StorageUnavailable:
    case Code::Database:
    case Code::Unknown:
        return true;
    default:
        return false;
    }
}

} // namespace iam::client
