// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/linediff.h"
#include <QPlainTextEdit>

namespace iam::widgets {

/// Lines of two texts to read: "+" and green for what is added, "−" and red for what is removed, long stretches of
/// equal lines left out and counted. Monospace; can be copied, not changed.
class DiffView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit DiffView(QWidget* parent = nullptr);
    void setLines(QList<DiffLine> lines);

protected:
    void changeEvent(QEvent* event) override;

private:
    void write();
    void writeLines();

    QList<DiffLine> m_lines;
};

} // namespace iam::widgets
