// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/user/usereditor.h"
#include "client/whenready.h"
#include "contract/validation.h"
#include "widgets/formfield.h"
#include "widgets/secretfield.h"
#include <QCheckBox>
#include <QLineEdit>

namespace iam::pages {

using widgets::FormField;

namespace {

std::string textOf(const QLineEdit* line)
{
    return line->text().trimmed().toStdString();
}

QLineEdit* makeLine(const QString& name)
{
    auto* line = new QLineEdit;
    line->setObjectName(name);
    return line;
}

} // namespace

UserEditor::UserEditor(client::UserClient client, QWidget* parent)
    : EditorPane(QStringLiteral("user"), parent)
    , m_client(client)
    , m_fresh(true)
{
    m_name = makeLine(QStringLiteral("user.name"));
    FormField* name =
        addField(tr("Name"), m_name, "metadata.name", [this] { return contract::checkName(textOf(m_name)); });
    name->setHint(tr("For the log-in; it cannot be changed later."));
    connect(m_name, &QLineEdit::textEdited, this, [this, name] { edited(name); });
    addContactFields();
    m_password = new widgets::SecretField(widgets::SecretField::Purpose::Input);
    m_password->setNames(QStringLiteral("user.password"), tr("Password"));
    FormField* password = addField(tr("Password"), m_password, "password",
                                   [this] { return contract::checkPassword(m_password->text().toStdString()); });
    password->setHint(tr("8 to 16 characters with a-z, A-Z, 0-9 and a symbol."));
    connect(m_password, &widgets::SecretField::textChanged, this, [this, password] { edited(password); });
    m_administrator = new QCheckBox(tr("Administrator: may see and change everything"));
    m_administrator->setObjectName(QStringLiteral("user.administrator"));
    addWidget(m_administrator);
    connect(m_administrator, &QCheckBox::toggled, this, [this] { setDirty(); });
    setSaveText(tr("Create u&ser"));
    connect(this, &EditorPane::saveRequested, this, &UserEditor::save);
}

UserEditor::UserEditor(client::UserClient client, contract::User user, std::string etag, QWidget* parent)
    : EditorPane(QStringLiteral("user"), parent)
    , m_client(client)
    , m_user(std::move(user))
    , m_etag(std::move(etag))
    , m_fresh(false)
{
    addContactFields();
    fill(m_user);
    connect(this, &EditorPane::saveRequested, this, &UserEditor::save);
    connect(this, &EditorPane::reloadRequested, this, [this] {
        m_user = m_theirs;
        m_etag = m_theirEtag;
        fill(m_user);
        hideConflict();
        setClean();
    });
    connect(this, &EditorPane::overwriteRequested, this, [this] {
        m_etag = m_theirEtag;
        hideConflict();
        save();
    });
}

void UserEditor::addContactFields()
{
    m_nickname = makeLine(QStringLiteral("user.nickname"));
    m_email = makeLine(QStringLiteral("user.email"));
    m_phone = makeLine(QStringLiteral("user.phone"));
    const auto add = [this](const QString& label, QLineEdit* line, const char* fault, auto check) {
        FormField* field = addField(label, line, fault, [line, check] { return check(textOf(line)); });
        connect(line, &QLineEdit::textEdited, this, [this, field] { edited(field); });
        return field;
    };
    add(tr("Nickname"), m_nickname, "nickname", contract::checkNickname)
        ->setHint(tr("How people call the user; up to 30 characters."));
    add(tr("E-mail"), m_email, "email", contract::checkEmail);
    add(tr("Phone"), m_phone, "phone", contract::checkPhone)->setHint(tr("Optional."));
}

void UserEditor::fill(const contract::User& user)
{
    m_nickname->setText(QString::fromStdString(user.nickname));
    m_email->setText(QString::fromStdString(user.email));
    m_phone->setText(QString::fromStdString(user.phone));
}

contract::User UserEditor::typed() const
{
    contract::User user = m_user;
    user.nickname = textOf(m_nickname);
    user.email = textOf(m_email);
    user.phone = textOf(m_phone);
    if (!m_fresh) return user;
    user.metadata.name = textOf(m_name);
    user.password = SecretString(m_password->text().toStdString());
    user.isAdmin = m_administrator->isChecked() ? 1 : 0;
    return user;
}

void UserEditor::save()
{
    setBusy(true);
    if (m_fresh) {
        client::whenReady(m_client.create(typed()), this, [this](const Result<contract::User>& user) {
            if (!user) {
                showFailure(user.error());
                return;
            }
            setClean();
            m_password->wipe();
            Q_EMIT saved(*user);
        });
        return;
    }
    client::whenReady(m_client.update(typed(), m_etag), this,
                      [this](const Result<client::Versioned<contract::User>>& user) {
                          if (user) {
                              setClean();
                              Q_EMIT saved(user->value);
                          } else if (user.error().code == Code::ObjectChanged) {
                              readTheirs();
                          } else {
                              showFailure(user.error());
                          }
                      });
}

void UserEditor::readTheirs()
{
    client::whenReady(m_client.get(m_user.metadata.name), this,
                      [this](const Result<client::Versioned<contract::User>>& user) {
                          if (!user) {
                              showFailure(user.error());
                              return;
                          }
                          m_theirs = user->value;
                          m_theirEtag = user->etag;
                          const auto line = [](const QString& label, const std::string& value) {
                              return QStringLiteral("%1: %2\n").arg(label, QString::fromStdString(value));
                          };
                          showConflict(line(tr("Nickname"), m_theirs.nickname) + line(tr("E-mail"), m_theirs.email) +
                                       line(tr("Phone"), m_theirs.phone));
                      });
}

} // namespace iam::pages
