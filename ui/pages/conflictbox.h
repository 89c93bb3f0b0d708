// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QFrame>

class QPlainTextEdit;

namespace iam::pages {

/// Somebody else changed what is being edited: shows what the server holds now and offers both ways out. Hidden until
/// there is something to show.
class ConflictBox : public QFrame {
    Q_OBJECT
public:
    explicit ConflictBox(const QString& name, QWidget* parent = nullptr);
    void showTheirs(const QString& theirs);

Q_SIGNALS:
    void reloadRequested();
    void overwriteRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QPlainTextEdit* m_theirs;
};

} // namespace iam::pages
