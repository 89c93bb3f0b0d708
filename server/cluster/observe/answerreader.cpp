// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/observe/answerreader.h"
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <limits>

namespace iam::cluster {

AnswerReader::AnswerReader(std::size_t bodyLimit)
    : m_bodyLimit(bodyLimit)
{
    header_limit(8 * 1024);
    body_limit(std::numeric_limits<std::uint64_t>::max()); // counted in keep(): Beast 1.74 lets announced lengths pass
    eager(true);
}

bool AnswerReader::take(std::string_view bytes)
{
    m_unparsed.append(bytes);
    while (!m_unparsed.empty() && !is_done()) {
        ErrorCode error;
        const std::size_t used = put(boost::asio::const_buffer(m_unparsed.data(), m_unparsed.size()), error);
        m_unparsed.erase(0, used);
        if (error == boost::beast::http::error::need_more) return true;
        if (error) return false;
        if (used == 0) return true;
    }
    return true;
}

bool AnswerReader::takeEnd()
{
    ErrorCode error;
    if (got_some() && !is_done()) put_eof(error);
    return !error && is_done();
}

void AnswerReader::on_response_impl(int code, View, int, ErrorCode& error)
{
    status = code;
    error = {};
}

void AnswerReader::on_field_impl(boost::beast::http::field, View name, View value, ErrorCode& error)
{
    fields.push_back({std::string(name.data(), name.size()), std::string(value.data(), value.size())});
    error = {};
}

std::size_t AnswerReader::keep(View bytes, ErrorCode& error)
{
    error = {};
    if (body.size() + bytes.size() > m_bodyLimit)
        error = boost::beast::http::error::body_limit;
    else
        body.append(bytes.data(), bytes.size());
    return bytes.size();
}

std::size_t AnswerReader::on_body_impl(View bytes, ErrorCode& error)
{
    return keep(bytes, error);
}

std::size_t AnswerReader::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error)
{
    return keep(bytes, error);
}

} // namespace iam::cluster
