// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "pages/cluster/definitiondraft.h"
#include "pages/page.h"
#include <functional>

class QLabel;
class QSplitter;
class QTabWidget;
class QToolButton;

namespace iam::widgets {
class JsonTextArea;
class ValueTable;
} // namespace iam::widgets

namespace iam::pages {

class DefinitionForm;
class RenderedFiles;

/// A cluster is described here, in fields or as YAML; what is wrong is told while it is written, and what would lie on
/// the machines is shown and exported. Nothing of it needs a server.
class DefinitionPage : public Page {
    Q_OBJECT
public:
    explicit DefinitionPage(QWidget* parent = nullptr);
    void enter() override {}
    void refresh() override;
    void reset() override;
    [[nodiscard]] bool hasUnsavedChanges() const override;
    [[nodiscard]] DefinitionDraft& draft() const { return *m_draft; }

    /// What the file dialogs lead to. Each says on the page what became of it.
    void openFile(const QString& path);
    void saveFile(const QString& path);
    void exportTo(const QString& folder);

private:
    void addTools();
    void buildContent();
    QToolButton* addButton(const char* name, const QString& text, const QString& icon);
    void showDraft();
    void showProblems();
    void showRendered();
    void openProblem(int row);
    void startAnew(cluster::ClusterDefinition::Profile profile);
    void chooseToOpen();
    void chooseToSave();
    void chooseToExport();
    /// Runs `next` at once, or after the user agreed to lose what is not saved.
    void leaveDraft(std::function<void()> next);

    DefinitionDraft* m_draft;
    DefinitionForm* m_form;
    widgets::JsonTextArea* m_text;
    RenderedFiles* m_files;
    QTabWidget* m_tabs;
    QLabel* m_verdict;
    widgets::ValueTable* m_problems;
    QToolButton* m_save = nullptr;
    QString m_file; ///< empty: never stored
    bool m_showing = false;
};

} // namespace iam::pages
