// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/simulator.h"
#include "client/errortext.h"
#include "client/whenready.h"
#include "pages/ownerchooser.h"
#include "pages/policy/explanationview.h"
#include "pages/policy/policytext.h"
#include "widgets/formfield.h"
#include "widgets/jsoneditor.h"
#include "widgets/theme.h"
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>

namespace iam::pages {

Simulator::Simulator(client::PolicyClient client, client::ApiClient& api, bool administrator, const Simulation& first,
                     QWidget* parent)
    : EditorPane(QStringLiteral("simulator"), parent)
    , m_client(client)
    , m_self(api.session() ? QString::fromStdString(api.session()->username) : QString())
{
    if (administrator) {
        m_owner = new OwnerChooser(api, false);
        m_owner->setObjectName(QStringLiteral("simulator.owner"));
        m_owner->setSelf(m_self);
        if (!first.owner.isEmpty()) m_owner->setOwner(first.owner);
        addField(tr("&Owner of the policies"), m_owner, "username");
    }
    m_subject = addLine(QStringLiteral("subject"), tr("S&ubject"), first.request.subject);
    m_action = addLine(QStringLiteral("action"), tr("Actio&n"), first.request.action);
    m_resource = addLine(QStringLiteral("resource"), tr("&Resource"), first.request.resource);
    m_subject->setPlaceholderText(QStringLiteral("users:peter"));
    m_action->setPlaceholderText(QStringLiteral("delete"));
    m_resource->setPlaceholderText(QStringLiteral("resources:articles:1"));
    addContext(first.request.context);
    m_answer = new ExplanationView;
    addWidget(m_answer);
    setSaveText(tr("&Ask"), tr("Asking…"));
    setCancelText(tr("&Close"));
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    saveButton()->setToolTip(tr("Ctrl+Return"));
    connect(shortcut, &QShortcut::activated, this, &Simulator::ask);
    connect(this, &EditorPane::saveRequested, this, &Simulator::send);
    connect(m_answer, &ExplanationView::policyRequested, this,
            [this](const QString& policy) { Q_EMIT policyRequested(m_askedOwner, policy); });
}

QLineEdit* Simulator::addLine(const QString& name, const QString& label, const std::string& text)
{
    auto* line = new QLineEdit(QString::fromStdString(text));
    line->setObjectName(QStringLiteral("simulator.") + name);
    line->setFont(widgets::monospaceFont());
    line->setCursorPosition(0);
    addField(label, line, name.toStdString());
    connect(line, &QLineEdit::returnPressed, this, &Simulator::ask);
    return line;
}

void Simulator::addContext(const contract::Json& context)
{
    constexpr int contextHeight = 96;
    m_context = new widgets::JsonEditor(QStringLiteral("simulator.context"));
    m_context->area()->setAccessibleName(tr("Context as JSON"));
    m_context->area()->setFixedHeight(contextHeight);
    m_context->setGoodWord(tr("The context is valid."));
    auto* label = new QLabel(tr("Context"));
    label->setBuddy(m_context->area());
    m_context->addTool(label);
    addWidget(m_context);
    connect(m_context, &widgets::JsonEditor::edited, this, &Simulator::checkContext);
    m_context->setText(context.isNull() ? QStringLiteral("{}") : jsonText(context));
}

void Simulator::checkContext()
{
    CheckedContext checked = checkContextText(m_context->text());
    m_checked = std::move(checked.context);
    m_context->setFaults(checked.faults);
}

bool Simulator::checkRest()
{
    checkContext(); // the last keys may not have been looked at yet
    if (m_checked) return true;
    m_context->goToFirstFault();
    return false;
}

Simulation Simulator::simulation() const
{
    Simulation out{{m_subject->text().toStdString(), m_action->text().toStdString(), m_resource->text().toStdString(),
                    m_checked.value_or(contract::Json())},
                   m_owner != nullptr ? m_owner->owner() : QString()};
    return out;
}

void Simulator::ask()
{
    saveButton()->click();
}

void Simulator::send()
{
    const Simulation asked = simulation();
    const bool others = !asked.owner.isEmpty() && asked.owner != m_self;
    const QPointer<QWidget> focus = focusWidget();
    m_askedOwner = others ? asked.owner : QString();
    setBusy(true);
    m_answer->showWaiting();
    client::whenReady(m_client.explain(asked.request, others ? std::optional(asked.owner.toStdString()) : std::nullopt),
                      this, [this, asked, focus](const Result<contract::Explanation>& explanation) {
                          setBusy(false);
                          if (focus && window()->focusWidget() == nullptr) focus->setFocus(Qt::OtherFocusReason);
                          if (explanation) return m_answer->showExplanation(*explanation, asked.request);
                          if (explanation.error().code == Code::PageNotFound)
                              return m_answer->showFailure(tr("This server cannot explain decisions"),
                                                           tr("It is older than this console. Nothing is wrong with "
                                                              "the request."));
                          const client::ErrorText text = client::errorText(explanation.error());
                          m_answer->showFailure(text.what, text.advice);
                      });
}

} // namespace iam::pages
