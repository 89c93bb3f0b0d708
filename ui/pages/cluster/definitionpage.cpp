// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/definitionpage.h"
#include "client/errortext.h"
#include "models/celltext.h"
#include "pages/cluster/definitionexport.h"
#include "pages/cluster/definitionform.h"
#include "pages/cluster/findingtext.h"
#include "pages/cluster/renderedfiles.h"
#include "widgets/confirmdialog.h"
#include "widgets/jsontextarea.h"
#include "widgets/messagebar.h"
#include "widgets/sidepanel.h"
#include "widgets/textlabel.h"
#include "widgets/valuetable.h"
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace iam::pages {

using cluster::ClusterDefinition;
using models::toText;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {

/// Of an error made by definitionexport.h.
QString reason(const Error& error)
{
    return toText(error.detail);
}

} // namespace

DefinitionPage::DefinitionPage(QWidget* parent)
    : Page(QStringLiteral("definition"), parent)
    , m_draft(new DefinitionDraft(this))
    , m_form(new DefinitionForm(this))
    , m_text(new widgets::JsonTextArea(this))
    , m_files(new RenderedFiles(this))
    , m_tabs(new QTabWidget(this))
    , m_verdict(new widgets::TextLabel(widgets::TextSize::Base, false, this))
    , m_problems(
          new widgets::ValueTable(QStringLiteral("definition.problems"), {tr("Where"), tr("What is wrong")}, this))
{
    setTitle(tr("Definition"), tr("Describe a cluster; look at every file that its machines need, and export them."));
    addTools();
    buildContent();
    connect(m_draft, &DefinitionDraft::edited, this, &DefinitionPage::showDraft);
    connect(m_draft, &DefinitionDraft::rendered, this, &DefinitionPage::showRendered);
    connect(m_form, &DefinitionForm::changed, this, [this] { m_draft->setDefinition(m_form->definition()); });
    connect(m_text->document(), &QTextDocument::contentsChange, this, [this](int, int removed, int added) {
        if (!m_showing && (removed > 0 || added > 0)) m_draft->setText(m_text->toPlainText().toStdString());
    });
    connect(m_problems, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem* item) { openProblem(m_problems->indexOfTopLevelItem(item)); });
    connect(m_problems, &QTreeWidget::itemClicked, this,
            [this](QTreeWidgetItem* item) { openProblem(m_problems->indexOfTopLevelItem(item)); });
    connect(panel(), &widgets::SidePanel::closeRequested, panel(), &widgets::SidePanel::close);
    connect(this, &PageScaffold::mainActionTriggered, this, &DefinitionPage::chooseToExport);
    showDraft();
}

QToolButton* DefinitionPage::addButton(const char* name, const QString& text, const QString& icon)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QStringLiteral("definition.") + QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(QString(text).remove(u'&').remove(u'…'));
    button->setIcon(widgets::icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setMinimumHeight(30);
    button->setFocusPolicy(Qt::TabFocus);
    addTool(button);
    return button;
}

void DefinitionPage::addTools()
{
    QToolButton* anew = addButton("new", tr("Start &anew"), QStringLiteral("document-new"));
    auto* menu = new QMenu(anew);
    menu->setObjectName(QStringLiteral("definition.new.menu"));
    menu->addAction(tr("&Recommended"), this,
                    [this] { leaveDraft([this] { startAnew(ClusterDefinition::Profile::Recommended); }); });
    menu->addAction(tr("As in the &tutorial"), this,
                    [this] { leaveDraft([this] { startAnew(ClusterDefinition::Profile::Tutorial); }); });
    anew->setMenu(menu);
    anew->setPopupMode(QToolButton::InstantPopup);
    connect(addButton("open", tr("&Open…"), QStringLiteral("document-open")), &QToolButton::clicked, this,
            [this] { leaveDraft([this] { chooseToOpen(); }); });
    m_save = addButton("save", tr("&Save"), QStringLiteral("document-save"));
    m_save->setShortcut(QKeySequence::Save);
    connect(m_save, &QToolButton::clicked, this, [this] {
        if (m_file.isEmpty())
            chooseToSave();
        else
            saveFile(m_file);
    });
    connect(addButton("saveAs", tr("Save &as…"), QStringLiteral("document-save-as")), &QToolButton::clicked, this,
            &DefinitionPage::chooseToSave);
    setMainAction(tr("&Export files…"), QStringLiteral("document-export"));
}

