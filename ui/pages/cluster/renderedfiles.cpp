// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/renderedfiles.h"
#include "widgets/diffview.h"
#include "widgets/statusmark.h"
#include "widgets/textlabel.h"
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <set>

namespace iam::pages {

using widgets::DiffLine;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {
constexpr int toneRole = Qt::UserRole;
constexpr int pathRole = Qt::UserRole + 1;
} // namespace

RenderedFiles::RenderedFiles(QWidget* parent)
    : QWidget(parent)
    , m_machine(new QComboBox(this))
    , m_list(new QTreeWidget(this))
    , m_heading(new widgets::TextLabel(widgets::TextSize::Small, true, this))
    , m_text(new widgets::DiffView(this))
{
    m_machine->setObjectName(QStringLiteral("definition.files.machine"));
    m_machine->setAccessibleName(tr("Machine"));
    m_list->setObjectName(QStringLiteral("definition.files.list"));
    m_list->setAccessibleName(tr("Files of the machine"));
    m_list->setHeaderLabels({tr("File"), tr("State")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    m_list->setItemDelegateForColumn(1, new widgets::StatusDelegate(toneRole, m_list));
    m_text->setObjectName(QStringLiteral("definition.files.text"));
    m_text->setAccessibleName(tr("Content of the file"));
    m_heading->setObjectName(QStringLiteral("definition.files.heading"));
    auto* left = new QWidget(this);
    auto* listColumn = new QVBoxLayout(left);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(spacing::unit);
    listColumn->addWidget(m_machine);
    listColumn->addWidget(m_list, 1);
    auto* right = new QWidget(this);
    auto* textColumn = new QVBoxLayout(right);
    textColumn->setContentsMargins(0, 0, 0, 0);
    textColumn->setSpacing(spacing::unit);
    textColumn->addWidget(m_heading);
    textColumn->addWidget(m_text, 1);
    auto* parts = new QSplitter(Qt::Horizontal, this);
    parts->setObjectName(QStringLiteral("definition.files"));
    parts->setChildrenCollapsible(false);
    parts->addWidget(left);
    parts->addWidget(right);
    parts->setSizes({380, 620});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, spacing::unit, 0, 0);
    column->addWidget(parts);
    connect(m_machine, &QComboBox::currentIndexChanged, this, &RenderedFiles::fillList);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &RenderedFiles::showChosen);
}

QString RenderedFiles::machine() const
{
    return m_machine->currentText();
}

std::optional<QString> RenderedFiles::content(const DefinitionDraft::Files& files, const QString& machine,
                                              const QString& path)
{
    const auto rendered = files.find(machine.toStdString());
    if (rendered == files.end()) return std::nullopt;
    for (const cluster::RenderedFile& file : rendered->second)
        if (file.path == path.toStdString()) return QString::fromStdString(file.content);
    return std::nullopt;
}

void RenderedFiles::setFiles(const DefinitionDraft::Files& files, const DefinitionDraft::Files& before, bool current)
{
    m_files = files;
    m_before = before;
    m_text->setEnabled(current);
    m_list->setEnabled(current);
    QStringList machines;
    for (const auto& [name, rendered] : files) machines.append(QString::fromStdString(name));
    QStringList shown;
    for (int i = 0; i < m_machine->count(); ++i) shown.append(m_machine->itemText(i));
    if (shown != machines) {
        const QString chosen = machine();
        const QSignalBlocker quiet(m_machine);
        m_machine->clear();
        m_machine->addItems(machines);
        m_machine->setCurrentIndex(std::max<int>(0, static_cast<int>(machines.indexOf(chosen))));
    }
    fillList();
}

void RenderedFiles::fillList()
{
    const QString chosen =
        m_list->currentItem() != nullptr ? m_list->currentItem()->data(0, pathRole).toString() : QString();
    std::set<QString> paths;
    for (const auto* files : {&m_files, &m_before}) {
        const auto found = files->find(machine().toStdString());
        if (found == files->end()) continue;
        for (const cluster::RenderedFile& file : found->second) paths.insert(QString::fromStdString(file.path));
    }
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const QString& path : paths) {
        const auto now = content(m_files, machine(), path);
        const auto then = content(m_before, machine(), path);
        auto* item = new QTreeWidgetItem({path, {}});
        item->setData(0, pathRole, path);
        item->setToolTip(0, path.toHtmlEscaped());
        const auto mark = [item](const QString& word, Tone tone) {
            item->setText(1, word);
            item->setData(1, toneRole, static_cast<int>(tone));
        };
        if (!m_before.empty() && !then) mark(tr("new"), Tone::Info);
        if (!now) mark(tr("gone"), Tone::Warning);
        if (now && then && *now != *then) mark(tr("changed"), Tone::Info);
        m_list->addTopLevelItem(item);
        if (path == chosen) m_list->setCurrentItem(item);
    }
    if (m_list->currentItem() == nullptr && m_list->topLevelItemCount() > 0)
        m_list->setCurrentItem(m_list->topLevelItem(0));
    showChosen();
}

void RenderedFiles::showChosen()
{
    const QTreeWidgetItem* item = m_list->currentItem();
    if (item == nullptr) {
        m_heading->clear();
        m_text->setLines({});
        return;
    }
    const QString path = item->data(0, pathRole).toString();
    const auto now = content(m_files, machine(), path);
    const auto then = content(m_before, machine(), path);
    const bool differs = then && now != then;
    m_heading->setText(!now      ? tr("No longer part of the files.")
                       : differs ? tr("What has changed since the definition was opened or exported:")
                                 : tr("The whole file:"));
    const QString text = now.value_or(QString());
    if (differs) return m_text->setLines(widgets::diffLines(*then, text));
    m_text->setLines(widgets::diffLines(text, text));
}

} // namespace iam::pages
