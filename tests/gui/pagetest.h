// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/policyclient.h"
#include "client/secretclient.h"
#include "client/sessionclient.h"
#include "client/userclient.h"
#include "client/whenready.h"
#include "support/testserver.h"
#include "support/widgetdriver.h"
#include "widgets/theme.h"
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <optional>

namespace iam::support {

/// A real server and a client logged in to it, for the tests of the pages.
class LoggedIn {
public:
    LoggedIn()
        : m_api(configOf(m_server))
        , m_sessions(m_api)
    {
    }

    [[nodiscard]] bool logIn(const std::string& name = "admin", const std::string& password = TestServer::password)
    {
        const auto session = wait(m_sessions.logIn(name, SecretString(password)));
        return session && session->has_value();
    }
    [[nodiscard]] client::ApiClient& api() { return m_api; }
    [[nodiscard]] const TestServer& server() const { return m_server; }

    /// The answer of a call, or nothing when none comes in time.
    template <class T>
    [[nodiscard]] std::optional<Result<T>> wait(const client::Reply<T>& reply)
    {
        std::optional<Result<T>> answer;
        QObject guard;
        client::whenReady(reply, &guard, [&](const Result<T>& result) { answer = result; });
        (void)QTest::qWaitFor([&] { return answer.has_value(); }, 20'000);
        return answer;
    }

    /// Creates a user who may log in with TestServer::password.
    [[nodiscard]] bool addUser(const std::string& name)
    {
        contract::User user;
        user.metadata.name = name;
        user.nickname = name;
        user.email = name + "@example.org";
        user.password = SecretString(TestServer::password);
        const auto done = wait(client::UserClient(m_api).create(user));
        return done && done->has_value();
    }

private:
    static client::ApiConfig configOf(const TestServer& server)
    {
        client::ApiConfig config;
        config.baseUrl = server.apiUrl();
        return config;
    }

    TestServer m_server;
    client::ApiClient m_api;
    client::SessionClient m_sessions;
};

/// The row that shows this text in its first column, or -1.
inline int rowOf(const char* table, const QString& text)
{
    auto* view = visible<QTableView>(table);
    if (view == nullptr) return -1;
    for (int row = 0; row < view->model()->rowCount(); ++row)
        if (view->model()->index(row, 0).data().toString() == text) return row;
    return -1;
}

/// Clicks on that row's first cell.
inline bool clickRow(const char* table, int row)
{
    auto* view = visible<QTableView>(table);
    if (view == nullptr || row < 0) return false;
    const QModelIndex index = view->model()->index(row, 0);
    view->scrollTo(index);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
    return true;
}

/// The text of the message bar that is seen in front, with its advice.
inline QString message()
{
    const auto* text = visible<QLabel>("messageBar.text");
    return text == nullptr ? QString() : text->text();
}

} // namespace iam::support
