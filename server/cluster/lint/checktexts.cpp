// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/ruletexts.h"

namespace iam::cluster {

void addCheckTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"no-check", Warning, "The instance {1} tracks no script, no file and no process.",
             "keepalived gives the address up only when the machine, the interface or keepalived itself fails.",
             "With nginx stopped the address stays, and every request fails until somebody notices.",
             "Track a script that asks nginx over HTTP, or the agent's track_file."},
            {"check-tcp-only", Warning, "The check only opens a connection ({1}).",
             "The kernel accepts connections for an nginx that hangs, until 511 of them wait; where the program is not "
             "installed such a check often passes always.",
             "A hanging nginx is found after 18 s at 50 requests a second, and never at 2 a second (87 of 112 requests "
             "failed); an HTTP check finds it in 2.3 s, the agent in 0.7 to 0.9 s.",
             "Ask over HTTP with a time limit, for example curl -fsS -m 1 http://127.0.0.1:8079/nginx_health."},
            {"check-process-only", Warning, "The check only looks for a process ({1}).",
             "A process that hangs, or that answers every request with an error, is still there.",
             "A hanging nginx is never found.",
             "Ask over HTTP with a time limit, for example curl -fsS -m 1 http://127.0.0.1:8079/nginx_health."},
            {"track-process-only", Warning, "Only the process {1} is tracked.",
             "A process that hangs is still there; what is gone is noticed at once (0.25 s to FAULT).",
             "A hanging nginx is never found.", "Track a check over HTTP, or the agent's track_file, beside it."},
            {"check-script-missing", Error, "{1} is not among the node's files.",
             "keepalived calls a script that it cannot find a failure, or drops it.",
             "Either the node is in FAULT for ever, or nothing is checked at all.",
             "Install the script, owned by root with mode 0755."},
            {"check-script-not-executable", Error, "This script is not executable.", "keepalived does not run it.",
             "Either the node is in FAULT for ever, or nothing is checked at all.", "Set its mode to 0755."},
            {"check-script-writable", Error, "{1} can be written by others than its owner.",
             "Whoever writes it runs commands as the script's user; with enable_script_security keepalived refuses "
             "such a "
             "script (\"Disabling track script … insecure\").",
             "Nothing is checked then: a stopped nginx keeps the address.",
             "Set the script's mode to 0755, that of its folder too, and let root own both."},
            {"script-user-missing", Error, "enable_script_security is on, and no script_user is named.",
             "Scripts run as keepalived_script then; where there is no such user keepalived removes the scripts.",
             "Nothing is checked: a stopped nginx keeps the address.",
             "Add script_user root (or another user) to global_defs."},
            {"script-security-missing", Warning, "Neither script_user nor enable_script_security is set.",
             "Scripts run as root even where others can write them; keepalived calls it a SECURITY VIOLATION "
             "(keepalived -t ends with 6) and goes on.",
             "Whoever can write one of the scripts, or its folder, is root on this node.",
             "Add script_user root and enable_script_security to global_defs."},
            {"check-slow", Warning,
             "A fault is found after up to {2} (interval × fall + timeout of {1}); {3} are wanted.",
             "The interval counts fall times, and the last try may use its whole time-out; to this the other node's "
             "time "
             "to take over is added.",
             "With an interval of 5 s stopping nginx interrupted clients for 1.8 to 5.8 s; with 1 s and fall 2 for 1.3 "
             "to "
             "2.2 s; with the agent's track_file for 0.4 to 0.7 s.",
             "Use interval 1, timeout 1, fall 2, rise 2, or the agent's track_file with a slow script behind it."},
            {"check-without-fall", Warning, "{1} has no fall: one failed try moves the address.",
             "keepalived takes fall 1.",
             "One slow answer on a busy node interrupts every client once (0.2 to 0.8 s), without a fault.",
             "Add fall 2 and rise 2 (or fall 1, if that is what you want)."},
            {"check-without-timeout", Warning, "Neither {1} nor what it runs has a time-out.",
             "A try may hang as long as its interval, and counts only then.",
             "A hanging nginx is found later by one interval for each try.",
             "Add timeout 1 to the vrrp_script, or a limit to the command (curl -m 1)."},
            {"check-shared", Error, "The check depends on something that the nodes share: {1}.",
             "When that fails, it fails for every node at once, although nothing is gained by moving the address.",
             "All nodes go to FAULT and the address is on none: clients run into time-outs where they would have got "
             "most answers.",
             "Let the VRRP check ask this node's own nginx only; the state of stores belongs to /readyz and to "
             "alerts."},
            {"track-script-unknown", Error, "There is no vrrp_script {1}.", "keepalived drops the entry.",
             "Nothing is checked: a stopped nginx keeps the address.", "Name a vrrp_script that exists."},
            {"track-file-unknown", Error, "There is no vrrp_track_file {1}.", "keepalived drops the entry.",
             "The agent's word is not heard: a stopped nginx keeps the address.",
             "Name a vrrp_track_file that exists."},
            {"weight-too-small", Warning, "The weight {2} of {1} is smaller than the distance of the priorities ({3}).",
             "A failing check lowers the priority by it, and the node is still the first.",
             "The address stays on the node whose check fails.",
             "Use weight 0, so that a failing check means FAULT, or a weight larger than {3}."},
            {"check-unused", Warning, "No instance tracks {1}.", "A script that nobody tracks is not run.",
             "A stopped nginx keeps the address.", "Name it in track_script of the instance."},
            {"gateway-check-missing", Note, "Nothing checks that this node reaches its gateway.",
             "A node that is cut off does not notice it, and keeps the address beside the one that took over.",
             "Both held the address for 9 s after such a cut, and it went back when it healed; with a check for about "
             "2 s.",
             "Name the gateway in the definition (probe.gateway), or track a script that pings it, fall 2 or 3."},
        });
}

} // namespace iam::cluster
