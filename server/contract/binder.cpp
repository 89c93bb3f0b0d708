// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/binder.h"
#include "base/text.h"
#include "base/timetext.h"
#include <limits>

namespace iam::contract {
namespace {

template <class T>
Binder::Set integerInto(Binder& binder, T& out)
{
    return [&binder, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        if (const std::int64_t* number = value.integer(); number != nullptr && std::in_range<T>(*number))
            out = static_cast<T>(*number);
        else if (const std::uint64_t* big = value.bigInteger(); big != nullptr && std::in_range<T>(*big))
            out = static_cast<T>(*big);
        else
            binder.fault(path, "must be an integer in range");
    };
}

} // namespace

std::string joinPath(const std::string& path, std::string_view name)
{
    if (path.empty() || name.empty()) return path + std::string(name);
    return path + "." + std::string(name);
}

void Binder::object(const Json& json, const std::string& path, const std::vector<Field>& fields)
{
    if (json.isNull()) return;
    const Json::Object* members = json.object();
    if (members == nullptr) {
        fault(path, "must be an object");
        return;
    }
    for (const auto& [name, value] : *members)
        for (const Field& field : fields)
            if (text::equalIgnoringCase(name, field.name)) field.set(value, joinPath(path, field.name));
}

Binder::Set Binder::text(std::string& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        if (const std::string* string = value.string())
            out = *string;
        else
            fault(path, "must be a string");
    };
}

Binder::Set Binder::secret(SecretString& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        if (const std::string* string = value.string())
            out = SecretString(*string);
        else
            fault(path, "must be a string");
    };
}

Binder::Set Binder::boolean(bool& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        if (const bool* boolean = value.boolean())
            out = *boolean;
        else
            fault(path, "must be true or false");
    };
}

Binder::Set Binder::integer(int& out)
{
    return integerInto(*this, out);
}
Binder::Set Binder::integer(std::int64_t& out)
{
    return integerInto(*this, out);
}
Binder::Set Binder::integer(std::uint64_t& out)
{
    return integerInto(*this, out);
}

Binder::Set Binder::time(TimePoint& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) return;
        const std::string* string = value.string();
        const auto time = string != nullptr ? fromRfc3339(*string) : std::nullopt;
        if (time)
            out = *time;
        else
            fault(path, "must be a time such as 2026-01-31T12:00:00Z");
    };
}

Binder::Set Binder::time(std::optional<TimePoint>& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        TimePoint read{};
        time(read)(value, path);
        if (read > TimePoint{})
            out = read;
        else
            out.reset();
    };
}

Binder::Set Binder::list(std::optional<std::vector<std::string>>& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) {
            out.reset();
            return;
        }
        const Json::Array* array = value.array();
        if (array == nullptr) {
            fault(path, "must be a list of strings");
            return;
        }
        out.emplace();
        for (std::size_t i = 0; i < array->size(); ++i) {
            std::string entry; // null leaves an empty string
            text(entry)((*array)[i], path + "[" + std::to_string(i) + "]");
            out->push_back(std::move(entry));
        }
    };
}

Binder::Set Binder::anyObject(Json& out)
{
    return [this, &out](const Json& value, const std::string& path) {
        if (value.isNull()) {
            out = Json();
        } else if (const Json::Object* members = value.object()) {
            if (out.object() == nullptr) out = Json(Json::Object{});
            out.object()->insert(out.object()->end(), members->begin(), members->end());
        } else {
            fault(path, "must be an object");
        }
    };
}

void Binder::fault(const std::string& path, std::string message)
{
    if (m_faults.size() < maxFaults) m_faults.push_back({joinPath(m_path, path), std::move(message)});
}

tl::unexpected<Error> Binder::failure()
{
    std::string detail = "bad value";
    if (!m_faults.empty()) detail = m_faults.front().field + " " + m_faults.front().message;
    return fail(Code::Bind, std::move(detail), std::move(m_faults));
}

} // namespace iam::contract
