// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/clustertext.h"
#include "models/celltext.h"
#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace iam::models {

using contract::ClusterEvent;
using contract::ClusterWitness;
using contract::VipVerdict;

namespace {

struct ClusterText {
    Q_DECLARE_TR_FUNCTIONS(ClusterText)
};

const QString dash = QStringLiteral("–");

QString number(double value, int decimals)
{
    return QLocale().toString(value, 'f', decimals);
}

QString nodeOrNobody(const std::string& node)
{
    //: stands for the owner of an address that no node has
    return node.empty() ? ClusterText::tr("nobody") : toText(node);
}

QString verdictOf(const std::string& word)
{
    for (const auto& [text, verdict] :
         {std::pair{"confirmed", VipVerdict::Confirmed}, std::pair{"double", VipVerdict::Double},
          std::pair{"disputed", VipVerdict::Disputed}, std::pair{"none", VipVerdict::None},
          std::pair{"unknown", VipVerdict::Unknown}})
        if (word == text) return verdictWord(verdict);
    return toText(word);
}

} // namespace

QString verdictWord(VipVerdict verdict)
{
    switch (verdict) {
    case VipVerdict::Confirmed:
        return ClusterText::tr("confirmed");
    case VipVerdict::Double:
        return ClusterText::tr("on two nodes");
    case VipVerdict::Disputed:
        return ClusterText::tr("disputed");
    case VipVerdict::None:
        return ClusterText::tr("nobody has it");
    case VipVerdict::Unknown:
        break;
    }
    return ClusterText::tr("unknown");
}

QString durationText(std::chrono::milliseconds duration)
{
    const auto seconds = duration.count() / 1000;
    //: %1 seconds
    if (seconds < 10) return ClusterText::tr("%1 s").arg(number(double(duration.count()) / 1000, 1));
    if (seconds < 60) return ClusterText::tr("%1 s").arg(seconds);
    if (seconds < 3600) return ClusterText::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    if (seconds < 48 * 3600) return ClusterText::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
    return ClusterText::tr("%1 d %2 h").arg(seconds / 86400).arg(seconds % 86400 / 3600);
}

QString interruptionText(const ClusterEvent& event)
{
    if (!event.interruption) return {};
    const QString error = number(double(event.error.count()) / 1000, 2);
    if (event.interruption->count() == 0) return ClusterText::tr("none seen (± %1 s)").arg(error);
    return ClusterText::tr("%1 s ± %2 s").arg(number(double(event.interruption->count()) / 1000, 2), error);
}

QString causeText(const ClusterEvent& event)
{
    const QString node = nodeOrNobody(event.from);
    const bool named = !event.from.empty();
    if (event.cause == "keepalived-stopped")
        return named ? ClusterText::tr("keepalived was stopped on %1").arg(node)
                     : ClusterText::tr("keepalived was stopped");
    if (event.cause == "nginx-fault")
        return named ? ClusterText::tr("nginx on %1 did not answer").arg(node)
                     : ClusterText::tr("nginx did not answer");
    if (event.cause == "interface")
        return named ? ClusterText::tr("the network interface of %1 was down").arg(node)
                     : ClusterText::tr("a network interface was down");
    if (event.cause == "advert-timeout")
        return named ? ClusterText::tr("nothing was heard of %1 any more").arg(node)
                     : ClusterText::tr("nothing was heard of the owner any more");
    if (event.cause == "partition-healed") return ClusterText::tr("the nodes saw each other again");
    if (event.cause == "planned") return ClusterText::tr("planned");
    if (event.cause == "unknown") return ClusterText::tr("cause unknown");
    return toText(event.cause);
}

QString happeningText(const ClusterEvent& event)
{
    //: from one node, or state, to another
    const QString change = ClusterText::tr("%1 → %2");
    if (event.kind == "transition") return change.arg(nodeOrNobody(event.from), nodeOrNobody(event.to));
    if (event.kind == "verdict") return change.arg(verdictOf(event.from), verdictOf(event.to));
    if (event.kind == "interruption") return ClusterText::tr("Interruption");
    return toText(event.kind);
}

QString factText(const ClusterWitness& witness)
{
    if (witness.what == "address") return ClusterText::tr("interface");
    if (witness.what == "vrrp") return ClusterText::tr("keepalived");
    if (witness.what == "vip-answer") return ClusterText::tr("answer");
    if (witness.what == "nginx") return ClusterText::tr("nginx");
    if (witness.what == "peer") return ClusterText::tr("way to %1").arg(toText(witness.about));
    if (witness.what == "gateway") return ClusterText::tr("gateway");
    if (witness.what == "agent") return ClusterText::tr("agent");
    return toText(witness.what);
}

QString factExplanation(const ClusterWitness& witness)
{
    if (witness.what == "address") return ClusterText::tr("The virtual address on its own network interface");
    if (witness.what == "vrrp") return ClusterText::tr("What its keepalived says of itself");
    if (witness.what == "vip-answer")
        return ClusterText::tr("Who answered it at the virtual address, proved by a signature");
    return {};
}

QString saysText(const ClusterWitness& witness)
{
    const std::string& says = witness.says;
    if (witness.what == "vip-answer") {
        if (says == "none") return ClusterText::tr("nobody");
        if (says == "forged") return ClusterText::tr("a wrong signature");
        return toText(says);
    }
    if (says == "held") return ClusterText::tr("has it");
    if (says == "absent") return ClusterText::tr("not here");
    if (says == "answers") return ClusterText::tr("answers");
    if (says == "silent") return ClusterText::tr("does not answer");
    if (says == "reachable") return ClusterText::tr("reachable");
    if (says == "unreachable") return ClusterText::tr("not reachable");
    if (says == "started") return ClusterText::tr("runs");
    if (says == "stopped") return ClusterText::tr("stopped");
    if (says == "draining") return ClusterText::tr("gives the address up");
    return toText(says);
}

QString witnessName(const std::string& node)
{
    return node == "console" ? ClusterText::tr("this computer") : toText(node);
}

QString rateText(const std::optional<double>& perSecond)
{
    if (!perSecond || !std::isfinite(*perSecond)) return dash;
    //: requests per second
    return ClusterText::tr("%1/s").arg(number(*perSecond, *perSecond > 0 && *perSecond < 9.95 ? 1 : 0));
}

QString millisecondsText(const std::optional<double>& milliseconds)
{
    if (!milliseconds || !std::isfinite(*milliseconds)) return dash;
    return ClusterText::tr("%1 ms").arg(number(*milliseconds, *milliseconds < 99.5 ? 1 : 0));
}

QString shareText(const std::optional<double>& share)
{
    if (!share || !std::isfinite(*share)) return dash;
    return ClusterText::tr("%1 %").arg(number(*share * 100, 0));
}

} // namespace iam::models
