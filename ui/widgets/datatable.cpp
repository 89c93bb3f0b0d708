// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/datatable.h"
#include "widgets/theme.h"
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QSaveFile>
#include <QSettings>
#include <QToolTip>

namespace iam::widgets {
namespace {

QString csvCell(QString text)
{
    // A cell that begins like a formula would be run by a spreadsheet.
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front())) text.prepend(u'\'');
    if (text.contains(u'"') || text.contains(u',') || text.contains(u'\n') || text.contains(u'\r'))
        text = u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
    return text;
}

QString tsvCell(QString text)
{
    return text.replace(u'\t', u' ').replace(u'\n', u' ').replace(u'\r', u' ');
}

} // namespace

DataTable::DataTable(const QString& name, QWidget* parent)
    : QTableView(parent)
    , m_name(name)
    , m_menu(new QMenu(this))
    , m_columnMenu(new QMenu(tr("Columns"), this))
{
    setObjectName(name + QStringLiteral(".table"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(QFrame::StyledPanel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(28);
    QHeaderView* header = horizontalHeader();
    header->setObjectName(name + QStringLiteral(".header"));
    header->setSectionsMovable(true);
    header->setHighlightSections(false);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setMinimumHeight(30);
    header->setMinimumSectionSize(48);
    header->setStretchLastSection(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSortingEnabled(true);
    buildMenu();
    connect(this, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { m_menu->popup(viewport()->mapToGlobal(at)); });
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint& at) { m_columnMenu->popup(header->mapToGlobal(at)); });
    connect(header, &QHeaderView::sectionResized, this, &DataTable::remember);
    connect(header, &QHeaderView::sectionMoved, this, &DataTable::remember);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex& index) { Q_EMIT rowActivated(index.row()); });
}

DataTable::~DataTable() = default;

void DataTable::setFirstColumns(const QList<int>& widths, const QList<int>& hidden)
{
    m_widths = widths;
    m_hidden = hidden;
}

void DataTable::setModel(QAbstractItemModel* model)
{
    m_restoring = true;
    QTableView::setModel(model);
    if (model == nullptr) return;
    showFirstColumns();
    const QByteArray kept = QSettings().value(QStringLiteral("tables/%1/header").arg(m_name)).toByteArray();
    const int columns = QSettings().value(QStringLiteral("tables/%1/columns").arg(m_name)).toInt();
    m_restoring = true;
    if (columns == model->columnCount() && !kept.isEmpty()) {
        QHeaderView* header = horizontalHeader();
        header->restoreState(kept);
        header->setSortIndicator(-1, Qt::AscendingOrder);
        header->setSortIndicatorClearable(true);
        header->setStretchLastSection(true);
        header->setSectionsMovable(true);
    }
    m_restoring = false;
}

void DataTable::showFirstColumns()
{
    m_restoring = true;
    QHeaderView* header = horizontalHeader();
    for (int column = 0; column < model()->columnCount(); ++column) {
        setColumnHidden(column, m_hidden.contains(column));
        header->moveSection(header->visualIndex(column), column);
        const int width = column < m_widths.size() ? m_widths[column] : 0;
        setColumnWidth(column, width > 0 ? width : header->sectionSizeHint(column) + 24);
    }
    m_restoring = false;
}

void DataTable::remember()
{
    if (m_restoring || model() == nullptr) return;
    QSettings settings;
    settings.setValue(QStringLiteral("tables/%1/header").arg(m_name), horizontalHeader()->saveState());
    settings.setValue(QStringLiteral("tables/%1/columns").arg(m_name), model()->columnCount());
}

QList<int> DataTable::selectedRows() const
{
    QList<int> rows;
    if (selectionModel() == nullptr) return rows;
    for (const QModelIndex& index : selectionModel()->selectedRows()) rows << index.row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

int DataTable::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void DataTable::buildMenu()
{
    m_menu->setObjectName(m_name + QStringLiteral(".menu"));
    QAction* copy = m_menu->addAction(icon(QStringLiteral("edit-copy")), tr("&Copy"), this, &DataTable::copySelection);
    copy->setObjectName(m_name + QStringLiteral(".copy"));
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut); // shown here; the key itself is taken in keyPressEvent()
    QAction* all = m_menu->addAction(tr("Select &all"), this, &QAbstractItemView::selectAll);
    all->setObjectName(m_name + QStringLiteral(".selectAll"));
    all->setShortcut(QKeySequence::SelectAll);
    all->setShortcutContext(Qt::WidgetShortcut);
    m_menu->addSeparator();
    QAction* save = m_menu->addAction(icon(QStringLiteral("document-export")), tr("&Export as CSV…"), this,
                                      &DataTable::chooseExportFile);
    save->setObjectName(m_name + QStringLiteral(".export"));
    m_columnMenu->setObjectName(m_name + QStringLiteral(".columns"));
    m_columnMenu->setTitle(tr("C&olumns"));
    m_menu->addMenu(m_columnMenu);
    connect(m_columnMenu, &QMenu::aboutToShow, this, &DataTable::fillColumnMenu);
    connect(m_menu, &QMenu::aboutToShow, this,
            [this, copy] { copy->setEnabled(selectionModel() != nullptr && selectionModel()->hasSelection()); });
}

