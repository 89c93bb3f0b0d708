// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/confirmdialog.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>

namespace iam::widgets {

namespace {
constexpr qsizetype namesShown = 12;
}

ConfirmDialog* ConfirmDialog::ask(QWidget* parent, const Question& question, std::function<void()> accepted)
{
    auto* dialog = new ConfirmDialog(parent, question);
    connect(dialog, &QDialog::accepted, parent, std::move(accepted));
    dialog->open();
    return dialog;
}

ConfirmDialog::ConfirmDialog(QWidget* parent, const Question& question)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("confirm"));
    setWindowTitle(question.title);
    auto* title = new TextLabel(TextSize::Base, false, this);
    title->setFont(textFont(TextSize::Base, true));
    title->setText(question.title);
    auto* lost = new TextLabel(TextSize::Base, false, this);
    lost->setObjectName(QStringLiteral("confirm.lost"));
    QStringList names = question.lost.mid(0, namesShown);
    for (QString& name : names) name.prepend(QStringLiteral("•  "));
    if (question.lost.size() > namesShown)
        names << tr("… and %n more", nullptr, int(question.lost.size() - namesShown));
    lost->setText(names.join(u'\n'));
    lost->setVisible(!names.isEmpty());
    auto* consequence = new TextLabel(TextSize::Base, false, this);
    consequence->setObjectName(QStringLiteral("confirm.consequence"));
    consequence->setText(question.consequence);

    auto* buttons = new QDialogButtonBox(this);
    QPushButton* cancel = buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    QPushButton* accept = buttons->addButton(question.accept, QDialogButtonBox::AcceptRole);
    cancel->setObjectName(QStringLiteral("confirm.cancel"));
    accept->setObjectName(QStringLiteral("confirm.accept"));
    accept->setAutoDefault(false);
    cancel->setDefault(true);
    cancel->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* mark = new StatusMark(Tone::Warning, this);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(spacing::page, spacing::page, spacing::page, spacing::wide);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(12);
    grid->addWidget(mark, 0, 0, Qt::AlignTop);
    grid->addWidget(title, 0, 1);
    grid->addWidget(lost, 1, 1);
    grid->addWidget(consequence, 2, 1);
    grid->addWidget(buttons, 3, 0, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(1, 360);
    setAccessibleName(question.title);
    setAccessibleDescription(question.consequence);
}

} // namespace iam::widgets
