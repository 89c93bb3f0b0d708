// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/recordlistmodel.h"
#include "pages/listpage.h"

class QToolButton;

namespace iam::pages {

class RecordFilterBar;

/// What the pages of decisions and of changes have in common: records, newest first, filtered and followed as they
/// come. An open detail goes along with the arrow keys.
class RecordPage : public ListPage {
    Q_OBJECT
public:
    void enter() override;
    void leave() override;
    void reset() override;

protected:
    /// `followHint` says what following shows.
    RecordPage(const QString& name, const QString& followHint, client::ApiClient& api, QWidget* parent);

    /// Once, from the constructor of the page, which `model` and `filter` belong to.
    void setRecords(models::RecordList* model, RecordFilterBar* filter, const ListWords& words);
    [[nodiscard]] RecordFilterBar* filterBar() const { return m_filter; }
    void removeRows(const QList<int>&) override {} // records stay
    void startCreating() override {}               // and are made by what they record

private:
    void setFollowing(bool following);
    void keepPosition();
    void showSelected();

    models::RecordList* m_records = nullptr;
    RecordFilterBar* m_filter = nullptr;
    QToolButton* m_follow;
};

} // namespace iam::pages
