// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clustereventdetail.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "pages/cluster/clustertables.h"
#include "widgets/agetext.h"
#include "widgets/facts.h"
#include "widgets/textlabel.h"
#include <QVBoxLayout>

namespace iam::pages {

ClusterEventDetail::ClusterEventDetail(const contract::ClusterEvent& event, QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("cluster.event"));
    auto* facts = new widgets::Facts(this);
    facts->setObjectName(QStringLiteral("cluster.event.facts"));
    facts->add(tr("Time"), widgets::exactTimeText(event.time));
    facts->add(tr("What happened"), models::happeningText(event));
    if (event.kind == "transition") facts->add(tr("Why"), models::causeText(event));
    if (event.interruption) facts->add(tr("Interruption"), models::interruptionText(event));
    facts->add(tr("Reported by"), models::witnessName(event.node));
    auto* heading = new widgets::TextLabel(widgets::TextSize::Base, false, this);
    heading->setFont(widgets::textFont(widgets::TextSize::Base, true));
    heading->setText(event.evidence.empty() ? tr("No evidence was recorded.") : tr("What it was concluded from"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::spacing::wide, widgets::spacing::unit, widgets::spacing::wide,
                               widgets::spacing::wide);
    column->setSpacing(widgets::spacing::wide);
    column->addWidget(facts);
    column->addWidget(heading);
    if (event.evidence.empty()) {
        column->addStretch(1);
        return;
    }
    auto* table = new WitnessTable(QStringLiteral("cluster.event.evidence"), this);
    table->setAccessibleName(heading->text());
    table->setHeaderLabels({tr("Witness"), tr("What"), tr("Said"), tr("Before")});
    table->present(event.evidence);
    column->addWidget(table, 1);
}

} // namespace iam::pages
