// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"
#include "models/listmodel.h"
#include <QAbstractTableModel>
#include <vector>

namespace iam::models {

/// What happened to the VIP, newest first. Bounded: the oldest of very many fall off.
class ClusterEventModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Happening, Cause, Interruption, Reporter, ColumnCount };
    static constexpr std::size_t most = 5000;

    explicit ClusterEventModel(QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// Roles as in ListModel; Qt::EditRole is the value to sort by.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Events that are there already (same reporter and sequence) are left out.
    void add(std::vector<contract::ClusterEvent> events);
    void clear();
    [[nodiscard]] const contract::ClusterEvent& at(int row) const { return m_events.at(static_cast<std::size_t>(row)); }
    /// The newest of kind "transition", or nullptr.
    [[nodiscard]] const contract::ClusterEvent* lastTransition() const;
    /// When the newest was that a server told; what this computer saw itself does not count.
    [[nodiscard]] std::optional<TimePoint> newestOfServers() const;
    /// The row of that reporter and sequence, or -1.
    [[nodiscard]] int rowOf(const std::string& node, std::uint64_t sequence) const;

private:
    [[nodiscard]] QVariant cell(const contract::ClusterEvent& event, int column) const;

    std::vector<contract::ClusterEvent> m_events;
};

} // namespace iam::models
