// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "models/adoptionwork.h"
#include "widgets/pagescaffold.h"

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace iam::models {
class AdoptionFindingModel;
}

namespace iam::pages {

class AdoptionPlaceForm;
class AdoptionReportView;
class AdoptionRunView;
class AdoptionWayView;
class StepRail;

/// Leads through taking over a database of the old system: what it does, which database, the check's report, the way,
/// and how it went. It needs no server and nobody who is logged in.
class AdoptionPage : public widgets::PageScaffold {
    Q_OBJECT
public:
    enum Step { Intro, Place, Report, Way, Outcome };

    explicit AdoptionPage(models::AdoptionProgram& program, QWidget* parent = nullptr);
    /// A database is being changed: whoever closes the window ends that.
    [[nodiscard]] bool isWorking() const;
    [[nodiscard]] const models::AdoptionWork& work() const { return *m_work; }
    [[nodiscard]] models::AdoptionFindingModel& findings() const { return *m_findings; }
    /// The first field that is to be filled, or the next button.
    void takeFocus();

Q_SIGNALS:
    void closeRequested();

private:
    QWidget* buildIntro();
    void buildFrame();
    QPushButton* addButton(const char* name, QPushButton* button);
    void goTo(Step step);
    void showButtons();
    void showOutcomeButtons();
    void goNext();
    void goBack();
    void check();
    void askToFinish();
    void askToGiveBack();
    void run(models::AdoptionProgram::Act act);
    void takeEnd();
    void openFinding(int row);

    models::AdoptionWork* m_work;
    models::AdoptionFindingModel* m_findings;
    StepRail* m_rail;
    QStackedWidget* m_stack;
    AdoptionPlaceForm* m_place;
    AdoptionReportView* m_report;
    AdoptionWayView* m_way;
    AdoptionRunView* m_run;
    QToolButton* m_close;
    QPushButton* m_back;
    QPushButton* m_giveBack;
    QPushButton* m_next;
    models::AdoptionPlace m_database; ///< that was checked
    Step m_step = Intro;
};

} // namespace iam::pages
