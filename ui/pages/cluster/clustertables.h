// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/clusterstate.h"
#include "widgets/valuetable.h"

namespace iam::pages {

/// The words that the verdict rests on: who, of what, says what, how long ago.
class WitnessTable : public widgets::ValueTable {
    Q_OBJECT
public:
    explicit WitnessTable(const QString& name, QWidget* parent = nullptr);
    void present(const std::vector<contract::ClusterWitness>& witnesses);
};

/// One line of facts for each node.
class NodeTable : public widgets::ValueTable {
    Q_OBJECT
public:
    explicit NodeTable(QWidget* parent = nullptr);
    void present(const models::ClusterState& state, TimePoint now);
};

} // namespace iam::pages
