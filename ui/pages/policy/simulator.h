// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include "contract/decision.h"
#include "pages/editorpane.h"

class QLineEdit;

namespace iam::widgets {
class JsonEditor;
}

namespace iam::pages {

class ExplanationView;
class OwnerChooser;

/// A request that somebody wonders about, and whose policies decide it (empty: the caller's).
struct Simulation {
    contract::DecisionRequest request;
    QString owner;
};

/// Asks how the policies would decide a request, and draws why. Nothing typed here is anything to save.
class Simulator : public EditorPane {
    Q_OBJECT
public:
    /// Administrators may choose the owner.
    Simulator(client::PolicyClient client, client::ApiClient& api, bool administrator, const Simulation& first,
              QWidget* parent = nullptr);
    /// As the button "Ask" does.
    void ask();
    [[nodiscard]] Simulation simulation() const;

Q_SIGNALS:
    /// The user wants to see that policy of the owner who was asked about.
    void policyRequested(const QString& owner, const QString& policy);

protected:
    [[nodiscard]] bool checkRest() override;

private:
    QLineEdit* addLine(const QString& name, const QString& label, const std::string& text);
    void addContext(const contract::Json& context);
    void checkContext();
    void send();

    client::PolicyClient m_client;
    const QString m_self;
    OwnerChooser* m_owner = nullptr;
    QLineEdit* m_subject;
    QLineEdit* m_action;
    QLineEdit* m_resource;
    widgets::JsonEditor* m_context;
    ExplanationView* m_answer;
    std::optional<contract::Json> m_checked; ///< the context, when it has no fault
    QString m_askedOwner;
};

} // namespace iam::pages
