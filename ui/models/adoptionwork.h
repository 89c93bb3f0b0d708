// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionprogram.h"
#include "models/adoptionreport.h"
#include <QList>
#include <QStringList>
#include <optional>

namespace iam::models {

/// One run of the program after the other, as what has become of the database: the last report, the steps of the way
/// there or back, and how the run ended.
class AdoptionWork : public QObject {
    Q_OBJECT
public:
    using Act = AdoptionProgram::Act;
    enum class Phase { Idle, Running, Stopping, Done, Stopped, Failed };
    struct Step {
        enum class State { Waiting, Running, Done, DoneBefore };
        int number = 0;
        State state = State::Waiting;
        QString words; ///< the program's own; empty for one that waits
        QString note;
        bool operator==(const Step&) const = default;
    };

    explicit AdoptionWork(AdoptionProgram& program, QObject* parent = nullptr);

    /// Does nothing while a run is under way.
    void start(const AdoptionProgram::Request& request);
    /// Between two steps; a check at once.
    void stop();
    /// Forgets everything; not while a run is under way.
    void clear();

    [[nodiscard]] bool isBusy() const { return m_phase == Phase::Running || m_phase == Phase::Stopping; }
    [[nodiscard]] Phase phase() const noexcept { return m_phase; }
    [[nodiscard]] Act act() const noexcept { return m_act; } ///< of the last run
    /// Of the last check that succeeded.
    [[nodiscard]] const std::optional<AdoptionReport>& report() const noexcept { return m_report; }
    /// Of the last run there or back, in their order.
    [[nodiscard]] const QList<Step>& steps() const noexcept { return m_steps; }
    [[nodiscard]] int stepsDone() const;
    [[nodiscard]] bool isDone(int step) const;
    /// What the program told besides its steps.
    [[nodiscard]] const QStringList& told() const noexcept { return m_told; }
    /// Why it failed: the program's own sentence, and more where there is more.
    [[nodiscard]] const QString& problem() const noexcept { return m_problem; }
    [[nodiscard]] const std::vector<FieldFault>& faults() const noexcept { return m_faults; }

Q_SIGNALS:
    /// Anything of the above.
    void changed();
    /// A run has ended; phase() says how.
    void ended();

private:
    void planSteps();
    void takeLine(const QByteArray& line);
    void takeNews(const AdoptionNews& news);
    void takeStep(const AdoptionNews& news);
    void takeEnd(bool good, const QString& words);
    void distrust(const QString& problem);

    AdoptionProgram& m_program;
    Phase m_phase = Phase::Idle;
    Act m_act = Act::Check;
    std::optional<AdoptionReport> m_report;
    QList<Step> m_steps;
    QStringList m_told;
    QString m_problem;
    std::vector<FieldFault> m_faults;
    bool m_stopped = false;
    bool m_complete = false; ///< the last line, or a report, has come
};

} // namespace iam::models
