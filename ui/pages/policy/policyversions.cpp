// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/policyversions.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include "models/celltext.h"
#include "pages/policy/policytext.h"
#include "widgets/confirmdialog.h"
#include "widgets/diffview.h"
#include "widgets/messagebar.h"
#include "widgets/textlabel.h"
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

namespace iam::pages {
namespace {

constexpr int rowHeight = 28;
constexpr int numberRole = Qt::UserRole;
constexpr std::uint64_t shownVersions = 1000;

} // namespace

PolicyVersions::PolicyVersions(client::PolicyClient client, client::OwnedName name, QString shownName, QWidget* parent)
    : QWidget(parent)
    , m_client(client)
    , m_name(std::move(name))
    , m_shownName(std::move(shownName))
    , m_messages(new widgets::MessageBar(this))
    , m_list(new QTreeWidget(this))
    , m_rest(new widgets::TextLabel(widgets::TextSize::Small, true, this))
    , m_heading(new widgets::TextLabel(widgets::TextSize::Base, false, this))
    , m_diff(new widgets::DiffView(this))
    , m_restore(new QPushButton(widgets::icon(QStringLiteral("edit-undo")), tr("&Restore this version"), this))
{
    setObjectName(QStringLiteral("policy.versions"));
    addParts();
    connect(m_list, &QTreeWidget::currentItemChanged, this, &PolicyVersions::showChosen);
    connect(m_restore, &QPushButton::clicked, this, &PolicyVersions::askToRestore);
    connect(m_messages, &widgets::MessageBar::actionTriggered, this, &PolicyVersions::load);
    load();
}

void PolicyVersions::addParts()
{
    m_list->setObjectName(QStringLiteral("policy.versions.list"));
    m_list->setAccessibleName(tr("Versions of this policy, newest first"));
    m_list->setHeaderLabels({tr("Version"), tr("When"), tr("Who"), tr("What")});
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_rest->hide();
    m_heading->setObjectName(QStringLiteral("policy.versions.heading"));
    m_diff->setObjectName(QStringLiteral("policy.versions.diff"));
    m_diff->setAccessibleName(tr("What restoring this version would change"));
    m_restore->setObjectName(QStringLiteral("policy.versions.restore"));
    m_restore->setAccessibleName(tr("Restore this version"));
    m_restore->setEnabled(false);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_restore);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(widgets::spacing::wide, widgets::spacing::half, widgets::spacing::wide, 12);
    column->setSpacing(widgets::spacing::unit);
    column->addWidget(m_list, 2);
    column->addWidget(m_rest);
    column->addWidget(m_heading);
    column->addWidget(m_diff, 3);
    column->addWidget(m_messages);
    column->addLayout(buttons);
    setFocusProxy(m_list);
}

void PolicyVersions::load()
{
    if (m_list->topLevelItemCount() == 0) m_heading->setText(tr("Loading versions…"));
    client::whenReady(m_client.versions(m_name, {.limit = shownVersions}), this,
                      [this](const Result<client::Versioned<Versions>>& versions) {
                          if (versions)
                              showList(*versions);
                          else
                              showFailure(versions.error());
                      });
}

void PolicyVersions::showList(const client::Versioned<Versions>& versions)
{
    const auto action = [](const std::string& word) {
        if (word == "create") return tr("Created");
        if (word == "update") return tr("Changed");
        if (word == "rollback") return tr("Restored");
        return word.empty() ? tr("Not known") : models::toText(word);
    };
    const auto& items = versions.value.items;
    m_etag = versions.etag;
    m_present = items.empty() ? 0 : items.front().number;
    m_list->clear();
    for (const contract::PolicyVersion& version : items) {
        const QString number = QString::number(version.number);
        const bool known = version.time > TimePoint{};
        auto* item =
            new QTreeWidgetItem({version.number == m_present ? tr("%1, current").arg(number) : number,
                                 known ? models::timeCell(version.time) : tr("Not known"),
                                 version.actor.name.empty() ? tr("Not known") : models::toText(version.actor.name),
                                 action(version.action)});
        item->setData(0, numberRole, quint64(version.number));
        item->setSizeHint(3,
                          {m_list->fontMetrics().horizontalAdvance(item->text(3)) + widgets::spacing::page, rowHeight});
        if (!version.actor.address.empty())
            item->setToolTip(2, tr("From %1").arg(models::toText(version.actor.address)));
        m_list->addTopLevelItem(item);
    }
    m_rest->setVisible(versions.value.totalCount > items.size());
    m_rest->setText(tr("The newest %1 of %2 versions.")
                        .arg(QString::number(items.size()), QString::number(versions.value.totalCount)));
    // The version before the present one: what the last change did is what most want to see.
    m_list->setCurrentItem(m_list->topLevelItem(items.size() > 1 ? 1 : 0));
    showChosen();
}

