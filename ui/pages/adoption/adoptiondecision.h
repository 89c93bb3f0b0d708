// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QWidget>

class QButtonGroup;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace iam::models {
class AdoptionFindingModel;
}

namespace iam::widgets {
class FormField;
}

namespace iam::pages {

/// One finding at length, in the panel: what it means, what may become of the row, and the choice, which counts at
/// once.
class AdoptionDecision : public QWidget {
    Q_OBJECT
public:
    AdoptionDecision(models::AdoptionFindingModel& findings, int row, QWidget* parent = nullptr);

private:
    void buildChoices(QVBoxLayout* column);
    void choose();
    void showAlike();
    [[nodiscard]] QString chosen() const;

    models::AdoptionFindingModel& m_findings;
    const int m_row;
    QButtonGroup* m_choices;
    QLineEdit* m_name = nullptr;
    widgets::FormField* m_nameField = nullptr;
    QPushButton* m_alike = nullptr;
};

} // namespace iam::pages
