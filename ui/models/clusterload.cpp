// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clusterload.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "models/listmodel.h"
#include <QPointF>
#include <algorithm>
#include <cmath>
#include <limits>

namespace iam::models {

using namespace contract;

namespace {

constexpr double countedSeconds = 10; // UpstreamShare counts that long

const NodeService* serviceOf(const BackendLoad& load, std::string_view name)
{
    const auto found = std::find_if(load.services.begin(), load.services.end(),
                                    [name](const NodeService& service) { return service.name == name; });
    return found == load.services.end() ? nullptr : &*found;
}

std::optional<double> p99Of(const BackendLoad& load, std::string_view service)
{
    const NodeService* found = serviceOf(load, service);
    return found != nullptr ? found->p99Milliseconds : std::nullopt;
}

std::optional<std::uint64_t> errorsOf(const BackendLoad& load)
{
    std::optional<std::uint64_t> sum;
    for (const NodeService& service : load.services)
        if (service.errors) sum = sum.value_or(0) + *service.errors;
    return sum;
}

QVariant orNothing(const std::optional<double>& value)
{
    return value ? QVariant(*value) : QVariant(-1.0); // sorts below everything known
}

} // namespace

std::vector<BackendLoad> backendLoads(const ClusterStatus& status, const std::vector<std::string>& known)
{
    struct Count {
        std::optional<double> api, authz;
    };
    std::map<std::string, Count> counts;
    for (const std::string& name : known) counts[name] = {};
    std::optional<double> apiSum;
    std::optional<double> authzSum;
    for (const ClusterNode& node : status.nodes)
        for (const UpstreamShare& upstream : node.upstreams) {
            const bool api = upstream.domain == status.apiDomain;
            auto& count = api ? counts[upstream.backend].api : counts[upstream.backend].authz;
            auto& sum = api ? apiSum : authzSum;
            count = count.value_or(0) + double(upstream.requests);
            sum = sum.value_or(0) + double(upstream.requests);
        }
    std::vector<BackendLoad> out;
    const auto add = [&](const std::string& name, const std::vector<NodeService>& services) {
        const Count count = counts[name];
        counts.erase(name);
        const auto part = [](const std::optional<double>& requests, const std::optional<double>& sum) {
            BackendLoad::Part made;
            if (requests) made.perSecond = *requests / countedSeconds;
            if (requests && sum && *sum > 0) made.share = *requests / *sum;
            return made;
        };
        BackendLoad load{name, part(count.api, apiSum), part(count.authz, authzSum), {}, services};
        if (count.api || count.authz)
            load.perSecond = load.api.perSecond.value_or(0) + load.authz.perSecond.value_or(0);
        out.push_back(std::move(load));
    };
    for (const ClusterNode& node : status.nodes)
        if (!node.services.empty() || counts.contains(node.name)) add(node.name, node.services);
    while (!counts.empty()) add(std::string(counts.begin()->first), {});
    return out;
}

ClusterLoadModel::ClusterLoadModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

int ClusterLoadModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_loads.size());
}

int ClusterLoadModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClusterLoadModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int((section == Backend ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Backend:
        return tr("Backend");
    case ApiRate:
        return tr("API/s");
    case ApiShare:
        return tr("API share");
    case ApiP99:
        return tr("API p99");
    case AuthzRate:
        return tr("Decisions/s");
    case AuthzShare:
        return tr("Decision share");
    case AuthzP99:
        return tr("Decision p99");
    case Errors:
        return tr("Errors");
    default:
        return {};
    }
}

QString ClusterLoadModel::text(const BackendLoad& load, int column) const
{
    switch (column) {
    case Backend:
        return toText(load.name);
    case ApiRate:
        return rateText(load.api.perSecond);
    case ApiShare:
        return shareText(load.api.share);
    case ApiP99:
        return millisecondsText(p99Of(load, "apiserver"));
    case AuthzRate:
        return rateText(load.authz.perSecond);
    case AuthzShare:
        return shareText(load.authz.share);
    case AuthzP99:
        return millisecondsText(p99Of(load, "authz-server"));
    case Errors:
        return errorsOf(load) ? QLocale().toString(qulonglong(*errorsOf(load))) : QStringLiteral("–");
    default:
        return {};
    }
}

QVariant ClusterLoadModel::number(const BackendLoad& load, int column) const
{
    switch (column) {
    case ApiRate:
        return orNothing(load.api.perSecond);
    case ApiShare:
        return orNothing(load.api.share);
    case ApiP99:
        return orNothing(p99Of(load, "apiserver"));
    case AuthzRate:
        return orNothing(load.authz.perSecond);
    case AuthzShare:
        return orNothing(load.authz.share);
    case AuthzP99:
        return orNothing(p99Of(load, "authz-server"));
    case Errors:
        return errorsOf(load) ? QVariant(double(*errorsOf(load))) : QVariant(-1.0);
    default:
        return text(load, column);
    }
}

QVariant ClusterLoadModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const BackendLoad& load = m_loads[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case ListModel::CopyRole:
        return text(load, index.column());
    case Qt::EditRole:
        return number(load, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == Backend ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case BarRole:
        if (index.column() == ApiShare && load.api.share) return *load.api.share;
        if (index.column() == AuthzShare && load.authz.share) return *load.authz.share;
        return {};
    default:
        return {};
    }
}

void ClusterLoadModel::take(const ClusterStatus& status, Time now, const std::vector<std::string>& known)
{
    std::vector<BackendLoad> loads = backendLoads(status, known);
    const bool same = loads.size() == m_loads.size() &&
                      std::equal(loads.begin(), loads.end(), m_loads.begin(),
                                 [](const BackendLoad& a, const BackendLoad& b) { return a.name == b.name; });
    if (same) {
        m_loads = std::move(loads);
        if (!m_loads.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    } else {
        beginResetModel();
        m_loads = std::move(loads);
        endResetModel();
    }
    if (!m_samples.empty() && now - m_samples.back().at < std::chrono::milliseconds(950)) return;
    Sample sample{now, {}};
    for (const BackendLoad& load : m_loads)
        if (load.perSecond) sample.perSecond.emplace(load.name, *load.perSecond);
    m_samples.push_back(std::move(sample));
    while (now - m_samples.front().at > window + std::chrono::seconds(2)) m_samples.pop_front();
}

void ClusterLoadModel::clear()
{
    beginResetModel();
    m_loads.clear();
    m_samples.clear();
    endResetModel();
}

QList<ClusterLoadModel::Line> ClusterLoadModel::lines(Time now) const
{
    QList<Line> out;
    for (const BackendLoad& load : m_loads) {
        Line line{toText(load.name), {}};
        for (const Sample& sample : m_samples) {
            const auto found = sample.perSecond.find(load.name);
            line.points.append(
                {-std::chrono::duration<double>(now - sample.at).count(),
                 found == sample.perSecond.end() ? std::numeric_limits<double>::quiet_NaN() : found->second});
        }
        out.append(std::move(line));
    }
    return out;
}

} // namespace iam::models
