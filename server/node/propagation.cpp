// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "node/propagation.h"

namespace iam::node {
namespace {

class KeptKeys {
public:
    using Secrets = std::shared_ptr<const std::vector<SecretString>>;

    std::shared_ptr<const cluster::MessageKeys> of(const Secrets& secrets)
    {
        const std::lock_guard lock(m_mutex);
        if (m_keys && m_secrets == secrets) return m_keys;
        auto keys = std::make_shared<cluster::MessageKeys>();
        for (const SecretString& secret : *secrets)
            if (auto key = crypto::HmacKey::make(crypto::HmacAlgorithm::Sha256, secret))
                keys->push_back(std::move(*key));
        m_secrets = secrets;
        m_keys = std::move(keys);
        return m_keys;
    }

private:
    std::mutex m_mutex;
    Secrets m_secrets;
    std::shared_ptr<const cluster::MessageKeys> m_keys;
};

} // namespace

cluster::MessageKeySource messageKeySource(std::function<std::shared_ptr<const std::vector<SecretString>>()> secrets)
{
    return [secrets = std::move(secrets), kept = std::make_shared<KeptKeys>()] { return kept->of(secrets()); };
}

Propagation::Propagation(Setup setup, store::Storage& storage, service::AccessDirectory& directory, const Clock& clock)
    : m_follower(directory, setup.poll)
{
    if (!setup.redis.enabled()) return;
    m_bus = std::make_unique<cluster::RedisBus>(
        setup.redis, std::move(setup.node), std::move(setup.keys), clock,
        cluster::RedisBus::Listener{
            [this](std::uint64_t change) { m_follower.catchUp(change); },
            [this, found = setup.othersAreFound] { found ? m_follower.catchUp(0) : m_follower.refreshAll(); }});
    directory.announceTo([this, &storage](service::Changed what) {
        const auto last = storage.changes().lastId();
        m_bus->publish(what == service::Changed::Policies ? cluster::Command::PolicyChanged
                                                          : cluster::Command::SecretChanged,
                       last ? *last : 0);
    });
}

std::optional<routes::ReadinessCheck> Propagation::readiness() const
{
    if (!m_bus) return std::nullopt;
    std::string complaint = m_bus->complaint();
    const bool warning = !complaint.empty();
    return routes::ReadinessCheck{"redis", true, std::move(complaint), warning};
}

std::optional<cluster::BusStats> Propagation::busStats() const
{
    return m_bus ? std::optional(m_bus->stats()) : std::nullopt;
}

} // namespace iam::node
