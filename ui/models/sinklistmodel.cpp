// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sinklistmodel.h"
#include "client/whenready.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include <QLocale>
#include <algorithm>
#include <limits>

namespace iam::models {

using namespace std::chrono_literals;
using contract::SinkStatus;

namespace {

QString keyOf(const SinkStatus& sink)
{
    return toText(sink.source) + u'/' + toText(sink.sink);
}

bool sameSinks(const std::vector<SinkStatus>& a, const std::vector<SinkStatus>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const SinkStatus& x, const SinkStatus& y) { return keyOf(x) == keyOf(y); });
}

bool isNumber(int column)
{
    return column != SinkListModel::Name && column != SinkListModel::Type && column != SinkListModel::State &&
           column != SinkListModel::LastError;
}

QString missingText(const contract::SinkPosition& position)
{
    QStringList parts;
    for (const auto& [cause, records] : position.holes)
        if (records > 0) parts.append(SinkListModel::tr("%1 %2").arg(countText(records), holeText(cause)));
    return parts.isEmpty() ? countText(0) : parts.join(SinkListModel::tr(", "));
}

} // namespace

QString countText(std::uint64_t records)
{
    return QLocale().toString(qulonglong(records));
}

QString sinkName(const SinkStatus& sink)
{
    //: of a sink that gets the records of the old system's list
    return sink.source == "legacy" ? SinkListModel::tr("%1 (old list)").arg(toText(sink.sink)) : toText(sink.sink);
}

QString healthText(SinkHealth health)
{
    switch (health) {
    case SinkHealth::UpToDate:
        return SinkListModel::tr("up to date");
    case SinkHealth::Behind:
        return SinkListModel::tr("behind");
    case SinkHealth::Failing:
        return SinkListModel::tr("takes nothing");
    case SinkHealth::Starting:
        return SinkListModel::tr("starting");
    case SinkHealth::Stopped:
        return SinkListModel::tr("pump stopped");
    case SinkHealth::Silent:
        return SinkListModel::tr("no pump");
    }
    return {};
}

QString holeText(const std::string& cause)
{
    //: records that …
    if (cause == "crash") return SinkListModel::tr("lost in a crash");
    if (cause == "dropped") return SinkListModel::tr("dropped under load");
    if (cause == "refused") return SinkListModel::tr("refused by the log");
    if (cause == "damaged") return SinkListModel::tr("in damaged blocks");
    if (cause == "retention") return SinkListModel::tr("removed by retention");
    return toText(cause);
}

SinkListModel::SinkListModel(client::PumpClient client, QObject* parent)
    : QAbstractTableModel(parent)
    , m_client(client)
{
    m_tick.setInterval(1s);
    connect(&m_tick, &QTimer::timeout, this, &SinkListModel::tick);
}

int SinkListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_state.sinks.size());
}

int SinkListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant SinkListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Name:
        return tr("Sink");
    case Type:
        return tr("Type");
    case State:
        return tr("State");
    case Waiting:
        return tr("Waiting");
    case Lag:
        //: the age of the oldest record that waits
        return tr("Lag");
    case LastError:
        return tr("Last error");
    case NextTry:
        return tr("Next try");
    case Taken:
        //: records
        return tr("Taken");
    case DeadLettered:
        return tr("Dead letters");
    case Filtered:
        return tr("Filtered out");
    case Missing:
        //: records that could not be had
        return tr("Missing");
    default:
        return {};
    }
}

QString SinkListModel::text(const SinkStatus& sink, int column) const
{
    switch (column) {
    case Name:
        return sinkName(sink);
    case Type:
        return toText(sink.type);
    case State:
        return isUncertain(m_state) ? tr("unknown") : healthText(healthOf(sink, heard()));
    case Waiting:
        return countText(sink.lagRecords);
    case Lag:
        return sink.lagRecords == 0 ? QStringLiteral("–") : durationText(lagOf(sink, heard()));
    case LastError:
        return toText(sink.lastError);
    case NextTry: {
        const auto in = isUncertain(m_state) ? std::nullopt : nextTryIn(sink, heard());
        if (!in) return QStringLiteral("–");
        return *in == 0ms ? tr("now") : tr("in %1 s").arg(std::chrono::ceil<std::chrono::seconds>(*in).count());
    }
    case Taken:
        return countText(sink.position.taken);
    case DeadLettered:
        return countText(sink.position.deadLettered);
    case Filtered:
        return countText(sink.position.filtered);
    case Missing:
        return missingText(sink.position);
    default:
        return {};
    }
}

