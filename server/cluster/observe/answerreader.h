// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "cluster/observe/httpask.h"
#include <boost/beast/http/basic_parser.hpp>
#include <string>
#include <string_view>

namespace iam::cluster {

/// Boost.Beast's HTTP/1 parser, collecting the status and body of one answer.
class AnswerReader final : public boost::beast::http::basic_parser<false> {
public:
    explicit AnswerReader(std::size_t bodyLimit);

    /// Takes what came. False: it is no HTTP, or longer than it may be.
    bool take(std::string_view bytes);
    /// The other side closed the connection. False: in the middle of an answer.
    bool takeEnd();

    int status = 0;
    std::string body;
    std::vector<HttpField> fields;

private:
    using ErrorCode = boost::beast::error_code;
    using View = boost::beast::string_view;
    void on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode& error) override { error = {}; }
    void on_response_impl(int code, View, int, ErrorCode& error) override;
    void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override { error = {}; }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode& error) override { error = {}; }
    std::size_t on_body_impl(View bytes, ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t, View, ErrorCode& error) override { error = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override { error = {}; }

    std::size_t keep(View bytes, ErrorCode& error);

    const std::size_t m_bodyLimit;
    std::string m_unparsed;
};

} // namespace iam::cluster
