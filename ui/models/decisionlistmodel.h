// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/recordclient.h"
#include "models/recordlistmodel.h"

namespace iam::models {

/// The decision log, newest first.
class DecisionListModel final : public RecordListModel<contract::DecisionRecord> {
    Q_OBJECT
public:
    enum Column { Time, Outcome, Owner, Subject, Action, Resource, Reason, RequestId, ColumnCount };

    explicit DecisionListModel(client::RecordClient client, QObject* parent = nullptr);

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The record's reason in the reader's language where it is one of the fixed ones.
    [[nodiscard]] static QString reasonText(const contract::DecisionRecord& record);

protected:
    client::Reply<Page> request(const contract::RecordFilter& filter, const std::string& cursor, int limit) override;
    QString keyOf(const contract::DecisionRecord& record) const override;
    QVariant cell(const contract::DecisionRecord& record, int column, int role) const override;

private:
    client::RecordClient m_client;
};

} // namespace iam::models
