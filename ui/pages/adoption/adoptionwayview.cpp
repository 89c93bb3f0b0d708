// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/adoption/adoptionwayview.h"
#include "pages/adoption/configurationbox.h"
#include "widgets/formfield.h"
#include "widgets/headline.h"
#include "widgets/textlabel.h"
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>

namespace iam::pages {

using models::AdoptionWay;
using widgets::FormField;
using widgets::RemarkList;
using widgets::TextLabel;
using widgets::TextSize;
using widgets::Tone;
namespace spacing = widgets::spacing;

namespace {
constexpr int viewWidth = 720;
constexpr int textIndent = 24;
} // namespace

AdoptionWayView::AdoptionWayView(QWidget* parent)
    : QWidget(parent)
    , m_details(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("adoption.way"));
    auto* inner = new QWidget(this);
    inner->setMaximumWidth(viewWidth);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::half);
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(inner, 100);
    outer->addStretch(1);
    m_share = addChoice(column, "share", tr("&Share it with the old servers"),
                        tr("Both work on the old tables and see each other's changes within two seconds. Nothing of "
                           "them is altered; what is only ours lies in tables iamx_… beside."));
    m_finish = addChoice(column, "finish", tr("&Take it over for good"),
                         tr("The rows move to our tables, secrets encrypted. From then on only our servers work on "
                            "it, and it can be given back."));
    column->addSpacing(spacing::wide);
    m_details->addWidget(buildShare());
    m_details->addWidget(buildFinish());
    column->addWidget(m_details);
    column->addStretch(1);
    m_finish->setChecked(true);
    connect(m_finish, &QRadioButton::toggled, this, &AdoptionWayView::check);
    setFocusProxy(m_finish);
    check();
}

QRadioButton* AdoptionWayView::addChoice(QVBoxLayout* column, const char* name, const QString& text,
                                         const QString& explanation)
{
    auto* button = new QRadioButton(text, this);
    button->setObjectName(QStringLiteral("adoption.way.") + QString::fromLatin1(name));
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setAccessibleDescription(explanation);
    button->setFont(widgets::textFont(TextSize::Base, true));
    auto* words = new TextLabel(TextSize::Base, true, this);
    words->setText(explanation);
    words->setContentsMargins(textIndent, 0, 0, spacing::half);
    column->addWidget(button);
    column->addWidget(words);
    return button;
}

QWidget* AdoptionWayView::buildShare()
{
    auto* part = new QWidget(this);
    m_configuration = new ConfigurationBox(QStringLiteral("adoption.share"), part);
    auto* remarks = new RemarkList(QStringLiteral("adoption.share.remarks"), part);
    remarks->setRemarks(
        {{Tone::Info, tr("Nothing is run here: start our servers with these lines, and they share the database.")},
         {Tone::Info, tr("Sharing ends when our servers are stopped; the old ones never notice it.")},
         {Tone::Warning,
          tr("Some things cannot be while it is shared. Each server's log and its /readyz name them.")}});
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::wide);
    column->addWidget(m_configuration);
    column->addWidget(remarks);
    column->addStretch(1);
    return part;
}

FormField* AdoptionWayView::addFolder(QLineEdit*& line, const char* name, const QString& label, const QString& hint)
{
    auto* both = new QWidget(this);
    line = new QLineEdit(both);
    line->setObjectName(QStringLiteral("adoption.") + QString::fromLatin1(name));
    line->setAccessibleName(QString(label).remove(u'&'));
    line->setMinimumHeight(30);
    auto* choose = new QPushButton(tr("Choose…"), both);
    choose->setObjectName(line->objectName() + QStringLiteral(".choose"));
    choose->setAccessibleName(tr("Choose: %1").arg(line->accessibleName()));
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line, 1);
    row->addWidget(choose);
    both->setFocusProxy(line);
    auto* field = new FormField(label, both, this);
    field->setHint(hint);
    connect(choose, &QPushButton::clicked, this, [this, line] { chooseFolder(line, line->accessibleName()); });
    connect(line, &QLineEdit::textChanged, this, &AdoptionWayView::check);
    return field;
}

QWidget* AdoptionWayView::buildFinish()
{
    auto* part = new QWidget(this);
    m_remarks = new RemarkList(QStringLiteral("adoption.finish.remarks"), part);
    m_dataField = addFolder(m_data, "dataFolder", tr("&Data folder of the server"),
                            tr("The keys that encrypt the secrets lie here: a server needs them, so start it with this "
                               "folder"));
    auto* backups = addFolder(m_backups, "backupFolder", tr("Folder for &dumps"),
                              tr("A dump is taken before anything is changed, on the way there and on the way back"));
    const QSettings settings;
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/iam-server");
    m_data->setText(settings.value(QStringLiteral("adoption/dataFolder"), folder).toString());
    m_backups->setText(
        settings.value(QStringLiteral("adoption/backupFolder"), folder + QStringLiteral("/backups")).toString());
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::unit);
    column->addWidget(m_dataField);
    column->addWidget(backups);
    column->addWidget(m_remarks);
    column->addStretch(1);
    return part;
}

void AdoptionWayView::chooseFolder(QLineEdit* line, const QString& title)
{
    auto* dialog = new QFileDialog(this, title, line->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
    dialog->open();
}

void AdoptionWayView::show(const models::AdoptionPlace& place, const models::AdoptionReport& report, int undecided)
{
    m_undecided = undecided;
    m_share->setEnabled(!report.begun());
    if (report.begun()) m_finish->setChecked(true);
    m_configuration->show(place, AdoptionWay::Share);
    QList<RemarkList::Remark> remarks;
    if (undecided > 0)
        remarks.append({Tone::Error,
                        tr("Rows that still stand in the way: %1. Go back to the report and decide.").arg(undecided)});
    if (report.begun())
        remarks.append({Tone::Info, tr("The work goes on behind the step it was ended at. Decisions stand in the "
                                       "database; take the same data folder as before.")});
    remarks.append(
        {Tone::Warning, tr("From the fourth step on the old servers can only read. Stop them, or do this when "
                           "nobody writes.")});
    remarks.append({Tone::Info, tr("The old tables stay as adopted_… until somebody removes them.")});
    m_remarks->setRemarks(remarks);
    check();
}

void AdoptionWayView::check()
{
    if (m_backups == nullptr) return; // it is being built
    m_details->setCurrentIndex(m_finish->isChecked() ? 1 : 0);
    const bool absolute = QDir::isAbsolutePath(dataFolder()) && QDir::isAbsolutePath(backupFolder());
    m_dataField->setFault(absolute ? QString() : tr("both folders must be named from the root on"));
    Q_EMIT changed();
}

AdoptionWay AdoptionWayView::way() const
{
    return m_finish->isChecked() ? AdoptionWay::Finish : AdoptionWay::Share;
}

QString AdoptionWayView::dataFolder() const
{
    return m_data->text().trimmed();
}

QString AdoptionWayView::backupFolder() const
{
    return m_backups->text().trimmed();
}

bool AdoptionWayView::isReady() const
{
    return way() == AdoptionWay::Share || (m_undecided == 0 && m_dataField->fault().isEmpty());
}

void AdoptionWayView::remember() const
{
    QSettings settings;
    settings.setValue(QStringLiteral("adoption/dataFolder"), dataFolder());
    settings.setValue(QStringLiteral("adoption/backupFolder"), backupFolder());
}

} // namespace iam::pages