void DataTable::fillColumnMenu()
{
    m_columnMenu->clear();
    if (model() == nullptr) return;
    const QList<int> visible = visibleColumns();
    for (int column = 0; column < model()->columnCount(); ++column) {
        QAction* action = m_columnMenu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        action->setEnabled(visible.size() > 1 || isColumnHidden(column)); // never none
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            if (shown && columnWidth(column) < 48) setColumnWidth(column, 120);
            remember();
        });
    }
    m_columnMenu->addSeparator();
    m_columnMenu->addAction(tr("&Reset columns"), this, [this] {
        showFirstColumns();
        remember();
    });
}

QList<int> DataTable::visibleColumns() const
{
    QList<int> columns;
    const QHeaderView* header = horizontalHeader();
    for (int visual = 0; visual < header->count(); ++visual)
        if (const int logical = header->logicalIndex(visual); !isColumnHidden(logical)) columns << logical;
    return columns;
}

QString DataTable::cellText(int row, int column) const
{
    const QModelIndex index = model()->index(row, column);
    const QVariant copy = m_copyRole >= 0 ? index.data(m_copyRole) : QVariant();
    return (copy.isValid() ? copy : index.data(Qt::DisplayRole)).toString();
}

QString DataTable::toTsv() const
{
    QStringList lines;
    for (const int row : selectedRows()) {
        QStringList cells;
        for (const int column : visibleColumns()) cells << tsvCell(cellText(row, column));
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

QByteArray DataTable::toCsv() const
{
    const QList<int> columns = visibleColumns();
    QStringList lines;
    QStringList cells;
    for (const int column : columns) cells << csvCell(model()->headerData(column, Qt::Horizontal).toString());
    lines << cells.join(u',');
    for (int row = 0; row < model()->rowCount(); ++row) {
        cells.clear();
        for (const int column : columns) cells << csvCell(cellText(row, column));
        lines << cells.join(u',');
    }
    return QByteArrayLiteral("\xEF\xBB\xBF") + lines.join(QStringLiteral("\r\n")).toUtf8() + "\r\n";
}

void DataTable::copySelection()
{
    const QList<int> rows = selectedRows();
    if (rows.isEmpty()) return;
    QGuiApplication::clipboard()->setText(toTsv());
    Q_EMIT copied(int(rows.size()));
}

void DataTable::chooseExportFile()
{
    auto* dialog = new QFileDialog(this, tr("Export as CSV"), {}, tr("CSV files (*.csv)"));
    dialog->setObjectName(m_name + QStringLiteral(".exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(m_name + QStringLiteral(".csv"));
    connect(dialog, &QFileDialog::fileSelected, this, &DataTable::exportTo);
    dialog->open();
}

void DataTable::exportTo(const QString& fileName)
{
    if (!m_loadAll) {
        write(fileName);
        return;
    }
    m_loadAll([this, fileName](bool complete) {
        if (complete)
            write(fileName);
        else
            Q_EMIT exportFailed(fileName, tr("Not all rows could be loaded."));
    });
}

void DataTable::write(const QString& fileName)
{
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(toCsv()) >= 0 && file.commit())
        Q_EMIT exported(fileName, model()->rowCount());
    else
        Q_EMIT exportFailed(fileName, file.errorString());
}

void DataTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentRow() >= 0)
        Q_EMIT rowActivated(currentRow());
    else if (event->key() == Qt::Key_Delete && selectionModel() != nullptr && selectionModel()->hasSelection())
        Q_EMIT deleteRequested();
    else
        QTableView::keyPressEvent(event);
}

bool DataTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && model() != nullptr) {
        auto* help = static_cast<QHelpEvent*>(event);
        const QModelIndex index = indexAt(help->pos());
        if (index.isValid() && !index.data(Qt::ToolTipRole).isValid()) {
            const QString text = index.data(Qt::DisplayRole).toString();
            const bool elided = sizeHintForIndex(index).width() > visualRect(index).width();
            QToolTip::showText(help->globalPos(), elided ? text.left(2000).toHtmlEscaped() : QString(), this);
            return true;
        }
    }
    return QTableView::viewportEvent(event);
}

void DataTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionCountChanged(selectionModel() ? int(selectionModel()->selectedRows().size()) : 0);
}

} // namespace iam::widgets
