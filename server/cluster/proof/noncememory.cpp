// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/proof/noncememory.h"

namespace iam::cluster {

NonceMemory::Seen NonceMemory::note(const std::string& nonce, Time now)
{
    while (!m_order.empty() && m_order.front().until <= now) {
        m_known.erase(m_order.front().nonce);
        m_order.pop_front();
    }
    if (m_known.contains(nonce)) return Seen::Again;
    if (m_order.size() >= m_most) return Seen::Full;
    m_known.insert(nonce);
    m_order.push_back({nonce, now + m_kept});
    return Seen::New;
}

} // namespace iam::cluster
