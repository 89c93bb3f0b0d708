// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/ruletexts.h"

namespace iam::cluster {

void addVrrpTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"keepalived-syntax", Error, "keepalived cannot understand this: {1}.",
             "What follows is read as something else, or not at all.",
             "A running keepalived that is told to reload such a file ends and leaves the address behind; both nodes "
             "may "
             "hold it then.",
             "Correct the line, and test with keepalived -t before each reload."},
            {"nopreempt-needs-backup", Error, "nopreempt stands beside state MASTER.",
             "keepalived clears nopreempt where the initial state is MASTER, with a mere warning in its log.",
             "The node takes the address back when it returns: a second interruption (0.8 s at an advert interval of 1 "
             "s) "
             "that nopreempt was to prevent.",
             "Write state BACKUP on every node."},
            {"nopreempt-with-weights", Warning, "The tracked {1} has the weight {2}, in an instance with nopreempt.",
             "A failing check only lowers the priority; with nopreempt no other node takes over from a master that "
             "still "
             "speaks.",
             "The address stays on the node whose check fails, for as long as keepalived runs there.",
             "Use weight 0, so that a failing check means FAULT, or leave nopreempt out and give both nodes the same "
             "priority."},
            {"fail-back-interrupts", Note, "The priority {1} differs from that of {2} ({3}), and preemption is on.",
             "The node with the higher priority takes the address back as soon as it returns.",
             "Each repair of that node moves the address a second time.",
             "Give the nodes equal priorities (equals never preempt each other), or state BACKUP and nopreempt."},
            {"two-initial-masters", Warning, "state MASTER stands here and on {1}.",
             "Both claim the address when they start, before they hear each other.",
             "For up to an advert interval after each start two nodes answer for the address.",
             "Write state BACKUP on every node; the election takes three advert intervals."},
            {"vrid-missing", Error, "The instance {1} has no virtual_router_id.",
             "keepalived refuses an instance without one.", "The node never holds the address.",
             "Give every node of this cluster the same number, from 1 to 255."},
            {"vrid-out-of-range", Error, "virtual_router_id {1} is not from 1 to 255.",
             "The number is one byte of every advert (RFC 9568, section 5.2.3).",
             "A reload with this value ends keepalived and leaves the address behind: two nodes held it when this was "
             "tried.",
             "Choose a number from 1 to 255 that no other cluster on this network uses."},
            {"vrid-differs", Error, "virtual_router_id is {2} here, but {3} on {1}.",
             "Nodes listen only to adverts with their own number.",
             "Both nodes become master and hold the address at the same time, from the start.",
             "Write the same number on every node."},
            {"vrid-duplicate", Error, "virtual_router_id {1} is also that of {2}.",
             "Two clusters with one number on one network hear each other's adverts.",
             "The one with the higher priority silences the other: its address is on no node.",
             "Give one of the two another number."},
            {"advert-differs", Error, "advert_int is {2} here, but {3} on {1}.",
             "VRRP version 2 discards adverts with another interval; version 3 takes the master's, so that the time to "
             "notice a dead node depends on who was master.",
             "With version 2 both nodes become master and hold the address at the same time.",
             "Write the same interval on every node."},
            {"version-differs", Error, "The VRRP version is {2} here, but {3} on {1}.",
             "A node discards adverts of the other version.",
             "Both nodes become master and hold the address at the same time.",
             "Write the same version on every node."},
            {"auth-differs", Error, "The authentication differs from that of {1}.",
             "A node discards adverts with another password.",
             "Both nodes become master and hold the address at the same time.",
             "Write the same auth_type and auth_pass on every node."},
            {"subsecond-advert-needs-version-3", Error,
             "advert_int {1} is no whole number, and this is VRRP version 2.",
             "Version 2 counts whole seconds: keepalived rounds the value.",
             "A dead node is noticed after 2.9 to 3.8 s instead of the 0.7 s of an interval of 0.2 s.",
             "Write vrrp_version 3 in global_defs (and leave authentication out), or a whole number of seconds."},
            {"authentication-ignored", Warning, "VRRP version 3 has no authentication; this block is ignored.",
             "RFC 9568 has no authentication field; keepalived says so in its log and goes on.",
             "Whoever can send to the node can take the address away; the block makes it look otherwise.",
             "Remove the block, and let the packet filter accept VRRP from the other nodes only."},
            {"auth-pass-too-long", Warning, "auth_pass has {1} characters; VRRP takes 8.",
             "keepalived cuts the rest away, and keepalived -t calls it an error.",
             "Passwords that differ behind the eighth character are the same.", "Use at most 8 characters."},
            {"auth-with-semicolon", Error, "The value of {1} ends with a semicolon.",
             "keepalived has no semicolons: it becomes part of the word (\"unknown authentication type 'PASS;'\").",
             "The instance runs without the authentication that its peers expect, and both become master.",
             "Put each keyword on a line of its own, without semicolons."},
            {"priority-out-of-range", Error, "priority {1} is not from 1 to 254.",
             "0 says that a master resigns, and 255 is the address's owner's (RFC 9568, section 5.2.4).",
             "A reload with an impossible value ends keepalived and leaves the address behind.",
             "Choose a number from 1 to 254."},
            {"priority-of-owner", Warning, "priority 255 is that of an address's owner.",
             "An owner is master at once and whatever it hears; checks with weights cannot lower it.",
             "The node takes the address back whenever it starts: a second interruption after each repair.",
             "Choose a number from 1 to 254."},
            {"unicast-source-foreign", Error, "unicast_src_ip is {1}, but this node's address is {2}.",
             "Adverts leave from an address that the node does not have, or that the others do not expect.",
             "The others hear nothing and become master too: two nodes hold the address.", "Write unicast_src_ip {2}."},
            {"unicast-peer-missing", Error, "unicast_peer lacks the node {1}.", "Adverts go to the listed peers only.",
             "That node hears no master and becomes one itself: two nodes hold the address.",
             "Add {1} to unicast_peer."},
            {"unicast-peer-self", Error, "unicast_peer lists this node itself ({1}).",
             "A node hears its own adverts then, which it takes for those of a second master.",
             "Its log fills up, and an address that should be a peer's is probably missing.",
             "List the other nodes only."},
            {"unicast-peer-unknown", Warning, "unicast_peer lists {1}, which is no other node of this cluster.",
             "Adverts go to a machine that has no part in this.",
             "Nothing breaks by itself; the peer that was meant is probably missing.", "List the other nodes only."},
            {"unicast-source-unchecked", Note, "The instance {1} takes adverts from any address.",
             "VRRP version 3 has no authentication; check_unicast_src drops what does not come from a peer.",
             "Forged adverts of priority 254 from another address took the virtual address from all nodes; with it "
             "they "
             "had no effect.",
             "Add check_unicast_src to the instance, and let the packet filter accept protocol 112 from the peers "
             "only."},
            {"vip-missing", Error, "The instance {1} has no virtual_ipaddress.", "There is nothing that could move.",
             "Clients find no address when a node fails.", "Give the address with its prefix, on every node the same."},
            {"vip-of-node", Error, "The virtual address {1} is the own address of {2}.",
             "keepalived puts the virtual address on whichever node is master and removes it from the others.",
             "Two machines answer for one address, or a node loses its own, and cannot be reached.",
             "Take an address of the subnet that no machine has."},
            {"vrrp-instance-missing", Error, "keepalived.conf has no vrrp_instance.",
             "keepalived -t takes such a file for a good one; the node never takes the address over.",
             "The cluster has one node less than it seems.", "Add the instance that the other nodes have."},
            {"vip-differs", Error, "The virtual address is {2} here, but {3} on {1}.",
             "Each node would take another address when it becomes master.",
             "After a change of master, clients of the first address reach nobody.",
             "Write the same addresses on every node."},
            {"vip-without-prefix", Note, "The virtual address {1} has no prefix length.", "keepalived takes /32.",
             "It works where the node has an address of its own in the subnet; nothing is lost.",
             "Write the subnet's prefix, for example {1}/24."},
            {"vip-outside-subnet", Error, "The virtual address {1} is not in this node's subnet ({2}).",
             "Neighbours and the gateway look for an address only in the subnet that it belongs to.",
             "No packet for the address ever reaches the node.",
             "Use a free address of the subnet that all nodes share."},
            {"interface-differs", Error, "The interface is {1}; the definition says {2} for this node.",
             "keepalived announces the address on this interface, and watches it.",
             "Where the interface does not exist keepalived does not start (exit code 2); on another one the address "
             "is "
             "on the wrong network.",
             "Write interface {2}."},
            {"vrrp-strict", Error, "vrrp_strict is on.",
             "It forbids unicast peers, authentication and an initial MASTER, and puts packet filter rules before the "
             "address.",
             "The address cannot be reached although the node holds it, or the instance does not start.",
             "Remove vrrp_strict."},
            {"garp-refresh-missing", Warning, "The instance {1} does not repeat its ARP announcements.",
             "They are sent when the address moves, and can be lost; some networks learn a move only from a later one.",
             "Clients send to the old node until their ARP entry ages: 2.2 s after a healed partition in one of three "
             "runs, minutes on some switches.",
             "Add garp_master_refresh 5 to the instance."},
            {"notify-fifo-missing", Warning, "There is no vrrp_notify_fifo.",
             "The node's agent learns of changes of state from it, in order and without a process for each (median 22 "
             "ms).",
             "The agent sees changes only in keepalived's own dump, seconds later, and cannot say why the address "
             "moved.",
             "Add vrrp_notify_fifo /run/iam-agent/vrrp.fifo to global_defs."},
        });
}

} // namespace iam::cluster
