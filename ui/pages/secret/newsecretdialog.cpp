// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/newsecretdialog.h"
#include "contract/json.h"
#include "widgets/formfield.h"
#include "widgets/primarybutton.h"
#include "widgets/secretfield.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QTimer>

namespace iam::pages {

using namespace std::chrono_literals;
using widgets::SecretField;

NewSecretDialog* NewSecretDialog::show(QWidget* parent, const contract::Secret& secret, Occasion occasion)
{
    auto* dialog = new NewSecretDialog(secret, occasion, parent);
    dialog->open();
    return dialog;
}

NewSecretDialog::NewSecretDialog(const contract::Secret& secret, Occasion occasion, QWidget* parent)
    : QDialog(parent)
    , m_id(new SecretField(SecretField::Purpose::Display))
    , m_key(new SecretField(SecretField::Purpose::Display))
    , m_copyJson(new QPushButton(tr("Copy both as &JSON"), this))
    , m_stored(new QCheckBox(tr("I have &stored the key in a safe place"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("newSecret"));
    const bool created = occasion == Occasion::Created;
    setWindowTitle(created ? tr("New secret") : tr("New key"));
    setWindowFlag(Qt::WindowCloseButtonHint, false);
    auto* warning = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    warning->setFont(widgets::textFont(widgets::TextSize::Base, true));
    warning->setText((created
                          ? tr("Secret %1 was created. Store its key now: it is shown this once and never again.")
                          : tr("Secret %1 has a new ID and key. Store them now: the key is shown this once and never "
                               "again."))
                         .arg(QString::fromStdString(secret.metadata.name)));
    m_id->setNames(QStringLiteral("newSecret.id"), tr("Secret ID"));
    m_id->setText(QString::fromStdString(secret.secretId));
    m_id->setRevealed(true);
    m_id->setRevealable(false);
    m_key->setNames(QStringLiteral("newSecret.key"), tr("Secret key"));
    m_key->setText(QString::fromStdString(secret.secretKey.reveal()));
    m_key->line()->deselect();
    auto* id = new widgets::FormField(tr("Secret &ID"), m_id, this);
    id->setHint(tr("Public; it goes into the token as “kid”."));
    auto* key = new widgets::FormField(tr("Secret &key"), m_key, this);
    key->setHint(tr("Signs the token. Whoever has it acts in the owner's name."));
    m_copyJson->setObjectName(QStringLiteral("newSecret.copyJson"));
    m_stored->setObjectName(QStringLiteral("newSecret.stored"));
    auto* done = new widgets::PrimaryButton(tr("&Close"), this);
    done->setObjectName(QStringLiteral("newSecret.close"));
    done->setEnabled(false);
    done->setAutoDefault(false);
    m_copyJson->setAutoDefault(false);

    auto* head = new QHBoxLayout;
    head->setSpacing(widgets::spacing::unit);
    head->addWidget(new widgets::StatusMark(widgets::Tone::Warning, this), 0, Qt::AlignVCenter);
    head->addWidget(warning, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_copyJson);
    buttons->addStretch(1);
    buttons->addWidget(done);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::spacing::page, widgets::spacing::page, widgets::spacing::page,
                               widgets::spacing::wide);
    column->setSpacing(12);
    column->addLayout(head);
    column->addWidget(id);
    column->addWidget(key);
    column->addWidget(m_stored);
    column->addLayout(buttons);
    // A dialog asks its layout for a size without a width; the warning needs two lines in some languages.
    setMinimumSize(560, column->totalHeightForWidth(560));
    m_copyJson->setFocus();
    connect(m_stored, &QCheckBox::toggled, done, &QWidget::setEnabled);
    connect(done, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_copyJson, &QPushButton::clicked, this, &NewSecretDialog::copyJson);
    connect(this, &QDialog::finished, this, [this] {
        m_key->wipe();
        m_id->wipe();
    });
}

void NewSecretDialog::reject()
{
    if (m_stored->isChecked())
        QDialog::reject();
    else
        m_stored->setFocus(Qt::OtherFocusReason); // Esc would lose the key: the box is the way out
}

void NewSecretDialog::copyJson()
{
    std::string json;
    contract::JsonObjectWriter(json)
        .text("secretID", m_id->text().toStdString())
        .text("secretKey", m_key->text().toStdString());
    QGuiApplication::clipboard()->setText(QString::fromStdString(json));
    wipe(json.data(), json.size());
    m_copyJson->setText(tr("Copied"));
    QTimer::singleShot(2s, m_copyJson, [this] { m_copyJson->setText(tr("Copy both as &JSON")); });
}

} // namespace iam::pages
