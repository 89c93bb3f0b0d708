// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptionwork.h"
#include "models/celltext.h"
#include <algorithm>

namespace iam::models {

namespace {
constexpr int maxTold = 200;
constexpr int maxSteps = 200;
} // namespace

AdoptionWork::AdoptionWork(AdoptionProgram& program, QObject* parent)
    : QObject(parent)
    , m_program(program)
{
    connect(&m_program, &AdoptionProgram::lineWritten, this, &AdoptionWork::takeLine);
    connect(&m_program, &AdoptionProgram::ended, this, &AdoptionWork::takeEnd);
}

void AdoptionWork::start(const AdoptionProgram::Request& request)
{
    if (isBusy()) return;
    m_act = request.act;
    m_phase = Phase::Running;
    m_told.clear();
    m_problem.clear();
    m_faults.clear();
    m_stopped = false;
    m_complete = false;
    if (m_act != Act::Check) planSteps();
    Q_EMIT changed();
    m_program.run(request);
}

/// The way there is always the same. The way back has steps of its own only behind the exchange.
void AdoptionWork::planSteps()
{
    const auto add = [this](int first, int last) {
        for (int number = first; number <= last; ++number) m_steps.append({number, Step::State::Waiting, {}, {}});
    };
    const bool exchanged = isDone(exchangeStep) || isDone(firstStepBack);
    m_steps.clear();
    if (m_act == Act::Finish)
        add(1, lastStepThere);
    else if (exchanged || (m_report && m_report->form == AdoptionReport::Form::Ours))
        add(firstStepBack, firstStepBack + 3);
}

void AdoptionWork::stop()
{
    if (m_phase != Phase::Running) return;
    m_phase = Phase::Stopping;
    Q_EMIT changed();
    m_program.stop();
}

void AdoptionWork::clear()
{
    if (isBusy()) return;
    m_phase = Phase::Idle;
    m_report.reset();
    m_steps.clear();
    m_told.clear();
    m_problem.clear();
    m_faults.clear();
    Q_EMIT changed();
}

int AdoptionWork::stepsDone() const
{
    return static_cast<int>(
        std::count_if(m_steps.cbegin(), m_steps.cend(), [this](const Step& step) { return isDone(step.number); }));
}

bool AdoptionWork::isDone(int number) const
{
    return std::any_of(m_steps.cbegin(), m_steps.cend(), [number](const Step& step) {
        return step.number == number && (step.state == Step::State::Done || step.state == Step::State::DoneBefore);
    });
}

/// What it said cannot be relied upon; nothing more of it is.
void AdoptionWork::distrust(const QString& problem)
{
    if (!m_problem.isEmpty()) return;
    m_problem = problem;
    m_program.stop();
}

void AdoptionWork::takeLine(const QByteArray& line)
{
    if (!isBusy() || !m_problem.isEmpty()) return;
    const std::string_view bytes(line.constData(), static_cast<std::size_t>(line.size()));
    const auto news = readAdoptionNews(bytes);
    if (news) return takeNews(*news);
    const bool maybeReport = news.error().code == Code::PageNotFound && m_act == Act::Check;
    const auto report = maybeReport ? readAdoptionReport(bytes) : Result<AdoptionReport>(fail(news));
    if (!report) return distrust(tr("What the program wrote cannot be understood. Is it of this version?"));
    m_report = *report;
    m_complete = true;
    Q_EMIT changed();
}

void AdoptionWork::takeNews(const AdoptionNews& news)
{
    using Kind = AdoptionNews::Kind;
    switch (news.kind) {
    case Kind::Told:
        if (m_told.size() < maxTold) m_told.append(toText(news.words));
        break;
    case Kind::Finished:
        m_complete = true;
        break;
    case Kind::Failed:
        m_stopped = news.stopped;
        m_problem = toText(news.words);
        m_faults = news.faults;
        break;
    default:
        takeStep(news);
        break;
    }
    Q_EMIT changed();
}

void AdoptionWork::takeStep(const AdoptionNews& news)
{
    auto step = std::find_if(m_steps.begin(), m_steps.end(), [&](const Step& s) { return s.number == news.step; });
    if (step == m_steps.end()) {
        if (m_steps.size() >= maxSteps) return;
        step = std::find_if(m_steps.begin(), m_steps.end(), [&](const Step& s) { return s.number > news.step; });
        step = m_steps.insert(step, {news.step, Step::State::Waiting, {}, {}});
    }
    using Kind = AdoptionNews::Kind;
    step->state = news.kind == Kind::Begun  ? Step::State::Running
                  : news.kind == Kind::Done ? Step::State::Done
                                            : Step::State::DoneBefore;
    step->words = toText(news.words);
    step->note = toText(news.note);
}

void AdoptionWork::takeEnd(bool good, const QString& words)
{
    if (!isBusy()) return;
    for (Step& step : m_steps)
        if (step.state == Step::State::Running) step.state = Step::State::Waiting;
    const bool asked = m_phase == Phase::Stopping;
    if (good && m_complete && m_problem.isEmpty()) {
        m_phase = Phase::Done;
    } else {
        // A check that is told to stop just ends.
        m_phase = m_stopped || (asked && m_problem.isEmpty()) ? Phase::Stopped : Phase::Failed;
        if (m_problem.isEmpty()) m_problem = words.isEmpty() ? tr("The program ended before it was done.") : words;
    }
    Q_EMIT changed();
    Q_EMIT ended();
}

} // namespace iam::models
