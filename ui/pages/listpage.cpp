// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/listpage.h"
#include "client/errortext.h"
#include "pages/editorpane.h"
#include "widgets/datatable.h"
#include "widgets/messagebar.h"
#include "widgets/sidepanel.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace iam::pages {

using widgets::DataTable;
using widgets::Tone;

ListPage::ListPage(const QString& name, client::ApiClient& api, QWidget* parent)
    : Page(name, parent)
    , m_api(api)
    , m_name(name)
    , m_table(new DataTable(name, this))
    , m_bar(new QWidget(this))
    , m_count(new widgets::TextLabel(widgets::TextSize::Base, true, this))
{
    buildBar();
    setBanner(m_bar);
    setContent(m_table);
    m_table->setCopyRole(models::ListModel::CopyRole);
    m_table->setLoadAll([this](const std::function<void(bool)>& done) { loadAll(done); });

    connect(this, &PageScaffold::mainActionTriggered, this, &ListPage::create);
    connect(this, &PageScaffold::emptyActionTriggered, this, &ListPage::create);
    connect(panel(), &widgets::SidePanel::closeRequested, this, &ListPage::requestClose);
    connect(m_table, &DataTable::rowActivated, this, [this](int row) { openRow(row); });
    connect(m_table, &DataTable::deleteRequested, this, [this] { removeRows(m_table->selectedRows()); });
    connect(m_table, &DataTable::selectionCountChanged, this, &ListPage::showCount);
    connect(m_table, &DataTable::exported, this, [this](const QString& file, int rows) {
        showSuccess(tr("%1 rows were written to %2.").arg(QString::number(rows), file));
    });
    connect(m_table, &DataTable::exportFailed, this, [this](const QString& file, const QString& reason) {
        messageBar()->showMessage(Tone::Error, tr("%1 could not be written: %2").arg(file, reason),
                                  tr("Choose another folder or free some space, and export again."));
    });
}

void ListPage::buildBar()
{
    m_bar->setObjectName(m_name + QStringLiteral(".bar"));
    m_count->setObjectName(m_name + QStringLiteral(".count"));
    m_count->setWordWrap(false);
    auto* more = new QPushButton(m_bar);
    more->setObjectName(m_name + QStringLiteral(".more"));
    more->setText(tr("&List"));
    more->setAccessibleName(tr("List: copy, export, columns"));
    more->setIcon(widgets::icon(QStringLiteral("application-menu")));
    more->setMenu(m_table->listMenu());
    m_table->listMenu()->addAction(widgets::icon(QStringLiteral("view-refresh")), tr("&Refresh"), this,
                                   &ListPage::refresh);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::spacing::unit);
    row->addWidget(m_count, 1);
    row->addWidget(more);
}

QPushButton* ListPage::addRowAction(const QString& name, const QString& text, const QString& iconName, int least,
                                    int most)
{
    auto* button = new QPushButton(widgets::icon(iconName), text, m_bar);
    button->setObjectName(m_name + u'.' + name);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setEnabled(false);
    auto* row = static_cast<QHBoxLayout*>(m_bar->layout());
    row->insertWidget(row->count() - 1, button);
    m_rowActions << RowAction{button, least, most};
    return button;
}

void ListPage::setList(models::ListModel* model, const ListWords& words)
{
    m_model = model;
    m_table->setModel(model);
    m_table->setAccessibleName(accessibleName()); // the page's title
    bindListState(this, model, words);
    showLoading(words.loading);
    connect(model, &models::ListModel::totalCountChanged, this, &ListPage::showCount);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ListPage::showCount);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ListPage::showCount);
    connect(model, &QAbstractItemModel::modelReset, this, &ListPage::showCount);
    showCount();
}

void ListPage::enter()
{
    if (!m_api.session()) return;
    const QString key = username() + (administrator() ? u'*' : u' ');
    if (key != m_sessionKey) {
        m_sessionKey = key;
        sessionSwitched();
    }
    if (listAllowed() && m_model->state() == models::ListState::Idle) m_model->refresh();
}

