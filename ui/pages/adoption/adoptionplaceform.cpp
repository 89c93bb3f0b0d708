// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptionplaceform.h"
#include "widgets/formfield.h"
#include "widgets/secretfield.h"
#include "widgets/textlabel.h"
#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QSettings>
#include <QSpinBox>
#include <QVBoxLayout>

namespace iam::pages {

using widgets::FormField;
using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

namespace {

constexpr int formWidth = 620;
constexpr int columns = 6;

QString settingOf(const QLineEdit* line)
{
    return QString(line->objectName()).replace(u'.', u'/');
}

} // namespace

AdoptionPlaceForm::AdoptionPlaceForm(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_port(new QSpinBox)
    , m_password(new widgets::SecretField(widgets::SecretField::Purpose::Input))
    , m_progress(new QProgressBar(this))
    , m_waiting(new TextLabel(TextSize::Base, true, this))
{
    setObjectName(QStringLiteral("adoption.place"));
    auto* inner = new QWidget(this);
    inner->setMaximumWidth(formWidth);
    m_host = addLine("host", tr("&Host"), tr("A name, an address, or the path of a Unix socket"), 0, 0, 4);
    m_port->setObjectName(QStringLiteral("adoption.port"));
    m_port->setRange(1, 65535);
    m_port->setValue(3306);
    m_portField = new FormField(tr("P&ort"), m_port, this);
    m_grid->addWidget(m_portField, 0, 4, 1, 2);
    m_database = addLine("database", tr("&Database"), tr("As the old servers' mysql.database"), 1, 0, 3);
    m_user = addLine("user", tr("&User"), tr("Checking needs no right but SELECT"), 1, 3, 3);
    m_password->setNames(QStringLiteral("adoption.password"), tr("Password"));
    auto* password = new FormField(tr("&Password"), m_password, this);
    password->setHint(tr("It is not stored, and stands on no command line"));
    m_grid->addWidget(password, 2, 0, 1, columns);
    m_fields.append(password);
    auto* heading = new TextLabel(TextSize::Base, false, this);
    heading->setFont(widgets::textFont(TextSize::Base, true));
    heading->setText(tr("Encryption on the way (TLS), when the database server has it"));
    m_grid->addWidget(heading, 3, 0, 1, columns);
    m_ca = addLine("sslCa", tr("File of the &authority"), tr("PEM; with it, a connection without TLS is refused"), 4, 0,
                   columns);
    m_cert = addLine("sslCert", tr("Own &certificate"), tr("PEM, when it asks for one"), 5, 0, 3);
    m_certField = m_fields.last();
    m_key = addLine("sslKey", tr("Its &key"), tr("PEM"), 5, 3, 3);
    for (int column = 0; column < columns; ++column) m_grid->setColumnStretch(column, 1);
    m_grid->setHorizontalSpacing(spacing::wide);
    m_grid->setVerticalSpacing(spacing::unit);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_progress->setObjectName(QStringLiteral("adoption.place.progress"));
    m_progress->setAccessibleName(tr("The database is read"));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_waiting->setText(tr("Every row is read; nothing is changed…"));
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_grid);
    column->addSpacing(spacing::unit);
    column->addWidget(m_progress);
    column->addWidget(m_waiting);
    column->addStretch(1);
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(inner, 100);
    outer->addStretch(1);
    const QSettings settings;
    for (QLineEdit* line : {m_host, m_database, m_user, m_ca, m_cert, m_key})
        line->setText(settings.value(settingOf(line)).toString());
    m_port->setValue(settings.value(QStringLiteral("adoption/port"), m_port->value()).toInt());
    connect(m_password, &widgets::SecretField::textChanged, this, &AdoptionPlaceForm::changed);
    connect(m_password->line(), &QLineEdit::returnPressed, this, &AdoptionPlaceForm::submitted);
    setFocusProxy(m_host);
    setBusy(false);
    check();
}

QLineEdit* AdoptionPlaceForm::addLine(const char* name, const QString& label, const QString& hint, int row, int column,
                                      int span)
{
    auto* line = new QLineEdit;
    line->setObjectName(QStringLiteral("adoption.") + QString::fromLatin1(name));
    line->setMinimumHeight(30);
    line->setMaxLength(1024);
    auto* field = new FormField(label, line, this);
    field->setHint(hint);
    m_fields.append(field);
    m_grid->addWidget(field, row, column, 1, span);
    connect(line, &QLineEdit::textChanged, this, &AdoptionPlaceForm::check);
    connect(line, &QLineEdit::returnPressed, this, &AdoptionPlaceForm::submitted);
    return line;
}

void AdoptionPlaceForm::check()
{
    if (m_key == nullptr) return; // it is being built
    const bool socket = m_host->text().trimmed().startsWith(u'/');
    m_portField->setEnabled(!socket);
    const bool pair = m_cert->text().trimmed().isEmpty() == m_key->text().trimmed().isEmpty();
    m_certField->setFault(pair ? QString() : tr("certificate and key belong together"));
    Q_EMIT changed();
}

models::AdoptionPlace AdoptionPlaceForm::place() const
{
    models::AdoptionPlace out;
    const QString host = m_host->text().trimmed();
    (host.startsWith(u'/') ? out.socket : out.host) = host;
    out.port = static_cast<quint16>(m_port->value());
    out.database = m_database->text().trimmed();
    out.user = m_user->text().trimmed();
    out.password = SecretString(m_password->text().toStdString());
    out.sslCa = m_ca->text().trimmed();
    out.sslCert = m_cert->text().trimmed();
    out.sslKey = m_key->text().trimmed();
    return out;
}

bool AdoptionPlaceForm::isComplete() const
{
    for (const QLineEdit* line : {m_host, m_database, m_user})
        if (line->text().trimmed().isEmpty()) return false;
    return m_certField->fault().isEmpty();
}

void AdoptionPlaceForm::setBusy(bool busy)
{
    for (FormField* field : std::as_const(m_fields)) field->setEnabled(!busy);
    m_portField->setEnabled(!busy && !m_host->text().trimmed().startsWith(u'/'));
    m_progress->setVisible(busy);
    m_waiting->setVisible(busy);
}

void AdoptionPlaceForm::remember() const
{
    QSettings settings;
    for (const QLineEdit* line : {m_host, m_database, m_user, m_ca, m_cert, m_key})
        settings.setValue(settingOf(line), line->text().trimmed());
    settings.setValue(QStringLiteral("adoption/port"), m_port->value());
}

void AdoptionPlaceForm::wipePassword()
{
    m_password->wipe();
}

void AdoptionPlaceForm::focusFirstField()
{
    for (QLineEdit* line : {m_host, m_database, m_user, m_password->line()}) {
        if (!line->text().isEmpty()) continue;
        line->setFocus();
        return;
    }
    m_password->line()->setFocus();
}

} // namespace iam::pages
