// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionplace.h"
#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QSpinBox;

namespace iam::widgets {
class FormField;
class SecretField;
} // namespace iam::widgets

namespace iam::pages {

/// Asks which old database is meant. Everything but the password is remembered (QSettings "adoption/…").
class AdoptionPlaceForm : public QWidget {
    Q_OBJECT
public:
    explicit AdoptionPlaceForm(QWidget* parent = nullptr);
    [[nodiscard]] models::AdoptionPlace place() const;
    /// Whether it names a database; says at the fields what is wrong.
    [[nodiscard]] bool isComplete() const;
    /// Nothing can be typed while the database is read.
    void setBusy(bool busy);
    void remember() const;
    void wipePassword();
    /// To the first field that is empty.
    void focusFirstField();

Q_SIGNALS:
    void changed();
    /// Return was pressed in a field.
    void submitted();

private:
    QLineEdit* addLine(const char* name, const QString& label, const QString& hint, int row, int column, int span);
    void check();

    class QGridLayout* m_grid;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_database;
    QLineEdit* m_user;
    widgets::SecretField* m_password;
    QLineEdit* m_ca;
    QLineEdit* m_cert;
    QLineEdit* m_key;
    QList<widgets::FormField*> m_fields;
    widgets::FormField* m_portField = nullptr;
    widgets::FormField* m_certField = nullptr;
    QProgressBar* m_progress;
    QLabel* m_waiting;
};

} // namespace iam::pages
