// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>
#include <QStringList>

namespace iam::test {

/// A network of its own (network_namespaces(7)), with nothing in it but its loopback, which is up. It ends when this, and
/// all processes and sockets that were begun in it, are gone. Needs root.
class NetworkNamespace {
public:
    NetworkNamespace();
    ~NetworkNamespace();
    NetworkNamespace(const NetworkNamespace&) = delete;
    NetworkNamespace& operator=(const NetworkNamespace&) = delete;

    /// False: this process may not make one. Nothing else works then.
    [[nodiscard]] bool exists() const noexcept { return m_descriptor >= 0; }

    /// As long as this lives, the thread that made it is inside: its new sockets, and the processes that it starts.
    class Inside {
    public:
        explicit Inside(const NetworkNamespace& network);
        ~Inside();
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;

    private:
        int m_before = -1;
    };

    /// ip(8) inside, with these words (blanks part them): "addr add 10.0.4.20/24 dev eth0". False: it failed.
    bool ip(const QString& words) const;
    /// A cable between this network and another.
    bool connectTo(const NetworkNamespace& other, const QString& ourInterface, const QString& itsInterface) const;

private:
    int m_descriptor = -1;
};

} // namespace iam::test
