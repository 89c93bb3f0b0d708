// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestreader.h"
#include <algorithm>

namespace iam::http {

namespace {

std::string text(boost::beast::string_view view)
{
    return std::string(view.data(), view.size());
}

} // namespace

void RequestReader::on_request_impl(Verb, View method, View requestTarget, int, ErrorCode& error)
{
    constexpr std::size_t usualFields = 8;
    headers.reserve(usualFields);
    methodName = text(method);
    target = text(requestTarget);
    error = {};
}

void RequestReader::on_response_impl(int, View, int, ErrorCode&) {}

void RequestReader::on_field_impl(boost::beast::http::field, View name, View value, ErrorCode& error)
{
    if (!m_headDone) headers.add(text(name), text(value));
    error = {};
}

void RequestReader::on_header_impl(ErrorCode& error)
{
    m_headDone = true;
    error = {};
}

void RequestReader::on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error)
{
    // Memory follows what has arrived, not what was announced.
    if (length) body.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(*length, 64 * 1024)));
    error = {};
}

std::size_t RequestReader::on_body_impl(View bytes, ErrorCode& error)
{
    body.append(bytes.data(), bytes.size());
    error = {};
    return bytes.size();
}

void RequestReader::on_chunk_header_impl(std::uint64_t, View, ErrorCode& error)
{
    error = {};
}

std::size_t RequestReader::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error)
{
    body.append(bytes.data(), bytes.size());
    error = {};
    return bytes.size();
}

void RequestReader::on_finish_impl(ErrorCode& error)
{
    error = {};
}

} // namespace iam::http
