// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

/// A blocking socket that sends exactly what a test says. Every wait ends after `patience`.
class RawClient {
public:
    explicit RawClient(std::uint16_t port, std::chrono::milliseconds patience = std::chrono::seconds(20),
                       int receiveBuffer = 0);
    ~RawClient();
    RawClient(RawClient&& other) noexcept;
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    [[nodiscard]] bool isConnected() const noexcept { return m_descriptor >= 0; }
    /// Whether every byte was taken.
    bool send(std::string_view bytes) const;
    /// A byte of urgent data (RFC 9293 §3.8.5), which is not in the stream.
    bool sendUrgent(char byte) const;
    void endSending() const;
    /// One whole answer by its Content-Length (`head`: without body); what there was if the connection ended before.
    std::string answer(bool head = false);
    /// Everything up to the end; `clean` says whether that was an orderly end.
    std::string rest(bool* clean = nullptr);
    /// Whether the server closes within `patience`.
    bool ends();
    /// send() and answer() of a GET.
    std::string get(std::string_view path, std::string_view fields = {});

private:
    /// Reads more into m_in; false at the end.
    bool more(bool* clean = nullptr);

    int m_descriptor = -1;
    std::string m_in;
};

[[nodiscard]] int statusOf(const std::string& answer);
[[nodiscard]] std::string bodyOf(const std::string& answer);
/// The value of a field, empty when absent.
[[nodiscard]] std::string fieldOf(const std::string& answer, const std::string& name);
