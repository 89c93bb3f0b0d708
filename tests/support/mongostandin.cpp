// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/mongostandin.h"
#include "support/freeport.h"
#include <algorithm>
#include <arpa/inet.h>
#include <bson/bson.h>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace iam::test {

namespace {

// mongodb.com/docs/manual/reference/mongodb-wire-protocol
constexpr std::int32_t opReply = 1;
constexpr std::int32_t opQuery = 2004;
constexpr std::int32_t opMsg = 2013;
constexpr std::size_t headerSize = 16;
constexpr std::int32_t mostBytes = 48'000'000;

std::int32_t numberAt(const std::string& bytes, std::size_t at)
{
    std::int32_t number = 0;
    if (at + 4 <= bytes.size()) std::memcpy(&number, bytes.data() + at, 4); // little endian, as this machine is
    return number;
}

void put(std::string& bytes, std::int32_t number)
{
    bytes.append(reinterpret_cast<const char*>(&number), 4);
}

/// The document at `at`, with `at` moved behind it; empty when there is none.
std::string takeDocument(const std::string& bytes, std::size_t& at, std::size_t end)
{
    const auto size = static_cast<std::size_t>(std::max(0, numberAt(bytes, at)));
    if (size < 5 || at + size > end) return {};
    at += size;
    return bytes.substr(at - size, size);
}

bool view(const std::string& bytes, bson_t& document)
{
    return bson_init_static(&document, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()) &&
           bson_validate(&document, BSON_VALIDATE_UTF8, nullptr);
}

std::string bytesOf(const bson_t& document)
{
    return {reinterpret_cast<const char*>(bson_get_data(&document)), document.len};
}

std::string jsonOf(const bson_t& document)
{
    char* text = bson_as_relaxed_extended_json(&document, nullptr);
    std::string json = text != nullptr ? text : "";
    bson_free(text);
    return json;
}

std::string nameOf(const bson_t& command)
{
    bson_iter_t at;
    return bson_iter_init(&at, &command) && bson_iter_next(&at) ? bson_iter_key(&at) : "";
}

std::string idOf(const bson_t& document)
{
    bson_iter_t at;
    return bson_iter_init_find(&at, &document, "_id") && BSON_ITER_HOLDS_UTF8(&at) ? bson_iter_utf8(&at, nullptr) : "";
}

bool send(int socket, std::int32_t answered, std::int32_t code, const std::string& body)
{
    std::string message;
    put(message, static_cast<std::int32_t>(headerSize + body.size()));
    put(message, 1);
    put(message, answered);
    put(message, code);
    message += body;
    for (std::size_t sent = 0; sent < message.size();) {
        const ssize_t done = ::send(socket, message.data() + sent, message.size() - sent, MSG_NOSIGNAL);
        if (done <= 0) return false;
        sent += static_cast<std::size_t>(done);
    }
    return true;
}

void closeHard(int socket)
{
    const linger atOnce{1, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(socket);
}

void describe(bson_t& reply)
{
    BSON_APPEND_BOOL(&reply, "helloOk", true);
    BSON_APPEND_BOOL(&reply, "ismaster", true);
    BSON_APPEND_BOOL(&reply, "isWritablePrimary", true);
    BSON_APPEND_INT32(&reply, "maxBsonObjectSize", 16 * 1024 * 1024);
    BSON_APPEND_INT32(&reply, "maxMessageSizeBytes", mostBytes);
    BSON_APPEND_INT32(&reply, "maxWriteBatchSize", 100'000);
    BSON_APPEND_INT32(&reply, "minWireVersion", 0);
    BSON_APPEND_INT32(&reply, "maxWireVersion", 17);
    BSON_APPEND_BOOL(&reply, "readOnly", false);
}

} // namespace

MongoStandIn::MongoStandIn(std::uint16_t port, std::string journal)
    : m_port(port != 0 ? port : freePort())
    , m_journal(std::move(journal))
{
    readJournal();
}

MongoStandIn::~MongoStandIn()
{
    kill();
}

void MongoStandIn::start()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(m_listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(m_listener, 16);
    m_stopping = false;
    m_thread = std::thread([this] { serve(); });
}

void MongoStandIn::kill()
{
    if (!m_thread.joinable()) return;
    m_stopping = true;
    m_thread.join();
}

void MongoStandIn::misbehave(Misbehaviour how)
{
    const std::lock_guard lock(m_mutex);
    m_how = std::move(how);
}

std::map<std::string, std::string> MongoStandIn::documents() const
{
    const std::lock_guard lock(m_mutex);
    std::map<std::string, std::string> all;
    for (const auto& [id, bytes] : m_documents) {
        bson_t document;
        all[id] = view(bytes, document) ? jsonOf(document) : "";
    }
    return all;
}

std::vector<std::string> MongoStandIn::commands() const
{
    const std::lock_guard lock(m_mutex);
    return m_commands;
}

void MongoStandIn::serve()
{
    std::vector<Connection> connections;
    while (!m_stopping) {
        std::vector<pollfd> waiting{{m_listener, POLLIN, 0}};
        for (const Connection& connection : connections) waiting.push_back({connection.socket, POLLIN, 0});
        ::poll(waiting.data(), waiting.size(), 20);
        for (std::size_t i = connections.size(); i-- > 0;) {
            if (waiting[i + 1].revents == 0 || read(connections[i])) continue;
            closeHard(connections[i].socket);
            connections.erase(connections.begin() + static_cast<std::ptrdiff_t>(i));
        }
        if ((waiting[0].revents & POLLIN) == 0) continue;
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket >= 0) connections.push_back({socket, {}});
    }
    for (const Connection& connection : connections) closeHard(connection.socket);
    ::close(m_listener);
}

bool MongoStandIn::read(Connection& connection)
{
    char part[64 * 1024];
    const ssize_t got = ::recv(connection.socket, part, sizeof part, 0);
    if (got <= 0) return false;
    connection.received.append(part, static_cast<std::size_t>(got));
    while (connection.received.size() >= headerSize) {
        const std::int32_t size = numberAt(connection.received, 0);
        if (size < static_cast<std::int32_t>(headerSize) || size > mostBytes) return false;
        if (connection.received.size() < static_cast<std::size_t>(size)) return true;
        const std::string message = connection.received.substr(0, static_cast<std::size_t>(size));
        connection.received.erase(0, static_cast<std::size_t>(size));
        if (!answer(connection, message)) return false;
    }
    return true;
}

bool MongoStandIn::answer(const Connection& connection, const std::string& message)
{
    switch (numberAt(message, 12)) {
    case opQuery:
        return answerQuery(connection, message);
    case opMsg:
        return answerMessage(connection, message);
    default:
        return false;
    }
}

/// Flags, collection, two numbers, the command: only a first hello comes so.
bool MongoStandIn::answerQuery(const Connection& connection, const std::string& message)
{
    const std::size_t end = message.find('\0', headerSize + 4);
    if (end == std::string::npos) return false;
    std::size_t at = end + 1 + 8;
    const std::string bytes = takeDocument(message, at, message.size());
    bson_t command;
    if (!view(bytes, command)) return false;
    bson_t reply = BSON_INITIALIZER;
    const bool any = obey(command, {}, reply);
    std::string body;
    put(body, 8);         // AwaitCapable
    body.append(8, '\0'); // no cursor
    put(body, 0);
    put(body, 1);
    body += bytesOf(reply);
    bson_destroy(&reply);
    return any && send(connection.socket, numberAt(message, 4), opReply, body);
}

/// Flags, then sections: one of kind 0 (the command), any of kind 1 (a list of documents by name).
bool MongoStandIn::answerMessage(const Connection& connection, const std::string& message)
{
    const std::int32_t flags = numberAt(message, headerSize);
    const std::size_t end = message.size() - ((flags & 1) != 0 ? 4 : 0); // without the checksum
    std::string bytes;
    std::vector<std::string> documents;
    for (std::size_t at = headerSize + 4; at < end;) {
        const char kind = message[at++];
        if (kind == 0) {
            bytes = takeDocument(message, at, end);
            if (bytes.empty()) return false;
            continue;
        }
        const std::size_t sectionEnd = at + static_cast<std::size_t>(std::max(0, numberAt(message, at)));
        const std::size_t nameEnd = message.find('\0', at + 4);
        if (kind != 1 || sectionEnd > end || nameEnd >= sectionEnd) return false;
        for (at = nameEnd + 1; at < sectionEnd;) {
            documents.push_back(takeDocument(message, at, sectionEnd));
            if (documents.back().empty()) return false;
        }
    }
    bson_t command;
    if (!view(bytes, command)) return false;
    bson_t reply = BSON_INITIALIZER;
    const bool any = obey(command, documents, reply);
    const bool isEmpty = bson_empty(&reply);
    std::string body(5, '\0'); // no flags, one section of kind 0
    body += bytesOf(reply);
    bson_destroy(&reply);
    if ((flags & 2) != 0 || (any && isEmpty)) return any; // no answer is wanted, or none is given
    return any && send(connection.socket, numberAt(message, 4), opMsg, body);
}

bool MongoStandIn::obey(const bson_t& command, const std::vector<std::string>& documents, bson_t& reply)
{
    const std::lock_guard lock(m_mutex);
    const std::string name = nameOf(command);
    const bool isWhole = name == "insert" || name == "createIndexes";
    m_commands.push_back(isWhole ? jsonOf(command) : name);
    if (name == "hello" || name == "isMaster" || name == "ismaster") describe(reply);
    if (name == "insert") return insert(documents, reply);
    BSON_APPEND_DOUBLE(&reply, "ok", 1);
    return true;
}

/// Documents one behind the other; a death may have torn the last one, which was not answered then.
void MongoStandIn::readJournal()
{
    std::ifstream file(m_journal, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::size_t end = 0;
    for (std::size_t at = 0; at < bytes.size(); end = at) {
        const std::string document = takeDocument(bytes, at, bytes.size());
        bson_t viewed;
        if (document.empty() || !view(document, viewed)) break;
        m_documents[idOf(viewed)] = document;
    }
    if (end < bytes.size()) std::filesystem::resize_file(m_journal, end);
}

void MongoStandIn::store(const std::string& id, const std::string& document)
{
    if (!m_journal.empty()) std::ofstream(m_journal, std::ios::binary | std::ios::app) << document;
    m_documents[id] = document;
}

/// As an unordered insert: each document for itself. The mutex is held.
bool MongoStandIn::insert(const std::vector<std::string>& documents, bson_t& reply)
{
    if (m_how.silent) return true;
    if (m_how.commandError != 0) {
        BSON_APPEND_DOUBLE(&reply, "ok", 0);
        BSON_APPEND_INT32(&reply, "code", m_how.commandError);
        BSON_APPEND_UTF8(&reply, "errmsg", "told to fail");
        return true;
    }
    bson_t errors = BSON_INITIALIZER;
    int stored = 0;
    int failed = 0;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        bson_t document;
        if (!view(documents[i], document)) return false;
        const std::string id = idOf(document);
        int code = m_how.refuse ? m_how.refuse(id) : 0;
        const bool isTwice = code == 0 && m_documents.contains(id);
        if (isTwice) code = 11000;
        if (code == 0) {
            store(id, documents[i]);
            ++stored;
            continue;
        }
        const std::string index = isTwice || !m_how.elsewhere ? "_id_" : "theirs_1";
        const std::string words = "E" + std::to_string(code) + " error collection: iam.decisions index: " + index +
                                  " dup key: { : \"" + id + "\" }";
        bson_t error;
        bson_append_document_begin(&errors, std::to_string(failed++).c_str(), -1, &error);
        BSON_APPEND_INT32(&error, "index", static_cast<std::int32_t>(i));
        BSON_APPEND_INT32(&error, "code", code);
        if (code == 11000 && !m_how.inOldWords) {
            bson_t pattern;
            BSON_APPEND_DOCUMENT_BEGIN(&error, "keyPattern", &pattern);
            BSON_APPEND_INT32(&pattern, index == "_id_" ? "_id" : "theirs", 1);
            bson_append_document_end(&error, &pattern);
        }
        BSON_APPEND_UTF8(&error, "errmsg", words.c_str());
        bson_append_document_end(&errors, &error);
    }
    BSON_APPEND_INT32(&reply, "n", stored);
    if (failed > 0) BSON_APPEND_ARRAY(&reply, "writeErrors", &errors);
    bson_destroy(&errors);
    if (m_how.writeConcernError != 0) {
        bson_t error;
        BSON_APPEND_DOCUMENT_BEGIN(&reply, "writeConcernError", &error);
        BSON_APPEND_INT32(&error, "code", m_how.writeConcernError);
        BSON_APPEND_UTF8(&error, "errmsg", "told to wait in vain");
        bson_append_document_end(&reply, &error);
    }
    BSON_APPEND_DOUBLE(&reply, "ok", 1);
    return !m_how.dying;
}

} // namespace iam::test
