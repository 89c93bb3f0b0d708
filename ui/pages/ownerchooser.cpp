// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/ownerchooser.h"
#include "client/secretclient.h"
#include "client/whenready.h"
#include <QCompleter>
#include <QLineEdit>
#include <QSignalBlocker>

namespace iam::pages {

namespace {
constexpr std::uint64_t namesListed = 1000;
}

OwnerChooser::OwnerChooser(client::ApiClient& api, bool withAll, QWidget* parent)
    : QComboBox(parent)
    , m_users(api)
    , m_withAll(withAll)
{
    setEditable(true);
    setInsertPolicy(NoInsert);
    setMinimumWidth(170);
    setMaxVisibleItems(16);
    completer()->setCompletionMode(QCompleter::PopupCompletion);
    completer()->setFilterMode(Qt::MatchContains);
    completer()->setCaseSensitivity(Qt::CaseInsensitive);
    setAccessibleName(tr("Owner"));
    setToolTip(tr("Whose objects: choose or type a user's name"));
    connect(this, &QComboBox::activated, this, [this](int index) { choose(itemData(index).toString()); });
    connect(lineEdit(), &QLineEdit::editingFinished, this, &OwnerChooser::takeTyped);
}

void OwnerChooser::setSelf(const QString& self)
{
    const QSignalBlocker block(this);
    m_self = self;
    m_owner = self;
    m_loaded = false;
    clear();
    addItem(tr("%1 (me)").arg(self), self);
    if (m_withAll) addItem(tr("All users"), QString::fromLatin1(client::everyOwner));
    setCurrentIndex(0);
    if (isVisible()) load();
}

void OwnerChooser::showEvent(QShowEvent* event)
{
    QComboBox::showEvent(event);
    if (!m_loaded) load();
}

void OwnerChooser::load()
{
    if (m_self.isEmpty()) return;
    m_loaded = true;
    contract::ListQuery query;
    query.limit = namesListed;
    client::whenReady(m_users.list(query), this, [this](const Result<contract::ListPage<contract::User>>& page) {
        if (!page) {
            m_loaded = false; // names can still be typed; asked again when shown next
            return;
        }
        QStringList names;
        for (const contract::User& user : page->items) names << QString::fromStdString(user.metadata.name);
        names.sort(Qt::CaseInsensitive);
        const QSignalBlocker block(this);
        for (const QString& name : names)
            if (indexOfOwner(name) < 0) addItem(name, name);
        setOwner(m_owner);
    });
}

int OwnerChooser::indexOfOwner(const QString& owner) const
{
    return findData(owner, Qt::UserRole, Qt::MatchExactly | Qt::MatchCaseSensitive);
}

void OwnerChooser::setOwner(const QString& owner)
{
    if (indexOfOwner(owner) < 0) addItem(owner, owner);
    setCurrentIndex(indexOfOwner(owner));
    choose(owner);
}

void OwnerChooser::choose(const QString& owner)
{
    if (owner == m_owner) return;
    m_owner = owner;
    Q_EMIT ownerChanged(owner);
}

void OwnerChooser::takeTyped()
{
    const QString typed = currentText().trimmed();
    const int known = findText(typed, Qt::MatchFixedString);
    if (known >= 0)
        setOwner(itemData(known).toString());
    else if (typed.isEmpty())
        setOwner(m_owner);
    else
        setOwner(typed);
}

} // namespace iam::pages
