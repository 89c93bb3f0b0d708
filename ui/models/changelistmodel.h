// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/recordclient.h"
#include "models/recordlistmodel.h"

namespace iam::models {

/// What was changed and by whom, newest first. Before and After are JSON on one line.
class ChangeListModel final : public RecordListModel<contract::ChangeRecord> {
    Q_OBJECT
public:
    enum Column { Time, Actor, Action, Kind, Name, Owner, Members, Address, RequestId, Before, After, ColumnCount };

    explicit ChangeListModel(client::RecordClient client, QObject* parent = nullptr);

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    client::Reply<Page> request(const contract::RecordFilter& filter, const std::string& cursor, int limit) override;
    QString keyOf(const contract::ChangeRecord& change) const override;
    QVariant cell(const contract::ChangeRecord& change, int column, int role) const override;

private:
    client::RecordClient m_client;
};

} // namespace iam::models
