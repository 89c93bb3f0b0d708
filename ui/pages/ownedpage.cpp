// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/ownedpage.h"
#include <QLineEdit>

namespace iam::pages {

OwnedPage::OwnedPage(const QString& name, client::ApiClient& api, QWidget* parent)
    : ListPage(name, api, parent)
    , m_owner(new OwnerChooser(api, true, this))
{
    m_owner->setObjectName(name + QStringLiteral(".owner"));
    m_owner->lineEdit()->setObjectName(name + QStringLiteral(".owner.line"));
    m_owner->hide();
    addTool(m_owner);
    connect(m_owner, &OwnerChooser::ownerChanged, this, [this] { setListOwner(listOwner()); });
}

void OwnedPage::sessionSwitched()
{
    m_owner->setSelf(username());
    m_owner->setVisible(administrator());
    setListOwner(listOwner());
}

void OwnedPage::reset()
{
    ListPage::reset();
    m_owner->setSelf({});
}

void OwnedPage::showOwner(const QString& owner)
{
    if (administrator()) m_owner->setOwner(owner);
}

std::optional<std::string> OwnedPage::listOwner() const
{
    const QString owner = m_owner->owner();
    if (!administrator() || owner.isEmpty() || owner == username()) return std::nullopt;
    return owner.toStdString();
}

QString OwnedPage::newOwner() const
{
    const QString owner = m_owner->owner();
    return owner.isEmpty() || owner == QLatin1String(client::everyOwner) ? username() : owner;
}

client::OwnedName OwnedPage::address(const std::string& owner, const std::string& name) const
{
    if (owner.empty() || owner == username().toStdString()) return {std::nullopt, name};
    return {owner, name};
}

QString OwnedPage::shownName(const client::OwnedName& name) const
{
    const QString text = QString::fromStdString(name.name);
    return name.owner ? tr("%1 (of %2)").arg(text, QString::fromStdString(*name.owner)) : text;
}

void OwnedPage::reportRemoval(const Result<client::Removal<client::OwnedName>>& done)
{
    if (!done) {
        showError(done.error());
        return;
    }
    QStringList removed;
    QStringList failed;
    for (const client::OwnedName& name : done->removed) removed << shownName(name);
    for (const auto& [name, error] : done->failed) failed << shownName(name);
    showRemoval(removed, failed, done->failed.empty() ? std::nullopt : std::optional(done->failed.front().second));
}

} // namespace iam::pages