std::uint64_t PolicyVersions::chosen() const
{
    const QTreeWidgetItem* item = m_list->currentItem();
    return item != nullptr ? item->data(0, numberRole).toULongLong() : 0;
}

void PolicyVersions::showChosen()
{
    const std::uint64_t number = chosen();
    m_restore->setEnabled(false);
    m_diff->setLines({});
    if (number == 0) {
        m_heading->clear();
        return;
    }
    read(number);
    read(m_present);
    const auto then = m_read.find(number);
    const auto now = m_read.find(m_present);
    if (then == m_read.end() || now == m_read.end()) {
        m_heading->setText(tr("Loading version %1…").arg(number));
        return;
    }
    const auto lines = widgets::diffLines(versionText(now->second), versionText(then->second));
    m_diff->setLines(lines);
    const bool same = std::all_of(lines.begin(), lines.end(), [](const widgets::DiffLine& line) {
        return line.kind == widgets::DiffLine::Kind::Same;
    });
    if (number == m_present)
        m_heading->setText(tr("This is the current version."));
    else if (same)
        m_heading->setText(tr("Version %1 says the same as the current one.").arg(number));
    else
        m_heading->setText(tr("Restoring version %1 would change:").arg(number));
    m_restore->setEnabled(number != m_present && !same);
}

void PolicyVersions::read(std::uint64_t number)
{
    if (m_read.contains(number) || std::exchange(m_asked[number], true)) return;
    client::whenReady(m_client.version(m_name, number), this, [this, number](const Result<contract::Policy>& policy) {
        m_asked[number] = false;
        if (policy) {
            m_read.emplace(number, *policy);
            if (number == chosen() || number == m_present) showChosen();
        } else {
            if (number == chosen()) m_heading->clear();
            showFailure(policy.error());
        }
    });
}

void PolicyVersions::askToRestore()
{
    const std::uint64_t number = chosen();
    if (number == 0) return;
    widgets::ConfirmDialog::Question question;
    question.title = tr("Restore version %1 of policy %2?").arg(QString::number(number), m_shownName);
    question.consequence = tr("It becomes the newest version and decides requests within a second. What is current now "
                              "stays in the history and can be restored as well.");
    question.accept = tr("&Restore version %1").arg(number);
    widgets::ConfirmDialog::ask(this, question, [this, number] { restore(number); });
}

void PolicyVersions::restore(std::uint64_t number)
{
    m_restore->setEnabled(false);
    client::whenReady(m_client.rollBack(m_name, number, m_etag), this,
                      [this, number](const Result<client::Versioned<contract::Policy>>& policy) {
                          if (policy) {
                              m_messages->clear();
                              load();
                              Q_EMIT restored(number);
                          } else if (policy.error().code == Code::ObjectChanged) {
                              m_messages->showMessage(widgets::Tone::Warning,
                                                      tr("Somebody else changed the policy meanwhile. Nothing was "
                                                         "restored; the list shows the newest versions."));
                              load();
                          } else {
                              m_restore->setEnabled(true);
                              showFailure(policy.error());
                          }
                      });
}

void PolicyVersions::showFailure(const Error& error)
{
    if (m_list->topLevelItemCount() == 0) m_heading->clear();
    if (error.code == Code::PageNotFound) {
        m_messages->showMessage(widgets::Tone::Info, tr("This server keeps no versions of policies."));
        return;
    }
    const client::ErrorText text = client::errorText(error);
    if (client::worthRetrying(error))
        m_messages->showMessage(widgets::Tone::Error, text.what, text.advice, tr("Try again"));
    else
        m_messages->showMessage(widgets::Tone::Error, text.what, text.advice);
}

} // namespace iam::pages
