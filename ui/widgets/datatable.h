// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTableView>

class QMenu;
class QSortFilterProxyModel;

namespace iam::widgets {

/// A table for lists: sort by header, select many, copy (Ctrl+C, tab-separated), export as CSV, choose columns, and
/// remember columns, widths and order (QSettings "tables/<name>"). Return opens a row, Del asks for deletion. The
/// source model's rows are shown through a sorting proxy; while a sort order is chosen, the source is asked for all
/// its rows, so that the order is true for the whole list.
///
/// Roles: Qt::DisplayRole is shown, copied and exported; `sortRole` (when set) is compared. Qt::ToolTipRole, else the
/// text of an elided cell, is the tool tip.
class DataTable : public QTableView {
    Q_OBJECT
public:
    explicit DataTable(const QString& name, QWidget* parent = nullptr);

    /// Not setModel(): the table puts its proxy between. Restores the remembered columns.
    void setSource(QAbstractItemModel* source);
    [[nodiscard]] QAbstractItemModel* source() const;
    void setSortRole(int role);
    /// Before setSource(): columns hidden or sized for the first time.
    void setDefaultWidths(const QList<int>& widths);
    void setHiddenByDefault(const QList<int>& columns);

    /// Rows of the source model, ascending, and the current one (-1: none).
    [[nodiscard]] QList<int> selectedSourceRows() const;
    [[nodiscard]] int currentSourceRow() const;
    /// Selects that row of the source alone and scrolls to it.
    void selectSourceRow(int row);

    /// Copy, select all, export, columns: also behind the header's and the table's context menu.
    [[nodiscard]] QMenu* listMenu() const { return m_menu; }
    /// The selected rows, or all when none is, visible columns only, in the order shown.
    [[nodiscard]] QString toTsv() const;
    /// All rows that are loaded, with a header line: RFC 4180, UTF-8 with a mark for spreadsheets. Cells that a
    /// spreadsheet would take for a formula get an apostrophe in front.
    [[nodiscard]] QByteArray toCsv() const;

Q_SIGNALS:
    void rowActivated(int sourceRow);
    void deleteRequested();
    void selectionChangedByUser();
    void exported(const QString& fileName);
    void exportFailed(const QString& fileName, const QString& reason);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void buildMenu();
    void fillColumnMenu();
    void remember();
    void restore();
    void resetColumns();
    void fetchAllWhileSorted();
    void copySelection();
    void exportCsv();
    [[nodiscard]] QList<int> visibleColumns() const;

    QString m_name;
    QSortFilterProxyModel* m_proxy;
    QMenu* m_menu;
    QMenu* m_columnMenu;
    QList<int> m_defaultWidths;
    QList<int> m_hiddenByDefault;
    bool m_restoring = false;
};

} // namespace iam::widgets
