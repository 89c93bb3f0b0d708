// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QList>
#include <QTreeWidget>
#include <optional>

namespace iam::widgets {

/// A small table of values that change all the time: cells are replaced in place, so that the selection and the place
/// stay. Ctrl+C copies the selected rows, tab-separated. For long lists there is DataTable.
class ValueTable : public QTreeWidget {
    Q_OBJECT
public:
    struct Cell {
        QString text;
        std::optional<Tone> tone; ///< shown as its shape in front of the text
        QString toolTip;
        bool operator==(const Cell&) const = default;
    };
    using Row = QList<Cell>;

    ValueTable(const QString& name, const QStringList& headings, QWidget* parent = nullptr);
    void setRows(const QList<Row>& rows);
    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }
    /// The height that shows that many rows and the headings.
    [[nodiscard]] int heightOf(int rows) const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fitColumns();

    QList<Row> m_rows;
};

} // namespace iam::widgets
