// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionplace.h"
#include "models/adoptionreport.h"
#include <QWidget>

class QLineEdit;
class QRadioButton;
class QStackedWidget;
class QVBoxLayout;

namespace iam::widgets {
class FormField;
class RemarkList;
} // namespace iam::widgets

namespace iam::pages {

class ConfigurationBox;

/// Asks whether the database is shared with the old servers or taken over for good, and where keys and dumps go. The
/// folders are remembered (QSettings "adoption/…").
class AdoptionWayView : public QWidget {
    Q_OBJECT
public:
    explicit AdoptionWayView(QWidget* parent = nullptr);
    void show(const models::AdoptionPlace& place, const models::AdoptionReport& report, int undecided);
    [[nodiscard]] models::AdoptionWay way() const;
    [[nodiscard]] QString dataFolder() const;
    [[nodiscard]] QString backupFolder() const;
    /// Whether the chosen way can be gone.
    [[nodiscard]] bool isReady() const;
    void remember() const;

Q_SIGNALS:
    void changed();

private:
    QWidget* buildShare();
    QWidget* buildFinish();
    QRadioButton* addChoice(QVBoxLayout* column, const char* name, const QString& text, const QString& explanation);
    widgets::FormField* addFolder(QLineEdit*& line, const char* name, const QString& label, const QString& hint);
    void chooseFolder(QLineEdit* line, const QString& title);
    void check();

    QRadioButton* m_share = nullptr;
    QRadioButton* m_finish = nullptr;
    QStackedWidget* m_details;
    ConfigurationBox* m_configuration = nullptr;
    widgets::RemarkList* m_remarks = nullptr;
    QLineEdit* m_data = nullptr;
    QLineEdit* m_backups = nullptr;
    widgets::FormField* m_dataField = nullptr;
    int m_undecided = 0;
};

} // namespace iam::pages
