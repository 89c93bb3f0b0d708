// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QTableView>
#include <functional>

class QMenu;

namespace iam::widgets {

/// A table for lists: sort by a click on the header (the model sorts; a third click gives the model's own order back),
/// select many, copy (Ctrl+C, tab-separated), export as CSV, choose columns, and remember columns and widths
/// (QSettings "tables/<name>"). Return opens a row, Del asks for deletion.
///
/// Qt::DisplayRole is shown; `copyRole` (when set and given) is what copying and exporting take instead. The tool tip
/// is Qt::ToolTipRole, else the text of a cell that is elided.
class DataTable : public QTableView {
    Q_OBJECT
public:
    /// Loads whatever rows the model still lacks, then calls `done(whether all are there)` once.
    using LoadAll = std::function<void(std::function<void(bool)> done)>;

    explicit DataTable(const QString& name, QWidget* parent = nullptr);
    ~DataTable() override;

    /// Before setModel(): widths by column (0: the model's header decides), and columns hidden at first.
    void setFirstColumns(const QList<int>& widths, const QList<int>& hidden);
    void setCopyRole(int role) { m_copyRole = role; }
    void setLoadAll(LoadAll loadAll) { m_loadAll = std::move(loadAll); }
    /// Takes the remembered columns up.
    void setModel(QAbstractItemModel* model) override;

    /// Ascending.
    [[nodiscard]] QList<int> selectedRows() const;
    /// -1: none.
    [[nodiscard]] int currentRow() const;

    /// Copy, select all, export, columns: for a menu button; also the context menu of table and header.
    [[nodiscard]] QMenu* listMenu() const { return m_menu; }
    /// The selected rows, visible columns only, in the order shown.
    [[nodiscard]] QString toTsv() const;
    /// The rows that are loaded, visible columns, with a header line: RFC 4180, UTF-8 with a byte order mark for
    /// spreadsheets. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    [[nodiscard]] QByteArray toCsv() const;
    /// Loads all rows, then writes the file; exported() or exportFailed() tells.
    void exportTo(const QString& fileName);

Q_SIGNALS:
    /// Double click or Return.
    void rowActivated(int row);
    void deleteRequested();
    void selectionCountChanged(int rows);
    void copied(int rows);
    void exported(const QString& fileName, int rows);
    void exportFailed(const QString& fileName, const QString& reason);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void buildMenu();
    void fillColumnMenu();
    void remember();
    void showFirstColumns();
    void copySelection();
    void chooseExportFile();
    void write(const QString& fileName);
    [[nodiscard]] QList<int> visibleColumns() const;
    [[nodiscard]] QString cellText(int row, int column) const;

    QString m_name;
    QMenu* m_menu;
    QMenu* m_columnMenu;
    QList<int> m_widths;
    QList<int> m_hidden;
    int m_copyRole = -1;
    LoadAll m_loadAll;
    bool m_restoring = true;
};

} // namespace iam::widgets
