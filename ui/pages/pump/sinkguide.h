// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QWidget>

namespace iam::pages {

/// Stands where the sinks will be while there are none: what a pump is for, and a configuration to copy.
class SinkGuide : public QWidget {
    Q_OBJECT
public:
    explicit SinkGuide(QWidget* parent = nullptr);
    /// A whole configuration with two sinks.
    [[nodiscard]] static QString sample();

Q_SIGNALS:
    void copied();
};

} // namespace iam::pages
