// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/verdict/observation.h"
#include <algorithm>
#include <array>
#include <utility>

namespace iam::cluster {

namespace {

constexpr std::array<std::pair<Fact, std::string_view>, 7> factTexts{{{Fact::Address, "address"},
                                                                      {Fact::Vrrp, "vrrp"},
                                                                      {Fact::VipAnswer, "vip-answer"},
                                                                      {Fact::Nginx, "nginx"},
                                                                      {Fact::Peer, "peer"},
                                                                      {Fact::Gateway, "gateway"},
                                                                      {Fact::Agent, "agent"}}};

template <std::size_t N>
bool isOneOf(std::string_view says, const std::string_view (&words)[N])
{
    return std::find(std::begin(words), std::end(words), says) != std::end(words);
}

} // namespace

std::string_view textOf(Fact fact) noexcept
{
    return factTexts[static_cast<std::size_t>(fact)].second;
}

std::optional<Fact> factOf(std::string_view text) noexcept
{
    for (const auto& [fact, name] : factTexts)
        if (name == text) return fact;
    return {};
}

bool hasWord(Fact fact, std::string_view says) noexcept
{
    switch (fact) {
    case Fact::Address:
        return isOneOf(says, {"held", "absent"});
    case Fact::Vrrp:
        return isOneOf(says, {"MASTER", "BACKUP", "FAULT", "STOP", "UNKNOWN"});
    case Fact::VipAnswer:
        return !says.empty();
    case Fact::Nginx:
        return isOneOf(says, {"answers", "silent"});
    case Fact::Peer:
    case Fact::Gateway:
        return isOneOf(says, {"reachable", "unreachable"});
    case Fact::Agent:
        return isOneOf(says, {"started", "stopped", "draining"});
    }
    return false;
}

} // namespace iam::cluster
