// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "records/sinks/dummysink.h"
#include "base/logging.h"

namespace iam::records {

Result<> DummySink::write(std::span<const contract::DecisionRecord> records)
{
    qCInfo(lcRecords, "sink %s: writing %zu records", m_name.c_str(), records.size());
    if (!lcRecords().isDebugEnabled()) return {};
    for (const contract::DecisionRecord& record : records)
        qCDebug(lcRecords, "sink %s: %s:%llu %s, request %s", m_name.c_str(), record.node.c_str(),
                static_cast<unsigned long long>(record.sequence), record.allowed ? "allowed" : "denied",
                record.requestId.c_str());
    return {};
}

} // namespace iam::records
