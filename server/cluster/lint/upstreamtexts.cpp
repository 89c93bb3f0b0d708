// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/lint/ruletexts.h"

namespace iam::cluster {

void addUpstreamTexts(std::vector<RuleText>& texts)
{
    using enum Severity;
    texts.insert(
        texts.end(),
        {
            {"nginx-syntax", Error, "nginx cannot understand this: {1}.", "nginx refuses the whole configuration.",
             "A running nginx keeps its old configuration; one that starts does not come up, and the node is in FAULT.",
             "Correct the line, and test with nginx -t before each reload."},
            {"upstream-zone-missing", Warning, "The upstream {1} has no zone, and nginx has several workers.",
             "Each worker keeps its own round robin and its own count of failures.",
             "20 requests were split 11 to 9 in three of seven tries, and each worker has to find a dead server by "
             "itself; with a zone 10 to 10 in eleven of eleven.",
             "Add zone {1} 64k; to the upstream."},
            {"failures-not-counted", Warning, "max_fails=0 switches the count of failures of {1} off.",
             "A server that fails is asked again by every request.",
             "Each request to it waits for its time-out before the next server is tried.",
             "Use max_fails=2 fail_timeout=5s."},
            {"failure-limits-default", Note, "The servers of {1} have neither max_fails nor fail_timeout.",
             "nginx takes one failure and 10 s.", "One failed connection takes a server out for 10 s.",
             "Write max_fails=2 fail_timeout=5s at each server."},
            {"upstream-keepalive-missing", Note, "The upstream {1} keeps no connections.",
             "Each request opens a connection of its own.",
             "5 000 to 6 000 requests a second instead of 9 900 to 14 300, and 9 000 to 13 000 sockets in TIME_WAIT.",
             "Add keepalive 16; with proxy_http_version 1.1; and proxy_set_header Connection \"\";."},
            {"keepalive-ineffective", Warning, "keepalive of {1} has no effect on every route that uses it.",
             "It needs HTTP/1.1 and an empty Connection field towards the server; proxy_set_header of an outer block "
             "is "
             "dropped where the inner one has its own.",
             "Each request opens a connection of its own: 5 000 to 6 000 requests a second instead of 9 900 to 14 300.",
             "Add proxy_http_version 1.1; and proxy_set_header Connection \"\"; to each of these locations."},
            {"upstream-single-server", Warning, "{1} has only one server.",
             "Requests of this node go to one machine; there is no next one to try.",
             "When that server stops, every request of this node fails, although another server works; with both in "
             "the "
             "upstream none failed.",
             "List the servers of all nodes in the upstream."},
            {"upstream-server-out", Warning, "The server {1} is marked {2}.",
             "It gets no requests while the others work (backup), or none at all (down).",
             "The load is not shared: one node's servers do all the work.",
             "Remove the word when the maintenance is over."},
            {"upstream-backend-missing", Warning, "The upstream {1} lacks the backend {2} of the definition.",
             "It gets no requests.", "The other backends carry its share, and one machine less may fail.",
             "Add server {2} with its port to the upstream."},
            {"upstream-server-unknown", Error, "{1} is no backend of the definition.",
             "Requests go to a machine that has no part in this cluster.",
             "Its share of the requests fails or waits for a time-out, or is answered by another installation.",
             "Use the addresses of the definition's backends."},
        });
}

} // namespace iam::cluster
