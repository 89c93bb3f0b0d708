// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iam {

/// Overwrites memory so that the compiler cannot leave it out.
void wipe(void* memory, std::size_t size) noexcept;
/// Compares in a time that depends on the lengths only.
[[nodiscard]] bool equalConstantTime(std::string_view a, std::string_view b) noexcept;

/// A value that must not leak: no stream operator, no comparison but a constant-time one, wiped when it dies.
/// T is a contiguous byte container (std::string, std::vector<unsigned char>).
template <class T>
class Secret {
public:
    Secret() = default;
    explicit Secret(T value)
        : m_value(std::move(value))
    {
    }
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept
        : m_value(std::move(other.m_value))
    {
        other.clear();
    }
    Secret& operator=(const Secret& other)
    {
        if (this != &other) {
            clear();
            m_value = other.m_value;
        }
        return *this;
    }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            clear();
            m_value = std::move(other.m_value);
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }

    /// The only way to the value, easy to find by its name.
    [[nodiscard]] const T& reveal() const noexcept { return m_value; }
    [[nodiscard]] bool empty() const noexcept { return m_value.empty(); }
    friend bool operator==(const Secret& a, const Secret& b) noexcept { return equalConstantTime(a.view(), b.view()); }

private:
    std::string_view view() const noexcept { return {reinterpret_cast<const char*>(m_value.data()), m_value.size()}; }
    void clear() noexcept
    {
        wipe(m_value.data(), m_value.size());
        m_value.clear();
    }

    T m_value;
};

using SecretString = Secret<std::string>;
using SecretBytes = Secret<std::vector<unsigned char>>;

} // namespace iam
