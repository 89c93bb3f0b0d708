// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/timetext.h"
#include "contract/codec.h"
#include "contract/objects.h"

namespace iam::contract {
namespace {

constexpr std::string_view zeroTime = "0001-01-01T00:00:00Z";

void bindUser(Binder& binder, const Json& json, const std::string& path, User& user)
{
    binder.object(json, path,
                  {
                      {"metadata", bindMetadata(binder, user.metadata)},
                      {"status", binder.integer(user.status)},
                      {"nickname", binder.text(user.nickname)},
                      {"password", binder.secret(user.password)},
                      {"email", binder.text(user.email)},
                      {"phone", binder.text(user.phone)},
                      {"isAdmin", binder.integer(user.isAdmin)},
                      {"totalPolicy", binder.integer(user.totalPolicy)},
                      {"loginedAt", binder.time(user.loginedAt)},
                  });
}

enum class UserForm { Object, ListItem, Body };

void writeUser(std::string& out, const User& user, UserForm form)
{
    JsonObjectWriter object(out);
    writeMetadata(object.raw("metadata"), user.metadata);
    object.number("status", form == UserForm::ListItem ? 0 : user.status).text("nickname", user.nickname);
    if (form == UserForm::Body && !user.password.empty()) object.text("password", user.password.reveal());
    object.text("email", user.email).text("phone", user.phone);
    if (form != UserForm::ListItem && user.isAdmin != 0) object.number("isAdmin", user.isAdmin);
    object.number("totalPolicy", user.totalPolicy);
    object.text("loginedAt", user.loginedAt ? toRfc3339Local(*user.loginedAt) : std::string(zeroTime));
}

} // namespace

Binder::Set bindMetadata(Binder& binder, Metadata& metadata)
{
    return [&](const Json& json, const std::string& path) {
        binder.object(json, path,
                      {
                          {"id", binder.integer(metadata.id)},
                          {"instanceID", binder.text(metadata.instanceId)},
                          {"name", binder.text(metadata.name)},
                          {"extend", binder.anyObject(metadata.extend)},
                          {"createdAt", binder.time(metadata.createdAt)},
                          {"updatedAt", binder.time(metadata.updatedAt)},
                      });
    };
}

void writeMetadata(std::string& out, const Metadata& metadata)
{
    JsonObjectWriter object(out);
    if (metadata.id != 0) object.number("id", metadata.id);
    if (!metadata.instanceId.empty()) object.text("instanceID", metadata.instanceId);
    if (!metadata.name.empty()) object.text("name", metadata.name);
    if (const Json::Object* extend = metadata.extend.object(); extend != nullptr && !extend->empty())
        object.json("extend", metadata.extend);
    object.text("createdAt", toRfc3339Local(metadata.createdAt)).text("updatedAt", toRfc3339Local(metadata.updatedAt));
}

Result<User> decodeUser(std::string_view body)
{
    return decodeObject<User>(body, bindUser);
}

Result<PasswordChange> decodePasswordChange(std::string_view body)
{
    return decodeObject<PasswordChange>(
        body, [](Binder& binder, const Json& json, const std::string& path, PasswordChange& change) {
            binder.object(json, path,
                          {{"oldPassword", binder.secret(change.oldPassword)},
                           {"newPassword", binder.secret(change.newPassword)}});
        });
}

Result<Credentials> decodeCredentials(std::string_view body)
{
    return decodeObject<Credentials>(
        body, [](Binder& binder, const Json& json, const std::string& path, Credentials& credentials) {
            binder.object(
                json, path,
                {{"username", binder.text(credentials.username)}, {"password", binder.secret(credentials.password)}});
        });
}

std::string encodeUser(const User& user)
{
    std::string out;
    writeUser(out, user, UserForm::Object);
    return out;
}

std::string encodeUserBody(const User& user)
{
    std::string out;
    writeUser(out, user, UserForm::Body);
    return out;
}

std::string encodePasswordChange(const PasswordChange& change)
{
    std::string out;
    JsonObjectWriter(out)
        .text("oldPassword", change.oldPassword.reveal())
        .text("newPassword", change.newPassword.reveal());
    return out;
}

std::string encodeCredentials(const Credentials& credentials)
{
    std::string out;
    JsonObjectWriter(out).text("username", credentials.username).text("password", credentials.password.reveal());
    return out;
}

std::string encodeUserList(const ListPage<User>& page, UserListForm form)
{
    const UserForm item = form == UserListForm::Plain ? UserForm::ListItem : UserForm::Object;
    return encodeList(page, [item](std::string& out, const User& user) { writeUser(out, user, item); });
}

Result<ListPage<User>> decodeUserList(std::string_view body)
{
    return decodeList<User>(body, bindUser);
}

} // namespace iam::contract
