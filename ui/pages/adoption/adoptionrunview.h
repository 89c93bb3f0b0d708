// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionwork.h"
#include <QWidget>

class QCheckBox;
class QLabel;
class QProgressBar;

namespace iam::widgets {
class Headline;
class ValueTable;
} // namespace iam::widgets

namespace iam::pages {

class ConfigurationBox;

/// How the work stands, step by step, what stood in its way, and how to go on or back.
class AdoptionRunView : public QWidget {
    Q_OBJECT
public:
    explicit AdoptionRunView(const models::AdoptionWork& work, QWidget* parent = nullptr);
    /// Shows what `work` says now.
    void show(const models::AdoptionPlace& place);
    /// Whether users with a new password are to be locked on the way back.
    [[nodiscard]] bool locksAccounts() const;

private:
    void showHeadline();
    void showSteps();
    void showFaults();
    [[nodiscard]] QString advice() const;

    const models::AdoptionWork& m_work;
    widgets::Headline* m_headline;
    QProgressBar* m_progress;
    widgets::ValueTable* m_steps;
    widgets::ValueTable* m_faults;
    QCheckBox* m_lock;
    QLabel* m_advice;
    ConfigurationBox* m_configuration;
};

} // namespace iam::pages