void ListPage::refresh()
{
    if (listAllowed()) m_model->refresh();
}

void ListPage::reset()
{
    m_next = nullptr;
    m_sessionKey.clear();
    panel()->close();
    messageBar()->clear();
    clearSearch();
    m_model->clear();
}

bool ListPage::administrator() const
{
    return m_api.session() && m_api.session()->administrator;
}

QString ListPage::username() const
{
    return m_api.session() ? QString::fromStdString(m_api.session()->username) : QString();
}

void ListPage::create()
{
    leaveEditor([this] { startCreating(); });
}

void ListPage::showCount()
{
    const bool rows = m_model->rowCount() > 0;
    for (QWidget* part : m_bar->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) part->setVisible(rows);
    const int selected = int(m_table->selectedRows().size());
    for (const RowAction& action : std::as_const(m_rowActions))
        action.button->setEnabled(selected >= action.least && selected <= action.most);
    const bool totalKnown = m_model->totalCount() || m_model->complete();
    const QString total = QString::number(m_model->totalCount().value_or(quint64(m_model->rowCount())));
    if (selected > 0)
        m_count->setText(tr("%1 of %2 selected").arg(QString::number(selected), total));
    else
        m_count->setText(totalKnown ? tr("%1 in all").arg(total) : tr("%1 loaded").arg(total));
}

void ListPage::loadAll(const std::function<void(bool)>& done)
{
    if (m_model->complete()) {
        done(true);
        return;
    }
    auto* guard = new QObject(this);
    connect(m_model, &models::ListModel::busyChanged, guard, [this, guard, done](bool busy) {
        if (busy || (!m_model->complete() && !m_model->error())) return;
        guard->deleteLater();
        disconnect(m_model, nullptr, guard, nullptr);
        done(m_model->complete());
    });
    m_model->fetchAll();
}

void ListPage::openPanel(const QString& title, QWidget* body)
{
    if (auto* editor = qobject_cast<EditorPane*>(body))
        connect(editor, &EditorPane::closed, this, [this] {
            panel()->close();
            if (auto next = std::exchange(m_next, nullptr)) next();
        });
    panel()->open(title, body);
}

void ListPage::leaveEditor(std::function<void()> next)
{
    auto* editor = qobject_cast<EditorPane*>(panel()->body());
    if (editor == nullptr || !editor->isDirty()) {
        next();
        return;
    }
    m_next = std::move(next);
    editor->requestClose();
}

void ListPage::requestClose()
{
    m_next = nullptr;
    if (auto* editor = qobject_cast<EditorPane*>(panel()->body()))
        editor->requestClose();
    else
        panel()->close();
}

bool ListPage::hasUnsavedChanges() const
{
    const auto* editor = qobject_cast<EditorPane*>(panel()->body());
    return editor != nullptr && editor->isDirty();
}

void ListPage::selectKey(const QString& key)
{
    const int row = m_model->rowOf(key);
    if (row < 0) return;
    m_table->selectRow(row);
    m_table->scrollTo(m_model->index(row, 0));
}

void ListPage::showSuccess(const QString& text)
{
    messageBar()->showMessage(Tone::Success, text);
}

void ListPage::showError(const Error& error)
{
    const client::ErrorText text = client::errorText(error);
    messageBar()->showMessage(Tone::Error, text.what, text.advice);
}

void ListPage::showRemoval(const QStringList& removed, const QStringList& failed,
                           const std::optional<Error>& firstError)
{
    m_model->refresh();
    if (failed.isEmpty() && removed.size() == 1)
        showSuccess(tr("%1 was deleted.").arg(removed.first()));
    else if (failed.isEmpty())
        showSuccess(tr("%1 were deleted.").arg(removed.size()));
    else
        messageBar()->showMessage(
            Tone::Error,
            tr("Not deleted: %1. Deleted: %2.").arg(failed.mid(0, 5).join(u", "), QString::number(removed.size())),
            firstError ? client::errorText(*firstError).what : QString());
}

} // namespace iam::pages
