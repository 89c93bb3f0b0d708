// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"
#include <QWidget>

namespace iam::pages {

/// One happening with what it was concluded from.
class ClusterEventDetail : public QWidget {
    Q_OBJECT
public:
    explicit ClusterEventDetail(const contract::ClusterEvent& event, QWidget* parent = nullptr);
};

} // namespace iam::pages
