// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "http/message.h"
#include <boost/beast/http/basic_parser.hpp>
#include <string>

namespace iam::http {

/// Boost.Beast's HTTP/1 parser, collecting one request. What the parser leaves to its user (Host, repeated lengths,
/// unknown codings, folded lines) is checked by HttpSession.
class RequestReader final : public boost::beast::http::basic_parser<true> {
public:
    RequestReader() { eager(true); }

    std::string methodName;
    std::string target;
    Headers headers; ///< trailer fields are not among them
    std::string body;

private:
    using Verb = boost::beast::http::verb;
    using View = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;

    void on_request_impl(Verb, View method, View requestTarget, int, ErrorCode& error) override;
    void on_response_impl(int, View, int, ErrorCode&) override;
    void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
    std::size_t on_body_impl(View bytes, ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override;

    bool m_headDone = false;
};

} // namespace iam::http
