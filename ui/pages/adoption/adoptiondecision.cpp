// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptiondecision.h"
#include "client/errortext.h"
#include "contract/validation.h"
#include "models/adoptionfindingmodel.h"
#include "models/adoptiontext.h"
#include "models/celltext.h"
#include "widgets/facts.h"
#include "widgets/formfield.h"
#include "widgets/textlabel.h"
#include <QButtonGroup>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace iam::pages {

using models::toText;
using widgets::TextLabel;
using widgets::TextSize;
namespace spacing = widgets::spacing;

namespace {

QString capitalized(QString text)
{
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

} // namespace

AdoptionDecision::AdoptionDecision(models::AdoptionFindingModel& findings, int row, QWidget* parent)
    : QWidget(parent)
    , m_findings(findings)
    , m_row(row)
    , m_choices(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("adoption.decision"));
    const models::AdoptionFinding& finding = findings.at(row);
    auto* facts = new widgets::Facts(this);
    facts->add(tr("Row"), models::findingRow(finding));
    facts->add(tr("Called"), toText(finding.about));
    auto* meaning = new TextLabel(TextSize::Base, false, this);
    meaning->setObjectName(QStringLiteral("adoption.decision.meaning"));
    meaning->setText(capitalized(models::findingMessage(finding)));
    meaning->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::wide, spacing::unit, spacing::wide, spacing::wide);
    column->setSpacing(spacing::unit);
    column->addWidget(facts);
    column->addWidget(meaning);
    column->addSpacing(spacing::unit);
    if (finding.choices.empty() || findings.isFixed()) {
        auto* nothing = new TextLabel(TextSize::Base, true, this);
        nothing->setText(finding.choices.empty()
                             ? tr("Nothing is to be decided: the row is taken over as it is.")
                             : tr("This was decided when the work was begun. To decide otherwise, give the database "
                                  "back first."));
        column->addWidget(nothing);
    } else {
        buildChoices(column);
    }
    column->addStretch(1);
}

void AdoptionDecision::buildChoices(QVBoxLayout* column)
{
    const models::AdoptionFinding& finding = m_findings.at(m_row);
    const QString now = m_findings.decision(m_row);
    auto* heading = new TextLabel(TextSize::Base, false, this);
    heading->setFont(widgets::textFont(TextSize::Base, true));
    heading->setText(tr("What will be done with it"));
    column->addWidget(heading);
    for (std::size_t i = 0; i < finding.choices.size(); ++i) {
        const QString verb = toText(finding.choices[i]);
        auto* button = new QRadioButton(capitalized(models::decisionText(finding, verb)), this);
        button->setObjectName(QStringLiteral("adoption.decision.") + verb);
        button->setAccessibleName(button->text());
        button->setChecked(now.section(u' ', 0, 0) == verb);
        m_choices->addButton(button, static_cast<int>(i));
        column->addWidget(button);
        if (verb != u"rename") continue;
        m_name = new QLineEdit;
        m_name->setObjectName(QStringLiteral("adoption.decision.name"));
        m_name->setMinimumHeight(30);
        m_name->setText(toText(finding.proposal).section(u' ', 1));
        if (now.startsWith(u"rename ")) m_name->setText(now.section(u' ', 1));
        m_nameField = new widgets::FormField(tr("&New name"), m_name, this);
        column->addWidget(m_nameField);
        connect(m_name, &QLineEdit::textChanged, this, &AdoptionDecision::choose);
    }
    m_alike = new QPushButton(this);
    m_alike->setObjectName(QStringLiteral("adoption.decision.alike"));
    column->addSpacing(spacing::unit);
    column->addWidget(m_alike, 0, Qt::AlignLeft);
    connect(m_choices, &QButtonGroup::idClicked, this, &AdoptionDecision::choose);
    connect(m_alike, &QPushButton::clicked, this, [this] { m_findings.decideAlike(m_row); });
    if (m_nameField != nullptr) m_nameField->setEnabled(chosen().startsWith(u"rename"));
    showAlike();
}

QString AdoptionDecision::chosen() const
{
    const int id = m_choices->checkedId();
    if (id < 0) return {};
    const QString verb = toText(m_findings.at(m_row).choices[static_cast<std::size_t>(id)]);
    return verb == u"rename" ? QStringLiteral("rename ") + m_name->text().trimmed() : verb;
}

/// A name that cannot be is said, and not taken.
void AdoptionDecision::choose()
{
    const QString decision = chosen();
    const bool rename = decision.startsWith(u"rename");
    if (m_nameField != nullptr) {
        m_nameField->setEnabled(rename);
        const auto complaint = contract::checkName(m_name->text().trimmed().toStdString());
        m_nameField->setFault(rename && complaint ? client::serverText(*complaint) : QString());
        if (rename && complaint) return;
    }
    if (!decision.isEmpty()) m_findings.decide(m_row, decision);
    showAlike();
}

void AdoptionDecision::showAlike()
{
    const int count = m_findings.decision(m_row).isEmpty() ? 0 : m_findings.alike(m_row);
    m_alike->setVisible(count > 1);
    m_alike->setText(tr("&Decide all %1 of this kind so").arg(count));
    m_alike->setAccessibleName(m_alike->text().remove(u'&'));
}

} // namespace iam::pages
