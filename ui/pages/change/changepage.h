// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/changelistmodel.h"
#include "pages/recordpage.h"

namespace iam::pages {

/// Who changed what, newest first: filtered, followed as it happens, each one with before and after.
class ChangePage : public RecordPage {
    Q_OBJECT
public:
    explicit ChangePage(client::ApiClient& api, QWidget* parent = nullptr);

protected:
    void openRow(int row) override;

private:
    /// All changes of the object that this one changed.
    void showHistory(const contract::ChangeRecord& change);

    models::ChangeListModel* m_model;
};

} // namespace iam::pages
