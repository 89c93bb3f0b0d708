// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/secretdetail.h"
#include "pages/secret/secretwords.h"
#include "widgets/agetext.h"
#include "widgets/facts.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QGridLayout>
#include <QPushButton>

namespace iam::pages {

using widgets::Facts;
using widgets::Tone;
namespace spacing = widgets::spacing;

SecretDetail::SecretDetail(const contract::Secret& secret, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("secret.detail"));
    const TimePoint now = SystemClock().now();
    auto* edit = button(QStringLiteral("edit"), QStringLiteral("document-edit"), tr("Edit…"));
    auto* rotate = button(QStringLiteral("rotate"), QStringLiteral("view-refresh"), tr("New key…"));
    const bool enabled = secret.enabled();
    auto* state = enabled ? button(QStringLiteral("disable"), QStringLiteral("dialog-cancel"), tr("Disable"))
                          : button(QStringLiteral("enable"), QStringLiteral("dialog-ok-apply"), tr("Enable"));
    if (secret.previous) {
        rotate->setEnabled(false);
        rotate->setToolTip(tr("End the old key first: a secret has two keys at most."));
    }
    auto* grid = new QGridLayout;
    grid->addWidget(edit, 0, 0);
    grid->addWidget(rotate, 0, 1);
    grid->addWidget(state, 1, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide, spacing::half, spacing::wide, 12);
    column->setSpacing(spacing::wide);
    column->addWidget(makeState(secret, now));
    column->addWidget(makeId(tr("Secret ID"), secret.secretId));
    column->addWidget(makeFacts(secret, now));
    if (secret.previous) column->addWidget(makePrevious(*secret.previous, now));
    column->addLayout(grid);
    column->addStretch(1);
    setFocusProxy(edit);
    connect(edit, &QPushButton::clicked, this, &SecretDetail::editRequested);
    connect(rotate, &QPushButton::clicked, this, &SecretDetail::rotateRequested);
    connect(state, &QPushButton::clicked, this, [this, enabled] { Q_EMIT enableRequested(!enabled); });
}

QPushButton* SecretDetail::button(const QString& name, const QString& iconName, const QString& text)
{
    auto* made = new QPushButton(widgets::icon(iconName), text, this);
    made->setObjectName(QStringLiteral("secret.detail.") + name);
    made->setAccessibleName(text);
    return made;
}

QWidget* SecretDetail::makeState(const contract::Secret& secret, TimePoint now)
{
    Tone tone = Tone::Success;
    QString words = tr("Enabled: requests signed with it are answered.");
    if (!secret.enabled()) {
        tone = Tone::Neutral;
        words = tr("Disabled: requests signed with it are refused.");
    } else if (secret.expiredAt(now)) {
        tone = Tone::Error;
        words = tr("Expired: requests signed with it are refused.");
    }
    auto* row = new QWidget(this);
    auto* text = new widgets::TextLabel(widgets::TextSize::Base, false, row);
    text->setObjectName(QStringLiteral("secret.detail.state"));
    text->setText(words);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::unit);
    layout->addWidget(new widgets::StatusMark(tone, row), 0, Qt::AlignTop);
    layout->addWidget(text, 1);
    return row;
}

QWidget* SecretDetail::makeId(const QString& name, const std::string& id)
{
    // Below its name: beside it there is no room for 36 characters, which nothing may break.
    auto* area = new QWidget(this);
    auto* key = new widgets::TextLabel(widgets::TextSize::Base, true, area);
    key->setText(name);
    auto* value = new widgets::TextLabel(widgets::TextSize::Base, false, area);
    value->setFont(widgets::monospaceFont());
    value->setText(QString::fromStdString(id));
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setAccessibleName(name + QStringLiteral(": ") + value->text());
    auto* column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::half);
    column->addWidget(key);
    column->addWidget(value);
    return area;
}

QWidget* SecretDetail::makeFacts(const contract::Secret& secret, TimePoint now)
{
    const auto text = [](const std::string& utf8) { return QString::fromStdString(utf8); };
    auto* facts = new Facts(this);
    facts->setObjectName(QStringLiteral("secret.detail.facts"));
    facts->add(tr("Name"), text(secret.metadata.name), Facts::Style::Monospace);
    facts->add(tr("Owner"), text(secret.username));
    facts->add(tr("Last used"), useText(secret.lastUse, now), Facts::Style::Text,
               secret.lastUse.at ? widgets::timeText(*secret.lastUse.at) : QString());
    facts->add(tr("Expires"), secret.expires > 0 ? momentText(secret.expires, now) : tr("never"));
    facts->add(tr("Description"), text(secret.description));
    facts->add(tr("Created"), widgets::timeAndAgeText(secret.metadata.createdAt, now));
    facts->add(tr("Changed"), widgets::timeAndAgeText(secret.metadata.updatedAt, now));
    return facts;
}

QWidget* SecretDetail::makePrevious(const contract::PreviousKey& previous, TimePoint now)
{
    const bool used = previous.lastUse.at.has_value();
    auto* area = new QWidget(this);
    area->setObjectName(QStringLiteral("secret.detail.previous"));
    auto* title = new widgets::TextLabel(widgets::TextSize::Base, false, area);
    title->setFont(widgets::textFont(widgets::TextSize::Base, true));
    title->setText(used ? tr("The old key is still in use") : tr("The old key is still valid"));
    auto* facts = new Facts(area);
    facts->add(tr("Ends"), momentText(previous.expires, now));
    auto* use = new widgets::TextLabel(widgets::TextSize::Base, false, area);
    use->setObjectName(QStringLiteral("secret.detail.previousUse"));
    use->setText(used ? tr("Old key last used %1.").arg(useText(previous.lastUse, now))
                      : tr("No use of the old key was seen."));
    auto* end = button(QStringLiteral("endPrevious"), QStringLiteral("edit-delete"), tr("End old key now…"));
    auto* grid = new QGridLayout(area);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(spacing::unit);
    grid->setVerticalSpacing(spacing::unit);
    grid->addWidget(new widgets::StatusMark(used ? Tone::Warning : Tone::Info, area), 0, 0, Qt::AlignTop);
    grid->addWidget(title, 0, 1);
    grid->addWidget(use, 1, 1);
    grid->addWidget(makeId(tr("Old ID"), previous.secretId), 2, 1);
    grid->addWidget(facts, 3, 1);
    grid->addWidget(end, 4, 1, Qt::AlignLeft);
    grid->setColumnStretch(1, 1);
    connect(end, &QPushButton::clicked, this, &SecretDetail::endPreviousRequested);
    return area;
}

} // namespace iam::pages
