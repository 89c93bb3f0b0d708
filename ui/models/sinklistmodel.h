// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/pumpclient.h"
#include "models/pumpstate.h"
#include <QAbstractTableModel>
#include <QPointF>
#include <QTimer>
#include <deque>
#include <map>

namespace iam::models {

/// The sinks of a pump, by source, then name. While it runs, it asks the server once a second; what is not heard anew
/// grows older by the clock of this computer.
class SinkListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column {
        Name,
        Type,
        State,
        Waiting,
        Lag,
        LastError,
        NextTry,
        Taken,
        DeadLettered,
        Filtered,
        Missing,
        ColumnCount
    };
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds window{120}; ///< of lines()

    explicit SinkListModel(client::PumpClient client, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    /// Roles as in ListModel; Qt::EditRole is the value to sort by.
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] const contract::SinkStatus& at(int row) const
    {
        return m_state.sinks.at(static_cast<std::size_t>(row));
    }
    [[nodiscard]] QString keyAt(int row) const;
    /// -1: there is none.
    [[nodiscard]] int rowOf(const QString& key) const;

    void start();
    void stop();
    [[nodiscard]] bool running() const { return m_tick.isActive(); }
    /// Asks now, unless an answer is under way.
    void ask();
    /// Another server or nobody: stops and forgets everything.
    void clear();

    [[nodiscard]] const PumpState& state() const noexcept { return m_state; }
    struct Line {
        QString name;
        QList<QPointF> points; ///< seconds before now (0 or less), seconds of lag or NaN
    };
    /// How the lags went over the last two minutes.
    [[nodiscard]] QList<Line> lines() const;

Q_SIGNALS:
    /// Something is new, or just older.
    void changed();

private:
    void tick();
    void take(std::vector<contract::SinkStatus> sinks);
    void sample();
    void announce();
    [[nodiscard]] std::chrono::milliseconds heard() const;
    [[nodiscard]] QString text(const contract::SinkStatus& sink, int column) const;
    [[nodiscard]] QVariant number(const contract::SinkStatus& sink, int column) const;

    struct Sample {
        Time at;
        std::map<QString, double> lag; ///< by key, in seconds
    };
    client::PumpClient m_client;
    SystemClock m_clock;
    QTimer m_tick;
    PumpState m_state;
    Time m_answered{};
    std::deque<Sample> m_samples;
    bool m_asking = false;
    quint64 m_generation = 0; // answers of an older one are dropped
};

/// "archive", or where it is of the old system's list "archive (old list)".
[[nodiscard]] QString sinkName(const contract::SinkStatus& sink);
/// "up to date", "fails", …
[[nodiscard]] QString healthText(SinkHealth health);
/// Why records could not be had: "lost in a crash", …; a later server's word as it is.
[[nodiscard]] QString holeText(const std::string& cause);
/// A count in the reader's digits.
[[nodiscard]] QString countText(std::uint64_t records);

} // namespace iam::models
