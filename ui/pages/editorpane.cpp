// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/editorpane.h"
#include "client/errortext.h"
#include "pages/conflictbox.h"
#include "widgets/formfield.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QShortcut>

namespace iam::pages {

using widgets::FormField;
using widgets::Tone;

EditorPane::EditorPane(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_form(new QWidget(this))
    , m_fields(new QVBoxLayout(m_form))
    , m_messages(new widgets::MessageBar(this))
    , m_conflict(new ConflictBox(name, this))
    , m_save(new widgets::PrimaryButton(tr("&Save"), this))
    , m_cancel(new QPushButton(tr("&Cancel"), this))
    , m_saveText(m_save->text())
{
    setObjectName(name);
    m_save->setObjectName(name + QStringLiteral(".save"));
    m_save->setToolTip(tr("Ctrl+S"));
    m_save->setMinimumHeight(30);
    m_cancel->setObjectName(name + QStringLiteral(".cancel"));
    m_cancel->setMinimumHeight(30);
    for (QPushButton* button : {static_cast<QPushButton*>(m_save), m_cancel})
        button->setAccessibleName(button->text().remove(u'&'));
    m_fields->setContentsMargins(widgets::spacing::wide, widgets::spacing::half, widgets::spacing::wide,
                                 widgets::spacing::unit);
    m_fields->setSpacing(widgets::spacing::unit);
    m_fields->setAlignment(Qt::AlignTop);
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_form);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setBackgroundRole(QPalette::Base);
    m_form->setBackgroundRole(QPalette::Base);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(widgets::spacing::wide, widgets::spacing::unit, widgets::spacing::wide, 12);
    buttons->setSpacing(widgets::spacing::unit);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_save);
    auto* notes = new QVBoxLayout;
    notes->setContentsMargins(widgets::spacing::wide, 0, widgets::spacing::wide, 0);
    notes->addWidget(m_conflict);
    notes->addWidget(m_messages);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(scroll, 1);
    column->addLayout(notes);
    column->addLayout(buttons);

    connect(m_save, &QPushButton::clicked, this, &EditorPane::trySave);
    connect(m_cancel, &QPushButton::clicked, this, &EditorPane::requestClose);
    auto* save = new QShortcut(QKeySequence::Save, this);
    save->setContext(Qt::WidgetWithChildrenShortcut);
    connect(save, &QShortcut::activated, m_save, &QPushButton::click);
    connect(m_messages, &widgets::MessageBar::actionTriggered, this, [this] {
        if (!std::exchange(m_asking, false)) return;
        m_dirty = false;
        Q_EMIT closed();
    });
    connect(m_conflict, &ConflictBox::reloadRequested, this, &EditorPane::reloadRequested);
    connect(m_conflict, &ConflictBox::overwriteRequested, this, &EditorPane::overwriteRequested);
}

void EditorPane::showEvent(QShowEvent* event)
{
    orderTabs();
    QWidget::showEvent(event);
}

/// Fields from top to bottom, then what stands below them; the first field gets the focus. (Editors are made before
/// they have a parent, so Qt's own order is that of their making.)
void EditorPane::orderTabs()
{
    QList<QWidget*> order;
    for (int i = 0; i < m_fields->count(); ++i)
        if (QWidget* part = m_fields->itemAt(i)->widget()) order << part << part->findChildren<QWidget*>();
    const qsizetype fields = order.size();
    for (QWidget* part : {static_cast<QWidget*>(m_conflict), static_cast<QWidget*>(m_messages)})
        order << part->findChildren<QWidget*>();
    order << m_cancel << m_save;
    QWidget* before = nullptr;
    QWidget* first = nullptr;
    for (qsizetype i = 0; i < order.size(); ++i) {
        QWidget* widget = order[i];
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy() || widget->window() != window()) continue;
        if (before != nullptr) setTabOrder(before, widget);
        before = widget;
        if (first == nullptr && i < fields && qobject_cast<QLabel*>(widget) == nullptr) first = widget;
    }
    setFocusProxy(first);
}

FormField* EditorPane::addField(const QString& label, QWidget* editor, const std::string& faultName, Check check)
{
    auto* field = new FormField(label, editor, m_form);
    m_fields->addWidget(field);
    m_rows << Row{field, faultName, std::move(check)};
    return field;
}

void EditorPane::addWidget(QWidget* widget, int stretch)
{
    m_fields->addWidget(widget, stretch);
}

void EditorPane::setSaveText(const QString& text, const QString& busyText)
{
    m_saveText = text;
    m_busyText = busyText;
    m_save->setText(text);
    m_save->setAccessibleName(QString(text).remove(u'&'));
}

void EditorPane::setCancelText(const QString& text)
{
    m_cancel->setText(text);
    m_cancel->setAccessibleName(QString(text).remove(u'&'));
}

QString EditorPane::faultOf(const Row& row) const
{
    if (!row.check) return {};
    const auto complaint = row.check();
    return complaint ? client::serverText(*complaint) : QString();
}

void EditorPane::edited(FormField* field)
{
    m_dirty = true;
    for (const Row& row : std::as_const(m_rows))
        if (row.field == field) field->setFault(faultOf(row));
}

void EditorPane::trySave()
{
    if (m_busy) return;
    FormField* first = nullptr;
    for (const Row& row : std::as_const(m_rows)) {
        row.field->setFault(faultOf(row));
        if (first == nullptr && !row.field->fault().isEmpty()) first = row.field;
    }
    if (first != nullptr) {
        first->editor()->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!checkRest()) return;
    m_asking = false;
    m_messages->clear();
    Q_EMIT saveRequested();
}

void EditorPane::requestClose()
{
    if (!m_dirty || m_asking) { // a second Esc or Cancel while the question stands is no answer to it
        if (!m_dirty) Q_EMIT closed();
        return;
    }
    m_asking = true;
    m_messages->showMessage(Tone::Warning, tr("What you typed is not saved."),
                            tr("Save it, or throw it away and close."), tr("Throw away"));
    connect(
        m_messages, &widgets::MessageBar::closed, this, [this] { m_asking = false; }, Qt::SingleShotConnection);
}

void EditorPane::setBusy(bool busy)
{
    m_busy = busy;
    m_form->setEnabled(!busy);
    m_save->setEnabled(!busy);
    m_save->setText(!busy ? m_saveText : m_busyText.isEmpty() ? tr("Saving…") : m_busyText);
}

void EditorPane::showFailure(const Error& error)
{
    setBusy(false);
    m_asking = false;
    Error rest = error;
    rest.faults.clear();
    FormField* first = nullptr;
    for (const FieldFault& fault : error.faults) {
        const auto row = std::find_if(m_rows.cbegin(), m_rows.cend(),
                                      [&](const Row& candidate) { return candidate.faultName == fault.field; });
        if (row == m_rows.cend()) {
            rest.faults.push_back(fault);
            continue;
        }
        row->field->setFault(client::serverText(fault.message));
        if (first == nullptr) first = row->field;
    }
    const client::ErrorText text = client::errorText(rest);
    m_messages->showMessage(Tone::Error, text.what, text.advice);
    if (first != nullptr) first->editor()->setFocus(Qt::OtherFocusReason);
}

void EditorPane::showConflict(const QString& theirs)
{
    setBusy(false);
    m_messages->clear();
    m_conflict->showTheirs(theirs);
}

void EditorPane::hideConflict()
{
    m_conflict->hide();
}

} // namespace iam::pages
