// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start/loginpage.h"
#include "widgets/formfield.h"
#include "widgets/messagebar.h"
#include "widgets/primarybutton.h"
#include "widgets/secretfield.h"
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace iam::pages {

using widgets::FormField;
using widgets::SecretField;

LogInPage::LogInPage(Purpose purpose, QWidget* parent)
    : Card(parent)
    , m_purpose(purpose)
    , m_messages(new widgets::MessageBar(this))
    , m_name(new QLineEdit)
    , m_password(new SecretField(SecretField::Purpose::Input))
    , m_logIn(new widgets::PrimaryButton(tr("&Log in"), this))
{
    const bool expired = purpose == Purpose::Expired;
    const QString prefix = expired ? QStringLiteral("logInAgain") : QStringLiteral("logIn");
    setObjectName(prefix);
    setTitle(expired ? tr("Log in again") : tr("Log in"),
             expired ? tr("Your session has ended. Nothing you typed is lost: the page goes on when you are back.")
                     : QString());
    m_name->setObjectName(prefix + QStringLiteral(".name"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setMinimumHeight(30);
    m_name->setReadOnly(expired);
    m_password->setNames(prefix + QStringLiteral(".password"), tr("Password"));
    m_logIn->setObjectName(prefix + QStringLiteral(".submit"));
    m_logIn->setAccessibleName(tr("Log in"));
    m_logIn->setMinimumHeight(32);
    column()->addWidget(m_messages);
    column()->addWidget(new FormField(tr("&Name"), m_name, this));
    column()->addWidget(new FormField(tr("&Password"), m_password, this));
    if (!expired) buildServerChoice();
    column()->addSpacing(widgets::spacing::unit);
    column()->addWidget(m_logIn);
    if (expired) {
        auto* leave = new QPushButton(tr("Log &out and drop what was typed"), this);
        leave->setObjectName(prefix + QStringLiteral(".logOut"));
        leave->setAccessibleName(tr("Log out and drop what was typed"));
        leave->setFlat(true);
        column()->addWidget(leave);
        connect(leave, &QPushButton::clicked, this, &LogInPage::logOutRequested);
    }
    connect(m_name, &QLineEdit::textChanged, this, &LogInPage::check);
    connect(m_name, &QLineEdit::returnPressed, this, &LogInPage::submit);
    connect(m_password, &SecretField::textChanged, this, &LogInPage::check);
    connect(m_password->line(), &QLineEdit::returnPressed, this, &LogInPage::submit);
    connect(m_logIn, &QPushButton::clicked, this, &LogInPage::submit);
    check();
}

void LogInPage::buildServerChoice()
{
    m_bundled = new QRadioButton(tr("The &bundled server on this computer"), this);
    m_bundled->setObjectName(QStringLiteral("logIn.bundled"));
    m_bundled->setAccessibleName(tr("The bundled server on this computer"));
    m_remote = new QRadioButton(tr("A server &elsewhere"), this);
    m_remote->setObjectName(QStringLiteral("logIn.remote"));
    m_remote->setAccessibleName(tr("A server elsewhere"));
    m_url = new QLineEdit;
    m_url->setObjectName(QStringLiteral("logIn.url"));
    m_url->setAccessibleName(tr("Address of the server"));
    m_url->setPlaceholderText(QStringLiteral("https://iam.example.org:8443"));
    m_url->setMinimumHeight(30);
    m_urlField = new FormField(tr("&Address"), m_url, this);
    m_bundled->setChecked(true);
    m_urlField->setVisible(false);
    column()->addWidget(m_bundled);
    column()->addWidget(m_remote);
    column()->addWidget(m_urlField);
    connect(m_remote, &QRadioButton::toggled, this, [this](bool remote) {
        m_urlField->setVisible(remote);
        check();
    });
    connect(m_remote, &QRadioButton::clicked, m_url, qOverload<>(&QWidget::setFocus));
    connect(m_bundled, &QRadioButton::clicked, this, [this] {
        m_server = QUrl();
        Q_EMIT serverChosen({});
    });
    connect(m_url, &QLineEdit::textChanged, this, &LogInPage::check);
    connect(m_url, &QLineEdit::editingFinished, this, &LogInPage::chooseServer);
    connect(m_url, &QLineEdit::returnPressed, this, &LogInPage::submit);
}

QUrl LogInPage::typedUrl() const
{
    QString text = m_url->text().trimmed();
    if (text.isEmpty()) return {};
    if (!text.contains(QStringLiteral("://"))) text.prepend(QStringLiteral("https://"));
    const QUrl url(text, QUrl::StrictMode);
    const bool web = url.scheme() == u"http" || url.scheme() == u"https";
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty() ? url : QUrl();
}

void LogInPage::chooseServer()
{
    const QUrl url = m_remote->isChecked() ? typedUrl() : QUrl();
    if (url.isEmpty() || url == m_server) return;
    m_server = url;
    Q_EMIT serverChosen(url);
}

void LogInPage::check()
{
    bool reachable = true;
    if (m_url != nullptr && m_remote->isChecked()) {
        const QUrl url = typedUrl();
        reachable = !url.isEmpty();
        const bool plain = url.scheme() == u"http" && url.host() != u"localhost" && url.host() != u"127.0.0.1";
        m_urlField->setFault(reachable || m_url->text().trimmed().isEmpty() ? QString()
                                                                            : tr("must be an http or https address"));
        m_urlField->setHint(plain ? tr("Not encrypted: name and password can be read on the way.") : QString());
    }
    m_logIn->setEnabled(!m_busy && reachable && !m_name->text().trimmed().isEmpty() && !m_password->text().isEmpty());
}

void LogInPage::submit()
{
    if (m_url != nullptr) chooseServer();
    if (!m_logIn->isEnabled()) return focusFirstField();
    m_messages->clear();
    Q_EMIT logInRequested(m_name->text().trimmed(), SecretString(m_password->text().toStdString()));
}

void LogInPage::setUserName(const QString& name)
{
    m_name->setText(name);
}

void LogInPage::setServer(const QUrl& url)
{
    m_server = url;
    if (m_url == nullptr) return;
    if (!url.isEmpty()) m_url->setText(url.toString());
    (url.isEmpty() ? m_bundled : m_remote)->setChecked(true);
}

void LogInPage::chooseElsewhere()
{
    if (m_remote == nullptr) return;
    m_remote->setChecked(true);
    m_url->setFocus();
}

void LogInPage::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_name, m_password, m_bundled, m_remote, m_url})
        if (widget != nullptr) widget->setEnabled(!busy);
    m_logIn->setText(busy ? tr("Logging in…") : tr("&Log in"));
    check();
}

void LogInPage::showNotice(const QString& what, const QString& advice)
{
    m_messages->showMessage(widgets::Tone::Info, what, advice);
}

void LogInPage::showProblem(const QString& what, const QString& advice)
{
    m_messages->showMessage(widgets::Tone::Error, what, advice);
    m_password->line()->selectAll();
    focusFirstField();
}

void LogInPage::wipe()
{
    m_password->wipe();
}

void LogInPage::focusFirstField()
{
    if (m_name->text().trimmed().isEmpty())
        m_name->setFocus();
    else
        m_password->line()->setFocus();
}

} // namespace iam::pages
