// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/cluster.h"
#include <QAbstractTableModel>
#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace iam::models {

/// What reached one backend within the last ten seconds, over all nginx. Nothing: nobody knows.
struct BackendLoad {
    struct Part {
        std::optional<double> perSecond;
        std::optional<double> share; ///< 0..1 of that domain's requests
    };
    std::string name;
    Part api;
    Part authz;
    std::optional<double> perSecond;             ///< both
    std::vector<contract::NodeService> services; ///< that run there, as far as a node of that name says
};

/// In the order of the nodes, then other machines by name; `known` are there in any case.
[[nodiscard]] std::vector<BackendLoad> backendLoads(const contract::ClusterStatus& status,
                                                    const std::vector<std::string>& known = {});

/// The shares as a table, and how the rates went over the last two minutes.
class ClusterLoadModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Backend, ApiRate, ApiShare, ApiP99, AuthzRate, AuthzShare, AuthzP99, Errors, ColumnCount };
    enum Role { BarRole = Qt::UserRole + 40 }; ///< double 0..1, in the columns of shares
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds window{120};

    explicit ClusterLoadModel(QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// Roles as in ListModel.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Call it a few times a second; a sample is kept once a second.
    void take(const contract::ClusterStatus& status, Time now, const std::vector<std::string>& known = {});
    void clear();

    struct Line {
        QString name;
        QList<QPointF> points; ///< seconds before `now` (0 or less), requests per second or NaN
    };
    [[nodiscard]] QList<Line> lines(Time now) const;
    [[nodiscard]] const std::vector<BackendLoad>& loads() const noexcept { return m_loads; }

private:
    struct Sample {
        Time at;
        std::map<std::string, double> perSecond;
    };
    [[nodiscard]] QString text(const BackendLoad& load, int column) const;
    [[nodiscard]] QVariant number(const BackendLoad& load, int column) const;

    std::vector<BackendLoad> m_loads;
    std::deque<Sample> m_samples;
};

} // namespace iam::models
