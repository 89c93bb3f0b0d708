// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/clock.h"
#include "base/secret.h"
#include "contract/json.h"
#include <functional>
#include <initializer_list>
#include <optional>

namespace iam::contract {

/// Puts JSON members into variables by Go's rules and collects what does not fit. null never changes a plain value.
class Binder {
public:
    using Set = std::function<void(const Json& value, const std::string& path)>;
    struct Field {
        std::string_view name;
        Set set;
    };

    explicit Binder(std::string path = {})
        : m_path(std::move(path))
    {
    }

    /// Calls the field's `set` for each member in order; names match in any case of ASCII letters.
    void object(const Json& json, const std::string& path, const std::vector<Field>& fields);

    Set text(std::string& out);
    Set secret(SecretString& out);
    Set boolean(bool& out);
    Set integer(int& out);
    Set integer(std::int64_t& out);
    Set integer(std::uint64_t& out);
    Set time(TimePoint& out);
    /// Times before 1970 (the zero time) and null leave nothing.
    Set time(std::optional<TimePoint>& out);
    Set list(std::optional<std::vector<std::string>>& out);
    /// An object of anything; duplicates are kept, null empties it.
    Set anyObject(Json& out);

    /// Notes a fault. Of very many only the first are kept: a body of a million faults must not become an answer of
    /// hundreds of megabytes.
    void fault(const std::string& path, std::string message);
    [[nodiscard]] bool ok() const { return m_faults.empty(); }
    /// Code::Bind with what was collected.
    [[nodiscard]] tl::unexpected<Error> failure();

private:
    static constexpr std::size_t maxFaults = 100;

    std::string m_path;
    std::vector<FieldFault> m_faults;
};

/// "a" + "b" → "a.b"; an empty part adds no dot.
[[nodiscard]] std::string joinPath(const std::string& path, std::string_view name);

} // namespace iam::contract
