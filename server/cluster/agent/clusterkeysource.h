// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/published.h"
#include "cluster/agent/agentconfig.h"
#include "cluster/proof/proofkeys.h"
#include <memory>
#include <mutex>
#include <optional>
#include <sys/stat.h>

namespace iam::cluster {

/// What this process signs with at the moment. A key file may come, change and go while it runs.
class ClusterKeySource {
public:
    /// For so long after a change of the key file, the key before the newest one still counts.
    static constexpr std::chrono::milliseconds overlap = std::chrono::hours(1);

    /// Looks once. `clock` outlives this.
    ClusterKeySource(ClusterKeyConfig config, const Clock& clock);

    /// Null when there is no usable key. From any thread.
    [[nodiscard]] std::shared_ptr<const ProofKeys> keys() const { return m_keys.read(); }
    /// Reads the file again if it is another one than before. Meant for once a second; one call at a time.
    void look();
    /// One sentence when there is no key, else empty. From any thread.
    [[nodiscard]] std::string complaint() const;

private:
    struct Seen {
        dev_t device = 0;
        ino_t inode = 0;
        off_t size = 0;
        timespec changed{};
        bool withPrevious = false;
        [[nodiscard]] bool sameAs(const Seen& other) const noexcept;
    };
    void take(Result<std::vector<SecretString>> secrets);
    Result<std::vector<SecretString>> readFile(bool withPrevious) const;

    const ClusterKeyConfig m_config;
    const Clock& m_clock;
    std::optional<Seen> m_seen;
    Published<ProofKeys> m_keys{nullptr};
    mutable std::mutex m_mutex; ///< guards m_complaint
    std::string m_complaint;
};

} // namespace iam::cluster
