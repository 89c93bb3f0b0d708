// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/render/rendering.h"

namespace iam::cluster {
namespace {

constexpr std::string_view serverUnit = R"(
[Unit]
Description=IAM: management and decisions
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
User=iam
Group=iam
EnvironmentFile=/etc/iam-server/iam-server.env
ExecStart=@BINARY@ --config /etc/iam-server/iam-server.yaml
Restart=always
RestartSec=1s
# Running requests are answered first, for at most server.drain-timeout.
TimeoutStopSec=20s
StateDirectory=iam-server
StateDirectoryMode=0700
LimitNOFILE=65536
CapabilityBoundingSet=
@HARDENING@

[Install]
WantedBy=multi-user.target
)";

constexpr std::string_view agentUnit = R"(
[Unit]
Description=IAM: this node's agent
After=network-online.target
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
User=iam
Group=iam
ExecStart=@BINARY@ --config /etc/iam-server/iam-agent.yaml
Restart=always
RestartSec=200ms
# A word that nobody renews any more must not keep the VIP away: keepalived's own slow check decides meanwhile.
ExecStopPost=-/bin/sh -c 'echo 0 > /run/iam-agent/track'
StateDirectory=iam-agent
StateDirectoryMode=0700
# The last one to be sacrificed when memory ends, and not starved by what it watches.
OOMScoreAdjust=-500
Nice=-5
# CAP_NET_RAW: pings the gateway. CAP_KILL: asks keepalived, which is root's, to write down its state.
AmbientCapabilities=CAP_NET_RAW CAP_KILL
CapabilityBoundingSet=CAP_NET_RAW CAP_KILL
ReadWritePaths=/run/iam-agent
@HARDENING@

[Install]
WantedBy=multi-user.target
)";

constexpr std::string_view hardening = R"(NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
UMask=0077
)";

constexpr std::string_view keepalivedUnit = R"(
[Unit]
StartLimitIntervalSec=0

[Service]
Environment=TMPDIR=/run/keepalived
Restart=always
RestartSec=100ms
# When the parent is killed its child must not go on as master.
KillMode=mixed
# A killed keepalived leaves the VIP behind, and two nodes have it then. Gone already: no harm.
ExecStopPost=-/sbin/ip address del @VIP@/@PREFIX@ dev @INTERFACE@
# keepalived ends when it is told to read a broken file, and leaves the VIP behind.
ExecReload=
ExecReload=/usr/sbin/keepalived --config-test --use-file=/etc/keepalived/keepalived.conf
ExecReload=/bin/kill -HUP $MAINPID
)";

constexpr std::string_view nginxUnit = R"(
[Unit]
StartLimitIntervalSec=0

[Service]
Restart=always
RestartSec=500ms
LimitNOFILE=65536
)";

constexpr std::string_view temporaryFiles = R"(# tmpfiles.d(5)
# What the agent shares with keepalived (root) and nginx (www-data). keepalived would make the FIFO itself, and remove
# it when it ends; 0 is "good" before the agent has looked.
d  /run/iam-agent           0755 iam  iam  -
p+ /run/iam-agent/vrrp.fifo 0660 iam  root -
f  /run/iam-agent/track     0644 iam  iam  - 0
f  /run/iam-agent/drain     0644 iam  iam  - 0
# keepalived's dump of its state.
d  /run/keepalived          0750 root iam  -
)";

constexpr std::string_view kernelSettings = R"(# sysctl.d(5)
# How many lines of nginx' access log may wait for the agent; more are lost, and missing in the shares that it shows.
# systemd sets this too; the kernel's own default is 10, of each new network namespace as well.
net.unix.max_dgram_qlen = 512
@REFLECT@
)";

constexpr std::string_view reflectedMarks = R"(# For the chains "acknowledged" and "not_reset" of /etc/nftables.d/iam.nft.
net.ipv4.fwmark_reflect = 1
)";

} // namespace

void renderUnits(Rendering& out)
{
    TemplateValues values = out.values();
    values["BINARY"] = out.inputs().serverBinary;
    values["HARDENING"] = std::string(hardening);
    if (out.backend() != nullptr) out.add("/etc/systemd/system/iam-server.service", serverUnit, values);
    if (out.node() == nullptr) return;
    out.add("/etc/systemd/system/iam-agent.service", agentUnit, values);
    out.add("/etc/systemd/system/keepalived.service.d/iam.conf", keepalivedUnit, values);
    out.add("/etc/systemd/system/nginx.service.d/iam.conf", nginxUnit, values);
    out.add("/etc/tmpfiles.d/iam.conf", temporaryFiles, values);
    values["REFLECT"] = out.isTutorial() ? std::string() : std::string(reflectedMarks);
    out.add("/etc/sysctl.d/60-iam.conf", kernelSettings, values);
}

} // namespace iam::cluster
