// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include <QWidget>
#include <map>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace iam::widgets {
class DiffView;
class MessageBar;
} // namespace iam::widgets

namespace iam::pages {

/// The history of one policy in the side panel: its versions, what restoring the chosen one would change, and the
/// button that does it, after asking once.
class PolicyVersions : public QWidget {
    Q_OBJECT
public:
    /// `shownName` is how the page calls the policy.
    PolicyVersions(client::PolicyClient client, client::OwnedName name, QString shownName, QWidget* parent = nullptr);

Q_SIGNALS:
    /// What that version was is now the newest one.
    void restored(quint64 number);

private:
    using Versions = contract::ListPage<contract::PolicyVersion>;

    void addParts();
    void load();
    void showList(const client::Versioned<Versions>& versions);
    void showChosen();
    /// Asks the server for a version unless it is known, and then for what is shown again.
    void read(std::uint64_t number);
    void askToRestore();
    void restore(std::uint64_t number);
    void showFailure(const Error& error);
    [[nodiscard]] std::uint64_t chosen() const; ///< 0: none

    client::PolicyClient m_client;
    client::OwnedName m_name;
    QString m_shownName;
    std::string m_etag;
    std::uint64_t m_present = 0;
    std::map<std::uint64_t, contract::Policy> m_read; // a version never changes
    std::map<std::uint64_t, bool> m_asked;
    widgets::MessageBar* m_messages;
    QTreeWidget* m_list;
    QLabel* m_rest;
    QLabel* m_heading;
    widgets::DiffView* m_diff;
    QPushButton* m_restore;
};

} // namespace iam::pages
