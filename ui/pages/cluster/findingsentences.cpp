// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/cluster/findingtext.h"
#include <QtGlobal>
#include <algorithm>

namespace iam::pages {

namespace {

// What lint can say of a definition and of the files that are rendered from it; a test knows which rules these are.
constexpr const char* findingSentences[] = {
    QT_TRANSLATE_NOOP("LintText", "/metrics of the servers is handed on to everybody."),
    QT_TRANSLATE_NOOP("LintText", "20 requests were split 11 to 9 in three of seven tries, and each worker has to find "
                                  "a dead server by itself; with a zone 10 to 10 in eleven of eleven."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "5 000 to 6 000 requests a second instead of 9 900 to 14 300, and 9 000 to 13 000 sockets in TIME_WAIT."),
    QT_TRANSLATE_NOOP("LintText", "A crash interrupted clients for 3.3 s at 1 s, for 0.7 s at 200 ms."),
    QT_TRANSLATE_NOOP("LintText", "A dead nginx is found after up to {1} (check-interval × fall + check-timeout)."),
    QT_TRANSLATE_NOOP("LintText", "A dead node is noticed after three intervals and a little."),
    QT_TRANSLATE_NOOP("LintText",
                      "A fault is found after up to {2} (interval × fall + timeout of {1}); {3} are wanted."),
    QT_TRANSLATE_NOOP("LintText",
                      "A hanging nginx is found after 18 s at 50 requests a second, and never at 2 a second (87 of 112 "
                      "requests failed); an HTTP check finds it in 2.3 s, the agent in 0.7 to 0.9 s."),
    QT_TRANSLATE_NOOP("LintText", "A hanging nginx is found later by one interval for each try."),
    QT_TRANSLATE_NOOP("LintText",
                      "A hanging server failed half of the requests (328 of them in 14 s); with 500 ms none failed."),
    QT_TRANSLATE_NOOP("LintText", "A hanging server failed half of the requests; with 500 ms none failed."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "A machine that is gone does not refuse connections, it swallows them, and each request waits that long."),
    QT_TRANSLATE_NOOP("LintText", "A machine that is gone does not refuse connections, it swallows them."),
    QT_TRANSLATE_NOOP(
        "LintText", "A node that is cut off does not notice it, and keeps the address beside the one that took over."),
    QT_TRANSLATE_NOOP("LintText",
                      "A node that stalls for three intervals and a little is given up, although it works."),
    QT_TRANSLATE_NOOP("LintText", "A try may hang as long as its interval, and counts only then."),
    QT_TRANSLATE_NOOP("LintText", "API routes give a server only {1} to answer."),
    QT_TRANSLATE_NOOP("LintText",
                      "Add a server with listen {1} default_server; and return 444;, or mark one of yours."),
    QT_TRANSLATE_NOOP("LintText", "Add fall 2 and rise 2 (or fall 1, if that is what you want)."),
    QT_TRANSLATE_NOOP("LintText",
                      "Add keepalive 16; with proxy_http_version 1.1; and proxy_set_header Connection \"\";."),
    QT_TRANSLATE_NOOP("LintText",
                      "Add location = /metrics { return 404; } (the collector asks the servers themselves)."),
    QT_TRANSLATE_NOOP("LintText", "Add proxy_connect_timeout 100ms;."),
    QT_TRANSLATE_NOOP("LintText", "Add timeout 1 to the vrrp_script, or a limit to the command (curl -m 1)."),
    QT_TRANSLATE_NOOP("LintText", "Add zone {1} 64k; to the upstream."),
    QT_TRANSLATE_NOOP("LintText", "After a node's crash half of the requests failed for more than 9 s; with 300 ms the "
                                  "interruption ended after 3.3 s at the same VRRP timers."),
    QT_TRANSLATE_NOOP(
        "LintText", "Ask over HTTP with a time limit, for example curl -fsS -m 1 http://127.0.0.1:8079/nginx_health."),
    QT_TRANSLATE_NOOP("LintText",
                      "At 200 ms a stall of 0.7 s was borne and one of 0.8 s was not; shorter intervals bear less."),
    QT_TRANSLATE_NOOP("LintText", "Back it up to another machine; a replica shortens the wait."),
    QT_TRANSLATE_NOOP("LintText", "Both held the address for 9 s after such a cut; with a check for about 2 s."),
    QT_TRANSLATE_NOOP("LintText",
                      "Callers give up before the next server is tried; nothing is counted as a failure then."),
    QT_TRANSLATE_NOOP("LintText", "Callers of decisions give up earlier (usually after 1 s); nginx then counts no "
                                  "failure (499) and goes on asking the hanging server."),
    QT_TRANSLATE_NOOP("LintText", "Callers of decisions give up earlier (usually after 1 s); nginx then counts no "
                                  "failure and goes on asking the hanging server."),
    QT_TRANSLATE_NOOP("LintText", "Decisions wait {1} for a server that does not answer."),
    QT_TRANSLATE_NOOP(
        "LintText", "Each repair of that node interrupts clients a second time; with equal priorities nothing moves."),
    QT_TRANSLATE_NOOP("LintText", "Each repair of that node moves the address a second time."),
    QT_TRANSLATE_NOOP("LintText", "Each request opens a connection of its own."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "Each request to a dead node waits that long, and callers give up before the next server is tried."),
    QT_TRANSLATE_NOOP("LintText", "Each worker keeps its own round robin and its own count of failures."),
    QT_TRANSLATE_NOOP("LintText", "Event streams end after {1} without an event."),
    QT_TRANSLATE_NOOP("LintText", "Events arrive late and in heaps, or when the buffer is full."),
    QT_TRANSLATE_NOOP("LintText", "Events pass through nginx's buffer."),
    QT_TRANSLATE_NOOP("LintText", "Everybody who can read the file has it; a VRRP password also crosses the network in "
                                  "the clear with every advert."),
    QT_TRANSLATE_NOOP("LintText", "Give all nodes the same priority."),
    QT_TRANSLATE_NOOP("LintText", "Give events a location of their own with proxy_buffering off;."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "Give the nodes equal priorities (equals never preempt each other), or state BACKUP and nopreempt."),
    QT_TRANSLATE_NOOP("LintText", "It counts between two events of a stream."),
    QT_TRANSLATE_NOOP("LintText", "It tells names of routes, load and versions."),
    QT_TRANSLATE_NOOP("LintText",
                      "Keep it in a file that others cannot read (mode 0640 or 0600) or in the unit's environment; in "
                      "place of a VRRP password use version 3 and let the packet filter accept the other nodes only."),
    QT_TRANSLATE_NOOP("LintText", "Name a certificate in the definition, or add a server with listen 443 ssl;."),
    QT_TRANSLATE_NOOP("LintText", "Name the gateway's address."),
    QT_TRANSLATE_NOOP("LintText", "Neither {1} nor what it runs has a time-out."),
    QT_TRANSLATE_NOOP("LintText", "No server is default_server for port {1}."),
    QT_TRANSLATE_NOOP("LintText", "Nothing has to be done."),
    QT_TRANSLATE_NOOP("LintText", "One failed connection takes a server out for 10 s."),
    QT_TRANSLATE_NOOP("LintText",
                      "One slow answer on a busy node interrupts every client once (0.2 to 0.8 s), without a fault."),
    QT_TRANSLATE_NOOP("LintText", "Password hashes and long lists take their time, more so on a busy machine."),
    QT_TRANSLATE_NOOP("LintText", "Passwords, tokens and secret keys cross the network in the clear."),
    QT_TRANSLATE_NOOP("LintText",
                      "Quiet streams break again and again, and what happens meanwhile has to be asked for anew."),
    QT_TRANSLATE_NOOP("LintText", "Quiet streams break again and again."),
    QT_TRANSLATE_NOOP("LintText", "Redis has one place: {1}."),
    QT_TRANSLATE_NOOP("LintText", "Requests for any name, or none, are answered by one of the services."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "Requests that would have been answered end with 504, and a write may have been done all the same."),
    QT_TRANSLATE_NOOP("LintText",
                      "Stopping nginx interrupted clients for 0.4 to 0.7 s with 250 ms, fall 2 and 250 ms."),
    QT_TRANSLATE_NOOP("LintText", "Strangers learn how busy and how old the installation is."),
    QT_TRANSLATE_NOOP("LintText", "The check only opens a connection ({1})."),
    QT_TRANSLATE_NOOP("LintText", "The database has one place: {1}."),
    QT_TRANSLATE_NOOP("LintText", "The interval counts fall times, and the last try may use its whole time-out; to "
                                  "this the other node's time to take over is added."),
    QT_TRANSLATE_NOOP("LintText", "The kernel accepts connections for an nginx that hangs, until 511 of them wait; "
                                  "where the program is not installed such a check often passes always."),
    QT_TRANSLATE_NOOP("LintText", "The node with the higher priority takes the address back as soon as it returns."),
    QT_TRANSLATE_NOOP("LintText", "The priority of {1} is {2}, that of {3} is {4}."),
    QT_TRANSLATE_NOOP("LintText", "The priority {1} differs from that of {2} ({3}), and preemption is on."),
    QT_TRANSLATE_NOOP("LintText", "The secret {1} stands here in plain text."),
    QT_TRANSLATE_NOOP("LintText", "The servers of {1} have neither max_fails nor fail_timeout."),
    QT_TRANSLATE_NOOP("LintText", "The service is offered without TLS."),
    QT_TRANSLATE_NOOP("LintText", "The upstream {1} has no zone, and nginx has several workers."),
    QT_TRANSLATE_NOOP("LintText", "The upstream {1} keeps no connections."),
    QT_TRANSLATE_NOOP("LintText", "There is no proxy_connect_timeout; nginx waits 60 s."),
    QT_TRANSLATE_NOOP("LintText", "To this the other node's time to take over is added."),
    QT_TRANSLATE_NOOP("LintText", "Use 10s or more."),
    QT_TRANSLATE_NOOP("LintText", "Use 1h."),
    QT_TRANSLATE_NOOP("LintText", "Use 200ms, or 500ms to 1s where virtual machines are moved or paused."),
    QT_TRANSLATE_NOOP("LintText", "Use 100ms."),
    QT_TRANSLATE_NOOP("LintText", "Use 500ms."),
    QT_TRANSLATE_NOOP("LintText", "Use check-interval 250ms, check-timeout 250ms, fall 2."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "Use interval 1, timeout 1, fall 2, rise 2, or the agent's track_file with a slow script behind it."),
    QT_TRANSLATE_NOOP("LintText", "Use proxy_connect_timeout 100ms;."),
    QT_TRANSLATE_NOOP("LintText", "Use proxy_read_timeout 1h; for events."),
    QT_TRANSLATE_NOOP("LintText", "Use proxy_read_timeout 500ms; for /healthz and /v1/authz."),
    QT_TRANSLATE_NOOP("LintText",
                      "Use proxy_read_timeout of 10 s or more for the API, and short ones for decisions only."),
    QT_TRANSLATE_NOOP("LintText", "VRRP moves the address, not the data."),
    QT_TRANSLATE_NOOP("LintText", "While it is away, changes reach the other servers seconds later; nothing is lost."),
    QT_TRANSLATE_NOOP(
        "LintText",
        "While it is away, decisions go on from memory, and the API answers 503; its loss without a backup is final."),
    QT_TRANSLATE_NOOP("LintText", "Whoever can read the network can log in."),
    QT_TRANSLATE_NOOP("LintText",
                      "Whoever sees it can act as this installation; a VRRP password protects against mistakes only."),
    QT_TRANSLATE_NOOP("LintText", "With an interval of 5 s stopping nginx interrupted clients for 1.8 to 5.8 s; with 1 "
                                  "s and fall 2 for 1.3 to 2.2 s; with the agent's track_file for 0.4 to 0.7 s."),
    QT_TRANSLATE_NOOP("LintText", "Write max_fails=2 fail_timeout=5s at each server."),
    QT_TRANSLATE_NOOP("LintText", "keepalived takes fall 1."),
    QT_TRANSLATE_NOOP("LintText", "nginx answers unknown names with the first server of the configuration."),
    QT_TRANSLATE_NOOP("LintText", "nginx collects an answer's bytes before it hands them on."),
    QT_TRANSLATE_NOOP("LintText", "nginx takes one failure and 10 s."),
    QT_TRANSLATE_NOOP("LintText", "probe.gateway names no gateway."),
    QT_TRANSLATE_NOOP("LintText", "proxy_connect_timeout is {1}."),
    QT_TRANSLATE_NOOP("LintText", "proxy_read_timeout counts between two pieces of an answer."),
    QT_TRANSLATE_NOOP("LintText", "timeouts.api-read is {1}."),
    QT_TRANSLATE_NOOP("LintText", "timeouts.connect is {1}."),
    QT_TRANSLATE_NOOP("LintText", "timeouts.decision-read is {1}."),
    QT_TRANSLATE_NOOP("LintText", "timeouts.stream-read is {1}."),
    QT_TRANSLATE_NOOP("LintText", "vrrp.advert-interval is {1}."),
    QT_TRANSLATE_NOOP("LintText", "{1} has no fall: one failed try moves the address."),
    QT_TRANSLATE_NOOP("LintText", "PUT and DELETE that get no answer are sent to the next server as well."),
    QT_TRANSLATE_NOOP("LintText", "nginx takes these methods for repeatable (RFC 9110, 9.2.2) and keeps only POST "
                                  "back; the first server may have carried them out, or do so later."),
    QT_TRANSLATE_NOOP("LintText", "A server that hung carries the change out when it wakes, after newer ones: what was "
                                  "written since is lost, or what was made anew is deleted."),
    QT_TRANSLATE_NOOP("LintText",
                      "Give changes a location of their own (map $request_method) with proxy_next_upstream off;."),
    QT_TRANSLATE_NOOP("LintText", "The gateway {1} is not in the nodes' subnet ({2})."),
    QT_TRANSLATE_NOOP("LintText", "A node that cannot reach it counts itself as cut off and gives the address up."),
    QT_TRANSLATE_NOOP("LintText",
                      "A fault far away takes the address from all nodes, although every one of them could serve."),
    QT_TRANSLATE_NOOP("LintText", "Name the address of the gateway in the nodes' own subnet."),
};

} // namespace

bool isTranslatedFinding(std::string_view sentence)
{
    return std::find(std::begin(findingSentences), std::end(findingSentences), sentence) != std::end(findingSentences);
}

} // namespace iam::pages
