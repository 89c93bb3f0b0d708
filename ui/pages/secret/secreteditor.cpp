// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secreteditor.h"
#include "client/whenready.h"
#include "contract/validation.h"
#include "pages/ownerchooser.h"
#include "widgets/facts.h"
#include "widgets/formfield.h"
#include <QComboBox>
#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLineEdit>

namespace iam::pages {

using widgets::FormField;

namespace {
constexpr int never = 0;
constexpr int onDate = -1;
} // namespace

SecretEditor::SecretEditor(client::SecretClient client, client::ApiClient& api, bool administrator,
                           const QString& owner, QWidget* parent)
    : EditorPane(QStringLiteral("secret"), parent)
    , m_client(client)
    , m_fresh(true)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("secret.name"));
    FormField* name = addField(tr("Name"), m_name, "metadata.name",
                               [this] { return contract::checkName(m_name->text().trimmed().toStdString()); });
    name->setHint(tr("What uses it, for example “billing”; it cannot be changed later."));
    connect(m_name, &QLineEdit::textEdited, this, [this, name] { edited(name); });
    if (administrator) {
        m_owner = new OwnerChooser(api, false);
        m_owner->setObjectName(QStringLiteral("secret.owner"));
        m_owner->setSelf(QString::fromStdString(api.session()->username));
        if (!owner.isEmpty()) m_owner->setOwner(owner);
        FormField* field = addField(tr("Owner"), m_owner, "username");
        field->setHint(tr("The owner's policies decide what the secret may do."));
        connect(m_owner, &OwnerChooser::ownerChanged, this, [this] { setDirty(); });
    }
    addCommonFields();
    fill({});
    setClean();
    setSaveText(tr("Create &secret"));
    connect(this, &EditorPane::saveRequested, this, &SecretEditor::save);
}

SecretEditor::SecretEditor(client::SecretClient client, client::OwnedName name, contract::Secret secret,
                           std::string etag, QWidget* parent)
    : EditorPane(QStringLiteral("secret"), parent)
    , m_client(client)
    , m_address(std::move(name))
    , m_secret(std::move(secret))
    , m_etag(std::move(etag))
    , m_fresh(false)
{
    auto* facts = new widgets::Facts;
    facts->add(tr("Owner"), QString::fromStdString(m_secret.username));
    facts->add(tr("Secret ID"), QString::fromStdString(m_secret.secretId), widgets::Facts::Style::Monospace);
    facts->add(tr("Key"), tr("shown only once, when it was made"));
    addWidget(facts);
    addCommonFields();
    fill(m_secret);
    setClean();
    connect(this, &EditorPane::saveRequested, this, &SecretEditor::save);
    connect(this, &EditorPane::reloadRequested, this, [this] {
        m_secret = m_theirs;
        m_etag = m_theirEtag;
        fill(m_secret);
        hideConflict();
        setClean();
    });
    connect(this, &EditorPane::overwriteRequested, this, [this] {
        m_etag = m_theirEtag;
        hideConflict();
        save();
    });
}

