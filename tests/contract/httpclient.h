// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contractclient.h"
#include "support/httpcall.h"

namespace iam::test {

/// Plain HTTP to a server. Besides what a step asks, every answer must have the form that all answers have.
class HttpClient final : public ContractClient {
public:
    /// `strict`: our own server; its additions (details, codes of ours) are checked too.
    HttpClient(HttpPlace apiServer, HttpPlace authzServer, bool strict);

    [[nodiscard]] std::string kind() const override { return "http"; }
    ContractAnswer perform(const ContractCall& call) override;

private:
    const HttpPlace m_apiServer;
    const HttpPlace m_authzServer;
    const bool m_strict;
};

} // namespace iam::test