void DefinitionPage::buildContent()
{
    m_text->setPlain();
    m_text->setObjectName(QStringLiteral("definition.text"));
    m_text->setAccessibleName(tr("The definition as YAML"));
    m_tabs->setObjectName(QStringLiteral("definition.tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_form, tr("&Fields"));
    m_tabs->addTab(m_text, tr("&YAML"));
    m_tabs->addTab(m_files, tr("&Rendered files"));
    m_tabs->setMinimumHeight(200);
    m_verdict->setObjectName(QStringLiteral("definition.verdict"));
    m_problems->setAccessibleName(tr("What is wrong; Return goes to the place"));
    m_problems->setMinimumHeight(m_problems->heightOf(2));
    auto* below = new QWidget(this);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(0, spacing::half, 0, 0);
    column->setSpacing(spacing::half);
    column->addWidget(m_verdict);
    column->addWidget(m_problems, 1);
    auto* parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("definition.parts"));
    parts->setChildrenCollapsible(false);
    parts->addWidget(m_tabs);
    parts->addWidget(below);
    parts->setStretchFactor(0, 1);
    parts->setStretchFactor(1, 0);
    parts->setSizes({480, 150});
    setContent(parts);
}

void DefinitionPage::showDraft()
{
    m_showing = true;
    if (!m_draft->textIsFaulty() && m_form->definition() != m_draft->definition())
        m_form->setDefinition(m_draft->definition());
    m_form->setEnabled(!m_draft->textIsFaulty());
    m_form->setFaults(m_draft->textIsFaulty() ? std::vector<DefinitionDraft::Fault>() : m_draft->faults());
    const QString text = toText(m_draft->text());
    if (m_text->toPlainText() != text) {
        QTextCursor cursor(m_text->document());
        cursor.select(QTextCursor::Document);
        cursor.insertText(text);
        m_text->moveCursor(QTextCursor::Start);
    }
    QList<widgets::TextFault> marks;
    for (const DefinitionDraft::Fault& fault : m_draft->faults()) {
        const QTextBlock block = m_text->document()->findBlockByNumber(std::max(fault.line, 1) - 1);
        if (block.isValid()) marks.append({block.position(), block.length() - 1, client::serverText(fault.sentence)});
    }
    m_text->setFaults(marks);
    m_save->setEnabled(m_draft->changed() || m_file.isEmpty());
    mainAction()->setEnabled(m_draft->faults().empty());
    m_showing = false;
    showProblems();
    if (!m_draft->faults().empty()) m_files->setFiles(m_draft->files(), m_draft->filesBefore(), false);
}

void DefinitionPage::showRendered()
{
    m_files->setFiles(m_draft->files(), m_draft->filesBefore(), m_draft->current());
    showProblems();
}

void DefinitionPage::showProblems()
{
    QList<widgets::ValueTable::Row> rows;
    const auto& faults = m_draft->faults();
    for (const auto& fault : faults) {
        const QString line = fault.line > 0 ? tr("line %1").arg(fault.line) : QString();
        const bool named = fault.field.find(':') == std::string::npos;
        const QString place = named && !line.isEmpty() ? QStringLiteral("%1, %2").arg(toText(fault.field), line)
                              : named                  ? toText(fault.field)
                                                       : line;
        const QString sentence = client::serverText(fault.sentence);
        rows.append({{place, {}, {}}, {sentence, Tone::Error, {}}});
    }
    if (faults.empty())
        for (const cluster::Finding& finding : m_draft->findings()) {
            const FindingText text = findingText(finding);
            rows.append({{text.where, {}, {}}, {text.what, text.tone, {}}});
        }
    m_problems->setRows(rows);
    if (!faults.empty())
        m_verdict->setText(m_draft->textIsFaulty() ? tr("The text cannot be read. The fields show what it was before.")
                                                   : tr("Nothing can be rendered before these are mended."));
    else if (rows.isEmpty())
        m_verdict->setText(tr("Nothing is wrong with it."));
    else
        m_verdict->setText(tr("It can be rendered; look at these:"));
}

void DefinitionPage::openProblem(int row)
{
    if (row < 0) return;
    const auto index = static_cast<std::size_t>(row);
    const auto& faults = m_draft->faults();
    if (index < faults.size()) {
        const bool inForm = m_tabs->currentWidget() != m_text && !m_draft->textIsFaulty();
        if (inForm) {
            m_tabs->setCurrentWidget(m_form);
            m_form->goTo(faults[index].field);
            return;
        }
        m_tabs->setCurrentWidget(m_text);
        const QTextBlock block = m_text->document()->findBlockByNumber(std::max(faults[index].line, 1) - 1);
        if (block.isValid()) m_text->goTo({block.position(), block.length() - 1, {}});
        return;
    }
    const auto& findings = m_draft->findings();
    if (faults.empty() && index < findings.size())
        panel()->open(tr("What is wrong"), new FindingDetail(findingText(findings[index])));
}

void DefinitionPage::startAnew(ClusterDefinition::Profile profile)
{
    m_file.clear();
    panel()->close();
    m_draft->startAnew(profile);
    showRendered();
}

void DefinitionPage::openFile(const QString& path)
{
    const auto text = readTextFile(path);
    if (!text) {
        messageBar()->showMessage(Tone::Error, tr("%1 could not be opened.").arg(path), reason(text.error()));
        return;
    }
    messageBar()->clear();
    panel()->close();
    m_file = path;
    m_draft->open(*text);
    if (m_draft->textIsFaulty()) m_tabs->setCurrentWidget(m_text);
}

void DefinitionPage::saveFile(const QString& path)
{
    if (const auto written = writeTextFile(path, m_draft->text()); !written) {
        messageBar()->showMessage(Tone::Error, tr("%1 could not be saved.").arg(path), reason(written.error()));
        return;
    }
    m_file = path;
    m_draft->setSaved();
    m_save->setEnabled(false);
    messageBar()->showMessage(Tone::Success, tr("Saved as %1.").arg(path));
}

void DefinitionPage::exportTo(const QString& folder)
{
    m_draft->finish();
    if (!m_draft->current()) return;
    if (const auto written = exportFiles(folder, m_draft->files()); !written) {
        messageBar()->showMessage(Tone::Error, tr("Nothing was exported to %1.").arg(folder), reason(written.error()));
        return;
    }
    QStringList machines;
    std::size_t count = 0;
    for (const auto& [machine, files] : m_draft->files()) {
        machines.append(toText(machine));
        count += files.size();
    }
    m_draft->setExported();
    messageBar()->showMessage(
        Tone::Success, tr("%1 files for %2 are in %3.").arg(QString::number(count), machines.join(tr(", ")), folder),
        tr("Copy each machine's folder to its root, as root; “iam-server cluster check” there looks at them once "
           "more."));
}

void DefinitionPage::chooseToOpen()
{
    auto* dialog = new QFileDialog(this, tr("Open a definition"), {}, tr("Definitions (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &DefinitionPage::openFile);
    dialog->open();
}

void DefinitionPage::chooseToSave()
{
    auto* dialog =
        new QFileDialog(this, tr("Save the definition"), {}, tr("Definitions (*.yaml *.yml);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("yaml"));
    dialog->selectFile(m_file.isEmpty() ? QStringLiteral("cluster.yaml") : m_file);
    connect(dialog, &QFileDialog::fileSelected, this, &DefinitionPage::saveFile);
    dialog->open();
}

void DefinitionPage::chooseToExport()
{
    auto* dialog = new QFileDialog(this, tr("Export the files of all machines to a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DefinitionPage::exportTo);
    dialog->open();
}

void DefinitionPage::leaveDraft(std::function<void()> next)
{
    if (!hasUnsavedChanges()) return next();
    const QString name = m_file.isEmpty() ? tr("The definition that was never saved") : m_file;
    widgets::ConfirmDialog::ask(this,
                                {.title = tr("Drop what was typed?"),
                                 .consequence = tr("The changes since it was last saved are lost:"),
                                 .lost = {name},
                                 .accept = tr("&Drop the changes")},
                                std::move(next));
}

void DefinitionPage::refresh()
{
    m_draft->finish();
}

void DefinitionPage::reset()
{
    messageBar()->clear();
    startAnew(ClusterDefinition::Profile::Recommended);
}

bool DefinitionPage::hasUnsavedChanges() const
{
    return m_draft->changed();
}

} // namespace iam::pages