void SecretEditor::addCommonFields()
{
    auto* expiry = new QWidget;
    m_expiry = new QComboBox(expiry);
    m_expiry->setObjectName(QStringLiteral("secret.expiry"));
    m_expiry->setAccessibleName(tr("When it expires"));
    m_expiry->addItem(tr("Never"), never);
    m_expiry->addItem(tr("In 30 days"), 30);
    m_expiry->addItem(tr("In 90 days"), 90);
    m_expiry->addItem(tr("In a year"), 365);
    m_expiry->addItem(tr("On a date"), onDate);
    m_date = new QDateTimeEdit(expiry);
    m_date->setObjectName(QStringLiteral("secret.date"));
    m_date->setAccessibleName(tr("The date on which it expires"));
    m_date->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_date->setCalendarPopup(true);
    m_date->setMaximumDateTime(QDateTime::fromSecsSinceEpoch(4294967295));
    auto* row = new QHBoxLayout(expiry);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_expiry);
    row->addWidget(m_date, 1);
    expiry->setFocusProxy(m_expiry);
    expiry->setObjectName(QStringLiteral("secret.expires"));
    FormField* expires =
        addField(tr("Expires"), expiry, "expires", [this] { return contract::checkExpires(this->expires()); });
    expires->setHint(tr("From then on requests signed with it are refused. Local time."));
    connect(m_expiry, &QComboBox::currentIndexChanged, this, [this, expires] {
        chooseExpiry(m_expiry->currentData().toInt());
        edited(expires);
    });
    connect(m_date, &QDateTimeEdit::dateTimeChanged, this, [this, expires] { edited(expires); });

    m_description = new QLineEdit;
    m_description->setObjectName(QStringLiteral("secret.description"));
    FormField* description = addField(tr("Description"), m_description, "description", [this] {
        return contract::checkDescription(m_description->text().toStdString());
    });
    description->setHint(tr("Optional: where it is kept, whom to ask."));
    connect(m_description, &QLineEdit::textEdited, this, [this, description] { edited(description); });
}

void SecretEditor::chooseExpiry(int choice)
{
    m_date->setVisible(choice != never);
    m_date->setReadOnly(choice != onDate);
    if (choice > 0) m_date->setDateTime(QDateTime::currentDateTime().addDays(choice));
}

void SecretEditor::fill(const contract::Secret& secret)
{
    const bool expiring = secret.expires > 0;
    m_date->setDateTime(expiring ? QDateTime::fromSecsSinceEpoch(secret.expires)
                                 : QDateTime::currentDateTime().addDays(90));
    m_expiry->setCurrentIndex(m_expiry->findData(expiring ? onDate : never));
    chooseExpiry(expiring ? onDate : never);
    m_description->setText(QString::fromStdString(secret.description));
}

std::int64_t SecretEditor::expires() const
{
    if (m_expiry->currentData().toInt() == never) return 0;
    return m_date->dateTime().toSecsSinceEpoch();
}

contract::Secret SecretEditor::typed() const
{
    contract::Secret secret = m_secret;
    secret.expires = expires();
    secret.description = m_description->text().toStdString();
    if (!m_fresh) {
        secret.username = m_address.owner.value_or(std::string());
        return secret;
    }
    secret.metadata.name = m_name->text().trimmed().toStdString();
    if (m_owner != nullptr && m_owner->currentIndex() > 0) secret.username = m_owner->owner().toStdString();
    return secret;
}

void SecretEditor::save()
{
    setBusy(true);
    if (m_fresh) {
        client::whenReady(m_client.create(typed()), this, [this](const Result<contract::Secret>& secret) {
            if (!secret) {
                showFailure(secret.error());
                return;
            }
            setClean();
            Q_EMIT created(*secret);
        });
        return;
    }
    client::whenReady(m_client.update(typed(), m_etag), this,
                      [this](const Result<client::Versioned<contract::Secret>>& secret) {
                          if (secret) {
                              setClean();
                              Q_EMIT saved(secret->value);
                          } else if (secret.error().code == Code::ObjectChanged) {
                              readTheirs();
                          } else {
                              showFailure(secret.error());
                          }
                      });
}

void SecretEditor::readTheirs()
{
    client::whenReady(m_client.get(m_address), this, [this](const Result<client::Versioned<contract::Secret>>& secret) {
        if (!secret) {
            showFailure(secret.error());
            return;
        }
        m_theirs = secret->value;
        m_theirEtag = secret->etag;
        const QString when =
            m_theirs.expires > 0
                ? QDateTime::fromSecsSinceEpoch(m_theirs.expires).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                : tr("never");
        showConflict(tr("Expires: %1").arg(when) + u'\n' +
                     tr("Description: %1").arg(QString::fromStdString(m_theirs.description)));
    });
}

} // namespace iam::pages
