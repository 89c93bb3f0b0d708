// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/policy/policyeditor.h"
#include "client/whenready.h"
#include "contract/validation.h"
#include "pages/ownerchooser.h"
#include "pages/policy/policytext.h"
#include "widgets/formfield.h"
#include "widgets/jsoneditor.h"
#include "widgets/theme.h"
#include <QLineEdit>
#include <QPushButton>

namespace iam::pages {

using widgets::FormField;

PolicyEditor::PolicyEditor(client::PolicyClient client, client::ApiClient& api, bool administrator,
                           const QString& owner, QWidget* parent)
    : EditorPane(QStringLiteral("policy"), parent)
    , m_client(client)
    , m_fresh(true)
{
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("policy.name"));
    FormField* name = addField(tr("Name"), m_name, "metadata.name",
                               [this] { return contract::checkName(m_name->text().trimmed().toStdString()); });
    name->setHint(tr("What it is about, for example “articles-read”; it cannot be changed later."));
    connect(m_name, &QLineEdit::textEdited, this, [this, name] { edited(name); });
    if (administrator) {
        m_owner = new OwnerChooser(api, false);
        m_owner->setObjectName(QStringLiteral("policy.owner"));
        m_owner->setSelf(QString::fromStdString(api.session()->username));
        if (!owner.isEmpty()) m_owner->setOwner(owner);
        addField(tr("Owner"), m_owner, "username")
            ->setHint(tr("It decides requests that are signed with this user's secrets."));
        connect(m_owner, &OwnerChooser::ownerChanged, this, [this] { setDirty(); });
    }
    addRule();
    m_template = new QComboBox;
    m_template->setObjectName(QStringLiteral("policy.template"));
    m_template->setAccessibleName(tr("Start from a template"));
    m_template->setToolTip(tr("Replaces the text; Ctrl+Z in the text brings it back"));
    m_template->addItem(tr("Start from a template…"));
    for (const PolicyTemplate& one : policyTemplates()) m_template->addItem(one.title, one.text);
    m_rule->addTool(m_template);
    connect(m_template, &QComboBox::activated, this, [this](int index) {
        if (index > 0) m_rule->setText(m_template->itemData(index).toString());
        m_template->setCurrentIndex(0);
    });
    setRule(policyTemplates().constFirst().text);
    setClean();
    setSaveText(tr("&Save new policy"));
    connect(this, &EditorPane::saveRequested, this, &PolicyEditor::save);
}

PolicyEditor::PolicyEditor(client::PolicyClient client, client::OwnedName name, contract::Policy policy,
                           std::string etag, QWidget* parent)
    : EditorPane(QStringLiteral("policy"), parent)
    , m_client(client)
    , m_address(std::move(name))
    , m_policy(std::move(policy))
    , m_etag(std::move(etag))
    , m_fresh(false)
{
    addRule();
    auto* history = new QPushButton(widgets::icon(QStringLiteral("appointment-new")), tr("History"));
    history->setObjectName(QStringLiteral("policy.history"));
    history->setAccessibleName(tr("History"));
    history->setToolTip(tr("Former versions of this policy"));
    m_rule->addTool(history);
    connect(history, &QPushButton::clicked, this, [this] {
        checkRule(); // the last keys count as unsaved text too
        Q_EMIT historyRequested();
    });
    setRule(policyText(m_policy.policy));
    connect(this, &EditorPane::saveRequested, this, &PolicyEditor::save);
    connect(this, &EditorPane::reloadRequested, this, [this] {
        m_policy = m_theirs;
        m_etag = m_theirEtag;
        hideConflict();
        setRule(policyText(m_policy.policy));
    });
    connect(this, &EditorPane::overwriteRequested, this, [this] {
        m_etag = m_theirEtag;
        hideConflict();
        save();
    });
}

void PolicyEditor::addRule()
{
    m_rule = new widgets::JsonEditor(QStringLiteral("policy.rule"));
    m_rule->area()->setAccessibleName(tr("The rule as JSON"));
    m_rule->setGoodWord(tr("The rule is valid."));
    m_rule->setMinimumHeight(320);
    addWidget(m_rule, 1);
    connect(m_rule, &widgets::JsonEditor::edited, this, &PolicyEditor::checkRule);
}

void PolicyEditor::setRule(const QString& text)
{
    m_textRead = text;
    m_rule->setText(text);
    m_rule->area()->document()->clearUndoRedoStacks();
    setClean();
}

void PolicyEditor::checkRule()
{
    CheckedPolicy checked = checkPolicyText(m_rule->text());
    m_document = std::move(checked.document);
    m_rule->setFaults(checked.faults);
    if (m_rule->text() != m_textRead) setDirty();
}

bool PolicyEditor::checkRest()
{
    checkRule(); // the last keys may not have been looked at yet
    if (m_document) return true;
    m_rule->goToFirstFault();
    return false;
}

void PolicyEditor::save()
{
    checkRule();
    if (!m_document) return;
    contract::Policy policy = m_policy;
    policy.policy = *m_document;
    setBusy(true);
    if (m_fresh) {
        policy.metadata.name = m_name->text().trimmed().toStdString();
        if (m_owner != nullptr && m_owner->currentIndex() > 0) policy.username = m_owner->owner().toStdString();
        client::whenReady(m_client.create(policy), this, [this](const Result<contract::Policy>& done) {
            if (!done) {
                fail(done.error());
                return;
            }
            setClean();
            Q_EMIT saved(*done);
        });
        return;
    }
    policy.username = m_address.owner.value_or(std::string());
    client::whenReady(m_client.update(policy, m_etag), this,
                      [this](const Result<client::Versioned<contract::Policy>>& done) {
                          if (done) {
                              setClean();
                              Q_EMIT saved(done->value);
                          } else if (done.error().code == Code::ObjectChanged) {
                              readTheirs();
                          } else {
                              fail(done.error());
                          }
                      });
}

void PolicyEditor::fail(const Error& error)
{
    // Faults of the rule are marked in its text; an older or newer server may see more than our own check.
    Error rest = error;
    std::vector<FieldFault> ours;
    std::erase_if(rest.faults, [&](const FieldFault& fault) {
        const bool rule = fault.field.compare(0, 7, "policy.") == 0;
        if (rule) ours.push_back(fault);
        return rule;
    });
    if (!ours.empty()) m_rule->setFaults(placeFaults(m_rule->text(), ours, "policy."));
    showFailure(rest);
}

void PolicyEditor::readTheirs()
{
    client::whenReady(m_client.get(m_address), this, [this](const Result<client::Versioned<contract::Policy>>& policy) {
        if (!policy) {
            showFailure(policy.error());
            return;
        }
        m_theirs = policy->value;
        m_theirEtag = policy->etag;
        showConflict(policyText(m_theirs.policy));
    });
}

} // namespace iam::pages
