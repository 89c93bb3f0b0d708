// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An event stream in arbitrary pieces gives the same events as in one, and never more than it may hold.
#include "client/eventreader.h"
#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace iam::client;

namespace {

void demand(bool held)
{
    if (!held) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    EventReader whole;
    const QList<ServerEvent> events = whole.add(bytes);
    EventReader pieces;
    QList<ServerEvent> seen;
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype length = 1 + static_cast<unsigned char>(bytes[at]) % 7;
        seen += pieces.add(bytes.mid(at, length));
        at += length;
    }
    for (const ServerEvent& event : events) demand(!event.id.contains('\0') && !event.type.isEmpty());
    if (!whole.bad() && !pieces.bad()) demand(seen == events);
    whole.restart();
    demand(!whole.bad());
    return 0;
}
