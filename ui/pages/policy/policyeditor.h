// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include "pages/editorpane.h"

class QComboBox;
class QLineEdit;

namespace iam::widgets {
class JsonEditor;
}

namespace iam::pages {

class OwnerChooser;

/// Makes a policy, or changes its rule. The rule is checked as the user types by the code the server uses.
class PolicyEditor : public EditorPane {
    Q_OBJECT
public:
    /// A new policy of `owner`; administrators may choose another.
    PolicyEditor(client::PolicyClient client, client::ApiClient& api, bool administrator, const QString& owner,
                 QWidget* parent = nullptr);
    PolicyEditor(client::PolicyClient client, client::OwnedName name, contract::Policy policy, std::string etag,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    void saved(const contract::Policy& policy);
    /// The user wants to see former versions instead.
    void historyRequested();

protected:
    [[nodiscard]] bool checkRest() override;

private:
    void addRule();
    void setRule(const QString& text);
    void checkRule();
    void save();
    void fail(const Error& error);
    void readTheirs();

    client::PolicyClient m_client;
    client::OwnedName m_address;
    contract::Policy m_policy;
    std::string m_etag;
    bool m_fresh;
    contract::Policy m_theirs;
    std::string m_theirEtag;
    QString m_textRead; // as last read or saved: what differs from it is not saved
    std::optional<contract::PolicyDocument> m_document;
    QLineEdit* m_name = nullptr;
    OwnerChooser* m_owner = nullptr;
    QComboBox* m_template = nullptr;
    widgets::JsonEditor* m_rule = nullptr;
};

} // namespace iam::pages
