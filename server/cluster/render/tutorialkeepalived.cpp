// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/keepalivedparts.h"
#include "cluster/render/rendering.h"

namespace iam::cluster {
namespace {

constexpr std::string_view configuration = R"(
# The course's file, without its e-mail to sample addresses. Mended where keepalived would refuse it: script_user says
# whose the scripts are; the intervals between announcements of 0 s, which they are anyway, and track_interface for the
# instance's own interface, which is tracked anyway, are left out. Added for the display: vrrp_notify_fifo
# and umask, with which the agent can read keepalived's dump of its state.
global_defs {
    router_id @MACHINE@
    script_user root
    enable_script_security
    vrrp_skip_check_adv_addr
    vrrp_notify_fifo /run/iam-agent/vrrp.fifo
    umask 0133
}

vrrp_script check_nginx {
    script "/etc/keepalived/check_nginx.sh"
    interval 5
    weight 0
}

vrrp_instance @INSTANCE@ {
    state BACKUP
    nopreempt
    interface @INTERFACE@
    virtual_router_id @ROUTER_ID@
    priority @PRIORITY@
    advert_int @ADVERT@
@AUTHENTICATION@
    unicast_src_ip @ADDRESS@
    unicast_peer {
@PEERS@
    }
    virtual_ipaddress {
        @VIP@/@PREFIX@ dev @INTERFACE@
    }
    track_script {
        check_nginx
    }
    # Without these two some networks never learn that the address moved.
    garp_master_delay 1
    garp_master_refresh 5

    notify_master "/etc/keepalived/keepalived_notify.sh master"
    notify_backup "/etc/keepalived/keepalived_notify.sh backup"
    notify_fault "/etc/keepalived/keepalived_notify.sh fault"
    notify_stop "/etc/keepalived/keepalived_notify.sh stop"
}
)";

constexpr std::string_view authentication = R"(    authentication {
        auth_type PASS
        auth_pass @PASSWORD@
    }
)";

constexpr std::string_view checkScript = R"(#!/bin/bash
#
# The course's check: bad only when telnet says that the connection was refused. A hung nginx is good for it, and so is
# everything where telnet is not installed.
for port in @HTTP@; do
    if telnet 127.0.0.1 "$port" 2>&1 </dev/null | grep -q refused; then
        exit 1
    fi
done
exit 0
)";

constexpr std::string_view notifyScript = R"(#!/bin/bash
#
# Called by keepalived with the new state; writes one line of the log.
log=/var/log/keepalived.log
mkdir -p /var/keepalived

write() {
    echo "[$(date '+%Y-%m-%d %H:%M:%S')] $1" >>"$log"
}

case ${1:-} in
master | backup | fault | stop) write "notify_$1" ;;
*) write 'state error!' ;;
esac
@HOOK_CALL@
)";

} // namespace

void renderTutorialKeepalived(Rendering& out)
{
    const ClusterDefinition& definition = out.definition();
    TemplateValues values = out.values();
    values["INSTANCE"] = definition.vrrp.instance;
    values["ROUTER_ID"] = std::to_string(definition.vrrp.routerId);
    values["PRIORITY"] = std::to_string(out.node()->priority);
    values["ADVERT"] = keepalivedTime(definition.vrrp.advertInterval);
    values["PEERS"] = peerLines(out, {});
    values["AUTHENTICATION"] = {};
    if (!definition.vrrp.password.empty())
        values["AUTHENTICATION"] = fillTemplate(authentication, {{"PASSWORD", definition.vrrp.password}});
    values["HOOK_CALL"] = {};
    if (out.isCloud())
        values["HOOK_CALL"] =
            fillTemplate("\n# The cloud's network moves the address only when it is asked to.\n"
                         "[[ ${1:-} == master ]] && action=acquire || action=release\n"
                         "exec @HOOK@ \"$action\" @VIP@ @MACHINE@\n",
                         {{"HOOK", definition.vip.hook}, {"VIP", definition.vip.address}, {"MACHINE", out.machine()}});
    out.add("/etc/keepalived/keepalived.conf", configuration, values);
    out.add("/etc/keepalived/check_nginx.sh", checkScript, values, 0755);
    out.add("/etc/keepalived/keepalived_notify.sh", notifyScript, values, 0755);
}

} // namespace iam::cluster
