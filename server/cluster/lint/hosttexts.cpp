// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/ruletexts.h"

namespace iam::cluster {

void addHostTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"iam-server-syntax", Error, "iam-server cannot understand this: {1}.",
             "It refuses the whole configuration.", "The server does not start.",
             "Correct the line, and test with iam-server check-config --config FILE."},
            {"peer-not-reachable", Error, "iam-server listens on {1}, but nginx asks {2} ({3}).",
             "Peers are not reachable on the bind address: the connection is refused.",
             "That half of the upstream is dead: nothing is shared, and when the other server stops all requests fail.",
             "Set bind-address to 0.0.0.0, or to the address that nginx asks, and let the packet filter accept the "
             "other "
             "nodes only."},
            {"port-not-listened", Error, "nginx asks {1} ({2}), but {3} of that node listens on port {4}.",
             "Nobody listens on the port that is asked: the connection is refused.",
             "That half of the upstream is dead: nothing is shared, and when the other server stops all requests fail.",
             "Write the same port at bind-port and in the upstream, on every node."},
            {"not-on-loopback", Error, "{1} listens on {2} only, but {3} asks for it on the loopback address.",
             "An address of the machine is not its loopback address: the connection is refused.",
             "Whatever asks there fails for as long as both stay as they are.",
             "Let {1} listen on 127.0.0.1 as well, or ask for it where it listens."},
            {"trusted-proxies-missing", Warning, "server.trusted-proxies lacks the nginx of {1} ({2}).",
             "X-Forwarded-For is believed from these addresses only.",
             "Half of the clients have the address of that nginx in logs and in the limits on failed log-ins: one of "
             "them "
             "locks out all.",
             "Add {2} to server.trusted-proxies."},
            {"trusted-proxies-anybody", Warning, "server.trusted-proxies {1} believes everybody.",
             "The client's address is taken from a field that the client writes.",
             "Anybody chooses the address in logs and in the limits on failed log-ins.",
             "Name the addresses of the nodes' nginx."},
            {"plain-text-secret", Warning, "The secret {1} stands here in plain text.",
             "Everybody who can read the file has it; a VRRP password also crosses the network in the clear with every "
             "advert.",
             "Whoever sees it can act as this installation; a VRRP password protects against mistakes only.",
             "Keep it in a file that others cannot read (mode 0640 or 0600) or in the unit's environment; in place of "
             "a VRRP "
             "password use version 3 and let the packet filter accept the other nodes only."},
            {"restart-missing", Warning, "systemd does not restart keepalived.",
             "A keepalived that was killed leaves the address on the node while another node takes over.",
             "Two nodes hold the address until somebody starts keepalived again; its start removes the address within "
             "0.2 s.",
             "Add Restart=always to /etc/systemd/system/keepalived.service.d/iam.conf."},
            {"vip-left-behind", Warning, "The unit does not remove the address when keepalived ends.",
             "A keepalived that was killed, or that reloads a broken file, leaves the address on the node.",
             "Two nodes hold the address until keepalived runs again.",
             "Add ExecStopPost=-/sbin/ip addr del ADDRESS/PREFIX dev INTERFACE to the unit."},
            {"reload-unchecked", Warning, "A reload does not test the file first.",
             "keepalived ends when it is told to reload a broken file, and leaves the address behind.",
             "Two nodes hold the address, without any message to anybody.",
             "Put ExecReload=/usr/sbin/keepalived -t (codes 0 and 6 are good) before the line that sends SIGHUP."},
            {"vrrp-filtered", Error, "The packet filter drops VRRP.",
             "The policy is drop, and no rule accepts protocol 112.",
             "No node hears another: all of them become master and hold the address.",
             "Accept ip protocol vrrp from the addresses of the other nodes."},
            {"redis-open", Error, "Redis listens on {1} without a password.",
             "Everybody who reaches the port may read and write, and run the server's commands.",
             "Strangers can make servers forget what they know, or worse.",
             "Set requirepass (or an ACL), and let the packet filter accept the nodes only."},
            {"redis-on-loopback", Error, "Redis listens on {1} only, but {2} uses it.", "The connection is refused.",
             "Changes reach that node's servers only when they look by themselves, seconds later.",
             "Add the node's address to bind, with requirepass."},
            {"database-on-loopback", Error, "MariaDB listens on {1} only, but {2} uses it.",
             "The connection is refused.", "The servers of that node answer 503 to everything but decisions.",
             "Set bind-address to the node's address, and grant rights to the other nodes only."},
        });
}

void addDefinitionTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"definition-invalid", Error, "{1}.", "Nothing can be rendered from a definition with this fault.",
             "The nodes keep the files they have.", "Correct the line; cluster.example.yaml shows every key."},
            {"single-database", Note, "The database has one place: {1}.", "VRRP moves the address, not the data.",
             "While it is away, decisions go on from memory, and the API answers 503; its loss without a backup is "
             "final.",
             "Back it up to another machine; a replica shortens the wait."},
            {"single-redis", Note, "Redis has one place: {1}.", "VRRP moves the address, not the data.",
             "While it is away, changes reach the other servers seconds later; nothing is lost.",
             "Nothing has to be done."},
            {"definition-decision-timeout", Warning, "timeouts.decision-read is {1}.",
             "Callers of decisions give up earlier (usually after 1 s); nginx then counts no failure and goes on "
             "asking "
             "the hanging server.",
             "A hanging server failed half of the requests; with 500 ms none failed.", "Use 500ms."},
            {"definition-api-timeout", Warning, "timeouts.api-read is {1}.",
             "Password hashes and long lists take their time, more so on a busy machine.",
             "Requests that would have been answered end with 504, and a write may have been done all the same.",
             "Use 10s or more."},
            {"definition-connect-timeout", Warning, "timeouts.connect is {1}.",
             "A machine that is gone does not refuse connections, it swallows them.",
             "Each request to a dead node waits that long, and callers give up before the next server is tried.",
             "Use 100ms."},
            {"definition-stream-timeout", Warning, "timeouts.stream-read is {1}.",
             "It counts between two events of a stream.", "Quiet streams break again and again.", "Use 1h."},
            {"definition-check-slow", Warning,
             "A dead nginx is found after up to {1} (check-interval × fall + check-timeout).",
             "To this the other node's time to take over is added.",
             "Stopping nginx interrupted clients for 0.4 to 0.7 s with 250 ms, fall 2 and 250 ms.",
             "Use check-interval 250ms, check-timeout 250ms, fall 2."},
            {"definition-advert-slow", Warning, "vrrp.advert-interval is {1}.",
             "A dead node is noticed after three intervals and a little.",
             "A crash interrupted clients for 3.3 s at 1 s, for 0.7 s at 200 ms.",
             "Use 200ms, or 500ms to 1s where virtual machines are moved or paused."},
            {"definition-advert-quick", Warning, "vrrp.advert-interval is {1}.",
             "A node that stalls for three intervals and a little is given up, although it works.",
             "At 200 ms a stall of 0.7 s was borne and one of 0.8 s was not; shorter intervals bear less.",
             "Use 200ms, or 500ms to 1s where virtual machines are moved or paused."},
            {"definition-priorities-differ", Warning, "The priority of {1} is {2}, that of {3} is {4}.",
             "The node with the higher priority takes the address back as soon as it returns.",
             "Each repair of that node interrupts clients a second time; with equal priorities nothing moves.",
             "Give all nodes the same priority."},
            {"definition-without-gateway", Note, "probe.gateway names no gateway.",
             "A node that is cut off does not notice it, and keeps the address beside the one that took over.",
             "Both held the address for 9 s after such a cut; with a check for about 2 s.",
             "Name the gateway's address."},
            {"gateway-outside-subnet", Warning, "The gateway {1} is not in the nodes' subnet ({2}).",
             "A node that cannot reach it counts itself as cut off and gives the address up.",
             "A fault far away takes the address from all nodes, although every one of them could serve.",
             "Name the address of the gateway in the nodes' own subnet."},
            {"definition-vrid-duplicate", Error,
             "vrrp.router-id {1} is also that of the cluster of {2} on this network.",
             "Two clusters with one number on one network hear each other's adverts.",
             "The one with the higher priority silences the other: its address is on no node.",
             "Give one of the two another number."},
        });
}

} // namespace iam::cluster
