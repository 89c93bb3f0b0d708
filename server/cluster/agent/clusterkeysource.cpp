// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/agent/clusterkeysource.h"
#include "base/logging.h"
#include "crypto/envelope.h"

namespace iam::cluster {
namespace {

constexpr const char* agentLabel = "iam cluster: agents";

} // namespace

bool ClusterKeySource::Seen::sameAs(const Seen& other) const noexcept
{
    return device == other.device && inode == other.inode && size == other.size &&
           changed.tv_sec == other.changed.tv_sec && changed.tv_nsec == other.changed.tv_nsec &&
           withPrevious == other.withPrevious;
}

ClusterKeySource::ClusterKeySource(ClusterKeyConfig config, const Clock& clock)
    : m_config(std::move(config))
    , m_clock(clock)
{
    if (m_config.key)
        take(std::vector<SecretString>{*m_config.key});
    else
        look();
}

void ClusterKeySource::look()
{
    if (m_config.key) return;
    struct stat status {};
    if (::stat(m_config.keyFile.c_str(), &status) != 0) {
        m_seen.reset();
        return take(fail(Code::SecretNotFound,
                         "there is no " + m_config.keyFile + ": iam-server cluster init or cluster join makes it"));
    }
    const TimePoint changed{std::chrono::seconds(status.st_mtim.tv_sec)};
    const Seen seen{status.st_dev, status.st_ino, status.st_size, status.st_mtim, m_clock.now() - changed < overlap};
    if (m_seen && m_seen->sameAs(seen)) return;
    m_seen = seen;
    take(readFile(seen.withPrevious));
}

Result<std::vector<SecretString>> ClusterKeySource::readFile(bool withPrevious) const
{
    const auto ring = crypto::KeyRing::load(m_config.keyFile);
    if (!ring) return fail(ring);
    std::vector<SecretString> secrets;
    const std::vector<std::string>& ids = ring->ids(); // oldest first
    for (auto id = ids.rbegin(); id != ids.rend() && secrets.size() < (withPrevious ? 2U : 1U); ++id) {
        auto secret = ring->derive(*id, agentLabel);
        if (!secret) return fail(secret);
        secrets.push_back(std::move(*secret));
    }
    return secrets;
}

void ClusterKeySource::take(Result<std::vector<SecretString>> secrets)
{
    auto keys = secrets ? ProofKeys::derive(*secrets) : Result<ProofKeys>(fail(secrets));
    const std::string complaint = keys ? std::string() : keys.error().detail;
    {
        const std::lock_guard lock(m_mutex);
        if (complaint != m_complaint && !complaint.empty())
            qCWarning(lcCluster, "the cluster key cannot be used: %s", complaint.c_str());
        m_complaint = complaint;
    }
    m_keys.publish(keys ? std::make_shared<const ProofKeys>(std::move(*keys)) : nullptr);
}

std::string ClusterKeySource::complaint() const
{
    const std::lock_guard lock(m_mutex);
    return m_complaint;
}

} // namespace iam::cluster
