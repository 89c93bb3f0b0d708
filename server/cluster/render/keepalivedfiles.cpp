// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/definition/ipv4.h"
#include "cluster/render/keepalivedparts.h"
#include "cluster/render/rendering.h"
#include <algorithm>
#include <utility>

namespace iam::cluster {
namespace {

constexpr std::string_view configuration = R"(
global_defs {
    router_id @MACHINE@
    # Scripts that anybody but root could change are not run. Another user than root is no choice: keepalived -t of
    # version 2.2 ends itself then (SIGTERM), and nothing could be tested before it is loaded.
    enable_script_security
    script_user root
    # Every change of state, in order and without a process for each: read by the node's agent. Made by tmpfiles.d,
    # so that it outlives keepalived.
    vrrp_notify_fifo /run/iam-agent/vrrp.fifo
    vrrp_skip_check_adv_addr
    # Adverts and announcements are a matter of milliseconds, also on a busy machine (nice value).
    vrrp_priority -20
    # The agent reads the dump of the state; others see nothing, /run/keepalived is closed to them.
    umask 0133
}

# The agent asks nginx @CHECK_TIMES@ and writes 1 here after @FALL@ failures: a stopped nginx costs clients 0.4-0.7 s
# instead of 1.3-2.2 with a script, and nothing is forked.
track_file nginx_by_agent {
    file "/run/iam-agent/track"
    weight 0
    init_file 0
}

# echo 1 > /run/iam-agent/drain moves the VIP away without a gap: the other node, with the higher priority then, takes
# it while this one still has it (0-1 requests failed, instead of 9 when keepalived is stopped). 0 ends it.
track_file drain {
    file "/run/iam-agent/drain"
    weight -60
    init_file 0
}

# If the agent is gone, its file says what it said last: this slow check then notices. It asks nginx alone and nothing
# that nodes share, or a lost database would take the VIP from all of them.
vrrp_script nginx_by_script {
    script "/etc/keepalived/check_nginx.sh"
    interval 2
    timeout 2
    fall 3
    rise 2
    weight 0
}
@GATEWAY_CHECK@

vrrp_instance @INSTANCE@ {
    # BACKUP on every node: who comes up asks first whether there is a master.
    state BACKUP
    interface @INTERFACE@
    virtual_router_id @ROUTER_ID@
    # Equal on all nodes, a node that returns does not take the VIP back (an equal priority never preempts), the time
    # until a silent master is given up is as short as it can be, and draining works. So no nopreempt.
    priority @PRIORITY@
    # Version 3 counts hundredths of a second: a crashed node costs @DOWN@ s at most, and 3.8 s with version 2.
    version 3
    advert_int @ADVERT@

    # VRRP version 3 has no authentication. Adverts from anybody but a peer are dropped, here and by the packet filter,
    # and so are those that crossed a router.
    unicast_src_ip @ADDRESS@
    check_unicast_src
    unicast_ttl 255
    unicast_peer {
@PEERS@
    }

    virtual_ipaddress {
        @VIP@/@PREFIX@ dev @INTERFACE@
    }

    # After a partition the winner announces itself at once (2.2 s of outage without these two, 0-0.02 s with them).
    higher_prio_send_advert true
    garp_lower_prio_delay 1
    # Some networks miss the first announcements, so they are repeated. Where the nodes do not hear each other, both
    # announce the address, and each announcement breaks what clients are just being answered: so only one of them is
    # quick, the one that has the address when they meet again.
    garp_master_delay 1
    garp_master_refresh @REFRESH@

    track_file {
        nginx_by_agent
        drain
    }
    track_script {
        nginx_by_script
@GATEWAY_TRACK@
    }
@HOOKS@
}
)";

constexpr std::string_view gatewayCheck = R"(
# A node that cannot reach the gateway is alone: it gives the VIP up by itself (two owners for 2 s instead of 9 s). It
# does not help where both nodes still see the gateway.
vrrp_script gateway {
    script "/usr/bin/ping -n -q -c 1 -W 1 @GATEWAY@"
    interval 1
    timeout 2
    fall 2
    rise 2
    weight 0
}
)";

constexpr std::string_view hooks = R"(
    # The cloud's network moves the address only when it is asked to.
    notify_master "@HOOK@ acquire @VIP@ @MACHINE@"
    notify_backup "@HOOK@ release @VIP@ @MACHINE@"
    notify_fault "@HOOK@ release @VIP@ @MACHINE@"
    notify_stop "@HOOK@ release @VIP@ @MACHINE@"
)";

constexpr std::string_view checkScript = R"(#!/bin/bash
#
# Good when nginx answers 200 within a second. A connection alone says nothing: the kernel accepts it for a hung nginx
# as well. Needs nothing but bash.
exec 3<>/dev/tcp/127.0.0.1/@STATUS@ || exit 1
printf 'GET /nginx_health HTTP/1.0\r\n\r\n' >&3 || exit 1
IFS= read -r -t 1 status <&3 || exit 1
[[ $status == HTTP/1.?' 200 '* ]]
)";

std::string hundredths(std::chrono::milliseconds time)
{
    return keepalivedTime(std::chrono::milliseconds((time.count() + 9) / 10 * 10));
}

/// Whether this node keeps the address when all of them meet as masters (RFC 9568 §6.4.3: the higher priority, then the
/// higher address).
bool keepsAddress(const ClusterDefinition& definition, const NodeDefinition& node)
{
    const auto rank = [](const NodeDefinition& one) {
        return std::pair(one.priority, parseIpv4(one.address).value_or(0));
    };
    return std::all_of(definition.nodes.begin(), definition.nodes.end(),
                       [&](const NodeDefinition& other) { return rank(other) <= rank(node); });
}

} // namespace

std::string peerLines(const Rendering& out, const std::string& suffix)
{
    std::string lines;
    for (const std::string& address : out.peerAddresses()) lines += "        " + address + suffix + '\n';
    return lines;
}

std::string hookLines(const Rendering& out)
{
    if (!out.isCloud()) return {};
    TemplateValues values = out.values();
    values["HOOK"] = out.definition().vip.hook;
    return fillTemplate(hooks, values);
}

void renderKeepalived(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    const ProbeDefinition& probe = definition.probe;
    const auto advert = definition.vrrp.advertInterval;
    const int priority = out.node()->priority;
    TemplateValues values = out.values();
    values["CHECK_TIMES"] = "every " + keepalivedTime(probe.checkInterval) + " s";
    values["FALL"] = std::to_string(probe.fall);
    values["INSTANCE"] = definition.vrrp.instance;
    values["ROUTER_ID"] = std::to_string(definition.vrrp.routerId);
    values["PRIORITY"] = std::to_string(priority);
    values["ADVERT"] = keepalivedTime(advert);
    // RFC 9568 §6.1: three intervals and the skew.
    values["DOWN"] = hundredths(3 * advert + advert * (256 - priority) / 256);
    values["PEERS"] = peerLines(out, " min_ttl 255");
    values["HOOKS"] = hookLines(out);
    values["REFRESH"] = keepsAddress(definition, *out.node()) ? "5" : "60";
    values["GATEWAY_CHECK"] = {};
    values["GATEWAY_TRACK"] = {};
    if (!probe.gateway.empty()) {
        values["GATEWAY_CHECK"] = fillTemplate(gatewayCheck, {{"GATEWAY", probe.gateway}});
        values["GATEWAY_TRACK"] = "        gateway\n";
    }
    out.add("/etc/keepalived/keepalived.conf", configuration, values);
    out.add("/etc/keepalived/check_nginx.sh", checkScript, values, 0755);
}

} // namespace iam::cluster
