// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/passwordeditor.h"
#include "client/whenready.h"
#include "contract/validation.h"
#include "widgets/formfield.h"
#include "widgets/secretfield.h"

namespace iam::pages {

using widgets::FormField;
using widgets::SecretField;

PasswordEditor::PasswordEditor(client::UserClient client, std::string name, bool withOld, QWidget* parent)
    : EditorPane(QStringLiteral("password"), parent)
    , m_client(client)
    , m_name(std::move(name))
    , m_new(new SecretField(SecretField::Purpose::Input))
    , m_repeat(new SecretField(SecretField::Purpose::Input))
{
    const auto add = [this](const QString& label, const QString& objectName, SecretField* secret, const char* fault,
                            Check check) {
        secret->setNames(objectName, QString(label).remove(u'&'));
        FormField* field = addField(label, secret, fault, std::move(check));
        connect(secret, &SecretField::textChanged, this, [this, field] { edited(field); });
        return field;
    };
    if (withOld) {
        m_old = new SecretField(SecretField::Purpose::Input);
        add(tr("Old password"), QStringLiteral("password.old"), m_old, "oldPassword", [this]() -> contract::Complaint {
            if (m_old->text().isEmpty()) return "must not be empty";
            return {};
        });
    }
    add(tr("New password"), QStringLiteral("password.new"), m_new, "newPassword", [this] {
        return contract::checkPassword(m_new->text().toStdString());
    })->setHint(tr("8 to 16 characters with a-z, A-Z, 0-9 and a symbol."));
    add(tr("Repeat it"), QStringLiteral("password.repeat"), m_repeat, "repeat", [this]() -> contract::Complaint {
        if (m_repeat->text() != m_new->text()) return tr("differs from the password above").toStdString();
        return {};
    })->setHint(tr("All sessions of the user end; a new log-in is needed."));
    setSaveText(tr("Change pa&ssword"));
    connect(this, &EditorPane::saveRequested, this, &PasswordEditor::save);
}

void PasswordEditor::save()
{
    contract::PasswordChange change;
    if (m_old != nullptr) change.oldPassword = SecretString(m_old->text().toStdString());
    change.newPassword = SecretString(m_new->text().toStdString());
    setBusy(true);
    client::whenReady(m_client.changePassword(m_name, change), this, [this](const Result<void>& done) {
        if (!done) {
            Error error = done.error();
            if (error.code == Code::PasswordIncorrect && m_old != nullptr) {
                error.code = Code::Validation;
                error.faults = {{"oldPassword", tr("is not the old password").toStdString()}};
            }
            showFailure(error);
            return;
        }
        setClean();
        for (SecretField* field : {m_old, m_new, m_repeat})
            if (field != nullptr) field->wipe();
        Q_EMIT changed();
    });
}

} // namespace iam::pages
