// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/secretclient.h"
#include "pages/editorpane.h"

class QComboBox;
class QDateTimeEdit;
class QLineEdit;

namespace iam::pages {

class OwnerChooser;

/// Makes a secret, or changes when it expires and how it is described.
class SecretEditor : public EditorPane {
    Q_OBJECT
public:
    /// A new secret of `owner`; administrators may choose another.
    SecretEditor(client::SecretClient client, client::ApiClient& api, bool administrator, const QString& owner,
                 QWidget* parent = nullptr);
    SecretEditor(client::SecretClient client, client::OwnedName name, contract::Secret secret, std::string etag,
                 QWidget* parent = nullptr);

Q_SIGNALS:
    /// With its key, which is not to be had again.
    void created(const contract::Secret& secret);
    void saved(const contract::Secret& secret);

private:
    void addCommonFields();
    void fill(const contract::Secret& secret);
    void chooseExpiry(int choice);
    [[nodiscard]] std::int64_t expires() const;
    [[nodiscard]] contract::Secret typed() const;
    void save();
    void readTheirs();

    client::SecretClient m_client;
    client::OwnedName m_address;
    contract::Secret m_secret;
    std::string m_etag;
    bool m_fresh;
    contract::Secret m_theirs;
    std::string m_theirEtag;
    QLineEdit* m_name = nullptr;
    OwnerChooser* m_owner = nullptr;
    QComboBox* m_expiry = nullptr;
    QDateTimeEdit* m_date = nullptr;
    QLineEdit* m_description = nullptr;
};

} // namespace iam::pages
