// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "client/apiclient.h"
#include "contract/codec.h"

namespace iam::client {

/// Reads what was decided and what was changed. Newest first; administrators see all, others their own.
class RecordClient {
public:
    explicit RecordClient(ApiClient& api)
        : m_api(&api)
    {
    }

    /// `cursor` is the `next` of the page before; empty for the first.
    Reply<contract::RecordPage<contract::DecisionRecord>> decisions(const contract::RecordFilter& filter,
                                                                    const std::string& cursor = {},
                                                                    int limit = contract::defaultRecordLimit) const;
    Reply<contract::RecordPage<contract::ChangeRecord>> changes(const contract::RecordFilter& filter,
                                                                const std::string& cursor = {},
                                                                int limit = contract::defaultRecordLimit) const;

private:
    ApiClient* m_api;
};

} // namespace iam::client
