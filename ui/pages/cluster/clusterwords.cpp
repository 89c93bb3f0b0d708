// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/clusterwords.h"
#include "cluster/verdict/evidencepool.h"
#include "models/celltext.h"
#include "models/clustertext.h"
#include "widgets/agetext.h"
#include <QCoreApplication>
#include <algorithm>

namespace iam::pages {

using namespace contract;
using models::ClusterState;
using models::durationText;
using models::toText;
using widgets::Tone;
using Remark = widgets::RemarkList::Remark;

namespace {

struct ClusterWords {
    Q_DECLARE_TR_FUNCTIONS(ClusterWords)
};

constexpr std::chrono::milliseconds worstClock{500};
constexpr std::chrono::milliseconds shownInterruption{300};

QString listed(QStringList names)
{
    if (names.size() < 2) return names.join(QString());
    const QString last = names.takeLast();
    //: the last two of a list of names
    return ClusterWords::tr("%1 and %2").arg(names.join(ClusterWords::tr(", ")), last);
}

bool says(const ClusterWitness& witness, const char* what, const char* word)
{
    return witness.what == what && witness.says == word && witness.age <= cluster::freshFor;
}

QStringList holders(const ClusterVip& vip)
{
    QStringList out;
    for (const ClusterWitness& witness : vip.witnesses)
        if (says(witness, "address", "held")) out.append(toText(witness.node));
    return out;
}

QString lastKnown(const ClusterState& state)
{
    if (state.lastOwner.empty() || !state.lastOwnerAge) return ClusterWords::tr("Nothing certain is known so far.");
    return ClusterWords::tr("Last known: on %1, %2 ago.")
        .arg(toText(state.lastOwner), durationText(*state.lastOwnerAge));
}

VipWords confirmedWords(const ClusterVip& vip, const QString& address)
{
    QStringList confirming;
    std::optional<Age> youngest;
    for (const ClusterWitness& witness : vip.witnesses) {
        if (witness.node == vip.owner || witness.what != "vip-answer" || witness.says != vip.owner) continue;
        confirming.append(models::witnessName(witness.node));
        youngest = std::min(youngest.value_or(witness.age), witness.age);
    }
    const QString owner = toText(vip.owner);
    VipWords words{Tone::Success, ClusterWords::tr("%1 is on %2").arg(address, owner), {}};
    if (youngest)
        words.text = ClusterWords::tr("Confirmed by %1, %2 ago; nobody contradicts.")
                         .arg(listed(confirming), durationText(*youngest));
    return words;
}

/// Which of the holders should not hold it, and what helps.
QString doubleAdvice(const ClusterState& state, const QStringList& names)
{
    for (const ClusterNode& node : state.status.nodes)
        if (names.contains(toText(node.name)) && node.vrrp.state != "MASTER")
            return ClusterWords::tr("%1 holds it although its keepalived does not say MASTER: start keepalived there "
                                    "again, or remove the address by hand.")
                .arg(toText(node.name));
    return ClusterWords::tr(
        "Clients reach either one by chance. Both say MASTER: look whether the nodes see each other.");
}

QString disputeText(const ClusterVip& vip)
{
    QStringList clauses;
    const QStringList holding = holders(vip);
    if (!holding.isEmpty()) clauses.append(ClusterWords::tr("%1 says it has it").arg(listed(holding)));
    for (const ClusterWitness& witness : vip.witnesses)
        if (witness.what == "vip-answer" && witness.age <= cluster::freshFor)
            clauses.append(ClusterWords::tr("%1 hears there: %2")
                               .arg(models::witnessName(witness.node), models::saysText(witness)));
    if (clauses.isEmpty()) return ClusterWords::tr("The witnesses contradict each other.");
    return clauses.join(ClusterWords::tr("; ")) + ClusterWords::tr(".");
}

/// Two sentences one after the other, set as the language does it.
QString both(const QString& first, const QString& second)
{
    return first.isEmpty() ? second : ClusterWords::tr("%1 %2", "two whole sentences").arg(first, second);
}

/// Who is heard at the VIP, when all that ask hear the same; empty otherwise.
QString answering(const ClusterVip& vip)
{
    std::string heard;
    for (const ClusterWitness& witness : vip.witnesses) {
        if (witness.what != "vip-answer" || witness.age > cluster::freshFor) continue;
        if (!heard.empty() && heard != witness.says) return {};
        heard = witness.says;
    }
    if (heard.empty() || heard == "none" || heard == "forged") return {};
    return ClusterWords::tr("%1 answers at the address.").arg(toText(heard));
}

QString unknownText(const ClusterState& state)
{
    QStringList silent;
    for (const ClusterNode& node : state.status.nodes)
        if (node.age > cluster::freshFor) silent.append(toText(node.name));
    const QString reason = silent.isEmpty() ? ClusterWords::tr("The fresh words of the witnesses prove no owner.")
                                            : ClusterWords::tr("Nothing fresh from %1.").arg(listed(silent));
    return both(reason, both(answering(state.status.vip), lastKnown(state)));
}

void addNode(const ClusterNode& node, const std::string& answeredBy, QList<Remark>& out)
{
    const QString name = toText(node.name);
    if (node.age > cluster::freshFor) {
        out.append({Tone::Error, ClusterWords::tr("%1: nothing heard for %2").arg(name, durationText(node.age))});
        return;
    }
    if (node.reachable == false)
        out.append({Tone::Error, ClusterWords::tr("%1 cannot reach %2").arg(toText(answeredBy), name)});
    if (node.nginx.state == "silent")
        out.append({Tone::Error, ClusterWords::tr("%1: nginx does not answer").arg(name)});
    if (node.vrrp.state == "FAULT" && node.nginx.state != "silent") // else that is why
        out.append(
            {Tone::Warning, ClusterWords::tr("%1: keepalived is in FAULT, it cannot take the address over").arg(name)});
    if (node.vrrp.state == "STOP")
        out.append(
            {Tone::Warning, ClusterWords::tr("%1: keepalived is stopped, it cannot take the address over").arg(name)});
    for (const NodeService& service : node.services)
        if (service.healthy == false)
            out.append({Tone::Error, ClusterWords::tr("%1: the %2 is down; requests go to the others")
                                         .arg(name, serviceName(service.name))});
    if (node.clockOffset && std::chrono::abs(*node.clockOffset) >= worstClock) {
        const QString by = durationText(std::chrono::abs(*node.clockOffset));
        out.append({Tone::Warning, node.clockOffset->count() > 0
                                       ? ClusterWords::tr("%1: its clock is %2 ahead").arg(name, by)
                                       : ClusterWords::tr("%1: its clock is %2 behind").arg(name, by)});
    }
}

void addDependency(const ClusterDependency& dependency, QList<Remark>& out)
{
    if (dependency.healthy != false) return;
    const QString address = toText(dependency.address);
    if (dependency.name == "database")
        out.append(
            {Tone::Error, ClusterWords::tr("The database %1 does not answer: decisions go on, changes and log-ins "
                                           "are refused")
                              .arg(address)});
    else if (dependency.name == "redis")
        out.append({Tone::Warning,
                    ClusterWords::tr("Redis %1 does not answer: changes reach the other servers half a second later")
                        .arg(address)});
    else
        out.append({Tone::Error, ClusterWords::tr("%1 %2 does not answer").arg(toText(dependency.name), address)});
}

void addView(const ClusterState& state, QList<Remark>& out)
{
    const QString address = toText(state.status.vip.address);
    if (state.direct)
        out.append(
            {Tone::Warning, ClusterWords::tr("The address of this connection does not answer. What is shown comes "
                                             "from %1 at its own address.")
                                .arg(toText(state.status.answeredBy))});
    if (state.fromHere == ClusterState::FromHere::Silent)
        out.append({Tone::Error, ClusterWords::tr("Nobody answers this computer at %1").arg(address)});
    if (state.interruptedFor && *state.interruptedFor >= shownInterruption)
        out.append({Tone::Error, ClusterWords::tr("No request of this computer has got through %1 for %2")
                                     .arg(address, durationText(*state.interruptedFor))});
    if (state.serversVerdict != state.ownVerdict && !state.stale)
        out.append(
            {models::pessimism(state.ownVerdict) > models::pessimism(state.serversVerdict) ? Tone::Warning : Tone::Info,
             ClusterWords::tr("The server says “%1”, this computer concludes “%2” from the "
                              "witnesses; the worse of both is shown.")
                 .arg(models::verdictWord(state.serversVerdict), models::verdictWord(state.ownVerdict))});
}

} // namespace

Tone toneOf(VipVerdict verdict)
{
    switch (verdict) {
    case VipVerdict::Confirmed:
        return Tone::Success;
    case VipVerdict::Double:
    case VipVerdict::None:
        return Tone::Error;
    case VipVerdict::Disputed:
        return Tone::Warning;
    case VipVerdict::Unknown:
        break;
    }
    return Tone::Neutral;
}

VipWords vipWords(const ClusterState& state)
{
    const ClusterVip& vip = state.status.vip;
    const QString address = toText(vip.address);
    const Tone tone = toneOf(vip.verdict);
    if (state.stale && state.age)
        return {Tone::Neutral, ClusterWords::tr("Who has %1 is not known").arg(address),
                both(ClusterWords::tr("No node has answered for %1.").arg(durationText(*state.age)), lastKnown(state))};
    switch (vip.verdict) {
    case VipVerdict::Confirmed:
        return confirmedWords(vip, address);
    case VipVerdict::Double: {
        const QStringList names = holders(vip);
        return {tone,
                ClusterWords::tr("%1 is on %2 at the same time")
                    .arg(address, names.isEmpty() ? models::verdictWord(vip.verdict) : listed(names)),
                doubleAdvice(state, names)};
    }
    case VipVerdict::Disputed:
        return {tone, ClusterWords::tr("Who has %1 is disputed").arg(address), disputeText(vip)};
    case VipVerdict::None:
        return {tone, ClusterWords::tr("Nobody has %1").arg(address),
                both(ClusterWords::tr("No node holds it and nobody answers there: clients cannot reach the servers."),
                     lastKnown(state))};
    case VipVerdict::Unknown:
        break;
    }
    return {tone, ClusterWords::tr("Who has %1 is not certain").arg(address), unknownText(state)};
}

QList<Remark> brokenNow(const ClusterState& state)
{
    QList<Remark> out;
    if (state.stale) {
        out.append({Tone::Neutral, ClusterWords::tr("What is broken is not known.")});
        return out;
    }
    addView(state, out);
    for (const ClusterNode& node : state.status.nodes) addNode(node, state.status.answeredBy, out);
    for (const ClusterDependency& dependency : state.status.dependencies) addDependency(dependency, out);
    std::stable_sort(out.begin(), out.end(), [](const Remark& a, const Remark& b) { return a.tone > b.tone; });
    const bool broken =
        std::any_of(out.begin(), out.end(), [](const Remark& remark) { return remark.tone > Tone::Info; });
    if (!broken && state.status.vip.verdict == VipVerdict::Confirmed)
        out.append({Tone::Success, ClusterWords::tr("Nothing is broken.")});
    if (state.fromHere == ClusterState::FromHere::NeverAnswered)
        out.append(
            {Tone::Info, ClusterWords::tr("%1 has never answered this computer; perhaps there is no way to it from "
                                          "here. The verdict is the nodes' own.")
                             .arg(toText(state.status.vip.address))});
    return out;
}

QString lastMove(const ClusterEvent* event, TimePoint now)
{
    if (event == nullptr) return ClusterWords::tr("The address has not moved since the journal begins.");
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(now - event->time);
    const QString age = since.count() >= 0 ? durationText(since) : durationText(std::chrono::milliseconds(0));
    QString text =
        ClusterWords::tr("Moved %1 ago, %2: %3, because %4")
            .arg(age, widgets::timeText(event->time), models::happeningText(*event), models::causeText(*event));
    const QString interruption = models::interruptionText(*event);
    if (!interruption.isEmpty()) text = ClusterWords::tr("%1; interruption %2").arg(text, interruption);
    return text + ClusterWords::tr(".");
}

QString vrrpText(const NodeVrrp& vrrp, TimePoint now)
{
    const QString state = vrrp.state == "UNKNOWN" ? ClusterWords::tr("unknown") : toText(vrrp.state);
    if (!vrrp.since || *vrrp.since > now) return state;
    //: a state, and for how long it has been so
    return ClusterWords::tr("%1, %2").arg(
        state, durationText(std::chrono::duration_cast<std::chrono::milliseconds>(now - *vrrp.since)));
}

Tone vrrpTone(const NodeVrrp& vrrp)
{
    if (vrrp.state == "MASTER" || vrrp.state == "BACKUP") return Tone::Success;
    return vrrp.state == "UNKNOWN" ? Tone::Neutral : Tone::Warning;
}

QString serviceName(const std::string& name)
{
    if (name == "apiserver") return ClusterWords::tr("API server");
    if (name == "authz-server") return ClusterWords::tr("decision server");
    return toText(name);
}

QString dependencyName(const std::string& name)
{
    if (name == "database") return ClusterWords::tr("Database");
    if (name == "redis") return QStringLiteral("Redis");
    return toText(name);
}

} // namespace iam::pages
