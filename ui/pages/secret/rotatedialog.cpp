// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/secret/rotatedialog.h"
#include "widgets/textlabel.h"
#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace iam::pages {

namespace {
constexpr int day = 86'400;
constexpr int leastWidth = 440;
} // namespace

RotateDialog* RotateDialog::ask(QWidget* parent, const QString& secret,
                                const std::function<void(contract::SecretRotation)>& accepted)
{
    auto* dialog = new RotateDialog(secret, parent);
    connect(dialog, &QDialog::accepted, parent, [dialog, accepted] { accepted({dialog->m_overlap->checkedId()}); });
    dialog->open();
    return dialog;
}

RotateDialog::RotateDialog(const QString& secret, QWidget* parent)
    : QDialog(parent)
    , m_overlap(new QButtonGroup(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("rotateSecret"));
    setWindowTitle(tr("New key"));
    auto* title = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    title->setFont(widgets::textFont(widgets::TextSize::Base, true));
    title->setText(tr("Give %1 a new key?").arg(secret));
    auto* advice = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    advice->setText(
        tr("The secret gets another ID and key, shown once. Until the old ones end, both count: time to bring "
           "the new ones to every program that signs with the secret."));
    auto* question = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    question->setText(tr("The old key stays valid"));

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::spacing::page, widgets::spacing::page, widgets::spacing::page,
                               widgets::spacing::wide);
    column->setSpacing(12);
    column->addWidget(title);
    column->addWidget(advice);
    column->addWidget(question);
    const auto choice = [&](const char* name, const QString& text, int seconds) {
        auto* button = new QRadioButton(text, this);
        button->setObjectName(QStringLiteral("rotateSecret.") + QString::fromLatin1(name));
        button->setAccessibleDescription(question->text());
        m_overlap->addButton(button, seconds);
        column->addWidget(button);
        return button;
    };
    choice("now", tr("not at all: it ends at &once"), 0);
    QRadioButton* usual = choice("day", tr("for one &day"), day);
    choice("week", tr("for &seven days"), 7 * day);
    usual->setChecked(true);

    auto* buttons = new QDialogButtonBox(this);
    QPushButton* cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    QPushButton* accept = buttons->addButton(tr("&Make a new key"), QDialogButtonBox::AcceptRole);
    cancel->setObjectName(QStringLiteral("rotateSecret.cancel"));
    accept->setObjectName(QStringLiteral("rotateSecret.accept"));
    accept->setAutoDefault(false);
    cancel->setDefault(true);
    column->addWidget(buttons);
    setMinimumSize(leastWidth,
                   column->totalHeightForWidth(leastWidth)); // wrapped text is no part of a layout's minimum
    setAccessibleName(title->text());
    setAccessibleDescription(advice->text());
    usual->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace iam::pages
