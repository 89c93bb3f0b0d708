// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "contract/binder.h"
#include "contract/listquery.h"
#include "contract/metadata.h"

namespace iam::contract {

// What the codecs of all objects share.

[[nodiscard]] Binder::Set bindMetadata(Binder& binder, Metadata& metadata);
void writeMetadata(std::string& out, const Metadata& metadata);

/// Reads one object; `bind` puts its members into the value.
template <class T, class Bind>
Result<T> decodeObject(std::string_view body, Bind bind)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    T value;
    Binder binder;
    bind(binder, *json, "", value);
    if (!binder.ok()) return binder.failure();
    return value;
}

/// Reads {"totalCount":…,"items":[…]}; `bind` puts one item's members into the item.
template <class T, class Bind>
Result<ListPage<T>> decodeList(std::string_view body, Bind bind)
{
    const Result<Json> json = parseJson(body);
    if (!json) return fail(json);
    ListPage<T> page;
    Binder binder;
    binder.object(*json, "",
                  {
                      {"totalCount", binder.integer(page.totalCount)},
                      {"items",
                       [&](const Json& value, const std::string& path) {
                           const Json::Array* array = value.array();
                           if (array == nullptr) {
                               binder.fault(path, "must be a list");
                               return;
                           }
                           for (const Json& item : *array) {
                               T object;
                               bind(binder, item, path, object);
                               page.items.push_back(std::move(object));
                           }
                       }},
                  });
    if (!binder.ok()) return binder.failure();
    return page;
}

/// {"totalCount":N,"items":[…]}; the count is left out when it is 0.
template <class T, class Write>
std::string encodeList(const ListPage<T>& page, Write write)
{
    std::string out = "{";
    if (page.totalCount != 0) out += "\"totalCount\":" + std::to_string(page.totalCount) + ",";
    out += "\"items\":[";
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        if (i > 0) out += ',';
        write(out, page.items[i]);
    }
    return out + "]}";
}

} // namespace iam::contract
