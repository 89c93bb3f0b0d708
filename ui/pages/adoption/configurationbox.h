// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionplace.h"
#include <QWidget>

class QPlainTextEdit;
class QPushButton;

namespace iam::pages {

/// The lines of iam.yaml that a server needs for a database, to be copied.
class ConfigurationBox : public QWidget {
    Q_OBJECT
public:
    /// `name` makes the object names "<name>.text" and "<name>.copy".
    explicit ConfigurationBox(const QString& name, QWidget* parent = nullptr);
    void show(const models::AdoptionPlace& place, models::AdoptionWay way);

private:
    QPlainTextEdit* m_text;
    QPushButton* m_copy;
};

} // namespace iam::pages
