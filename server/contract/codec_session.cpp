// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/objects.h"

namespace iam::contract {
namespace {

void writeSession(std::string& out, const Session& session)
{
    JsonObjectWriter(out)
        .text("id", session.id)
        .text("username", session.username)
        .text("createdAt", toRfc3339Local(session.createdAt))
        .text("expiresAt", toRfc3339Local(session.expiresAt))
        .text("address", session.address)
        .text("userAgent", session.userAgent)
        .boolean("current", session.current);
}

void bindSession(Binder& binder, const Json& json, const std::string& path, Session& session)
{
    binder.object(json, path,
                  {
                      {"id", binder.text(session.id)},
                      {"username", binder.text(session.username)},
                      {"createdAt", binder.time(session.createdAt)},
                      {"expiresAt", binder.time(session.expiresAt)},
                      {"address", binder.text(session.address)},
                      {"userAgent", binder.text(session.userAgent)},
                      {"current", binder.boolean(session.current)},
                  });
}

} // namespace

std::string encodeSessionList(const ListPage<Session>& page)
{
    return encodeList(page, writeSession);
}

Result<ListPage<Session>> decodeSessionList(std::string_view body)
{
    return decodeList<Session>(body, bindSession);
}

} // namespace iam::contract