QVariant SinkListModel::number(const SinkStatus& sink, int column) const
{
    switch (column) {
    case State:
        return static_cast<int>(toneOf(healthOf(sink, heard())));
    case Waiting:
        return qulonglong(sink.lagRecords);
    case Lag:
        return qint64{lagOf(sink, heard()).count()};
    case NextTry:
        return qint64{nextTryIn(sink, heard()).value_or(-1ms).count()};
    case Taken:
        return qulonglong(sink.position.taken);
    case DeadLettered:
        return qulonglong(sink.position.deadLettered);
    case Filtered:
        return qulonglong(sink.position.filtered);
    case Missing:
        return qulonglong(missing(sink.position));
    default:
        return text(sink, column);
    }
}

QVariant SinkListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const SinkStatus& sink = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case ListModel::CopyRole:
        return text(sink, index.column());
    case Qt::EditRole:
        return number(sink, index.column());
    case Qt::TextAlignmentRole:
        return isNumber(index.column()) ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case ListModel::KeyRole:
        return keyOf(sink);
    case ListModel::ToneRole:
        if (index.column() != State) return {};
        return static_cast<int>(isUncertain(m_state) ? Tone::Neutral : toneOf(healthOf(sink, heard())));
    default:
        return {};
    }
}

QString SinkListModel::keyAt(int row) const
{
    return keyOf(at(row));
}

int SinkListModel::rowOf(const QString& key) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (keyAt(row) == key) return row;
    return -1;
}

void SinkListModel::start()
{
    if (running()) return;
    if (!m_samples.empty()) m_samples.push_back({m_clock.steadyNow(), {}}); // nobody looked since the one before
    m_tick.start();
    ask();
}

void SinkListModel::stop()
{
    m_tick.stop();
}

void SinkListModel::clear()
{
    stop();
    ++m_generation;
    m_asking = false;
    m_samples.clear();
    beginResetModel();
    m_state = {};
    endResetModel();
}

void SinkListModel::tick()
{
    ask();
    announce();
}

void SinkListModel::ask()
{
    if (m_asking) return;
    m_asking = true;
    client::whenReady(m_client.sinks(), this,
                      [this, generation = m_generation](const Result<std::vector<SinkStatus>>& sinks) {
                          if (generation != m_generation) return;
                          m_asking = false;
                          if (sinks) {
                              m_answered = m_clock.steadyNow();
                              m_state.error.reset();
                              m_state.heard = 0ms;
                              take(*sinks);
                          } else {
                              m_state.error = sinks.error();
                          }
                          sample();
                          announce();
                      });
}

void SinkListModel::take(std::vector<SinkStatus> sinks)
{
    if (sameSinks(sinks, m_state.sinks)) {
        m_state.sinks = std::move(sinks);
        return;
    }
    beginResetModel();
    m_state.sinks = std::move(sinks);
    endResetModel();
}

void SinkListModel::sample()
{
    const Time now = m_clock.steadyNow();
    Sample sample{now, {}};
    if (!m_state.error)
        for (const SinkStatus& sink : m_state.sinks)
            sample.lag.emplace(keyOf(sink), std::chrono::duration<double>(lagOf(sink, heard())).count());
    m_samples.push_back(std::move(sample));
    while (now - m_samples.front().at > window + 2s) m_samples.pop_front();
}

void SinkListModel::announce()
{
    if (m_state.heard) m_state.heard = std::chrono::floor<std::chrono::milliseconds>(m_clock.steadyNow() - m_answered);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    Q_EMIT changed();
}

std::chrono::milliseconds SinkListModel::heard() const
{
    return m_state.heard.value_or(0ms);
}

QList<SinkListModel::Line> SinkListModel::lines() const
{
    const Time now = m_clock.steadyNow();
    QList<Line> out;
    for (const SinkStatus& sink : m_state.sinks) {
        Line line{sinkName(sink), {}};
        const QString key = keyOf(sink);
        for (const Sample& sample : m_samples) {
            const auto found = sample.lag.find(key);
            line.points.append({-std::chrono::duration<double>(now - sample.at).count(),
                                found == sample.lag.end() ? std::numeric_limits<double>::quiet_NaN() : found->second});
        }
        out.append(std::move(line));
    }
    return out;
}

} // namespace iam::models
