// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

struct _bson_t; // bson_t of libbson

namespace iam::test {

/// Stands in for a MongoDB server on a free port of 127.0.0.1: it speaks the wire protocol (OP_MSG, and OP_QUERY for
/// the first hello) as far as a client needs it that inserts documents and makes an index, and misbehaves as it is
/// told. What it stores stays when it is killed.
class MongoStandIn {
public:
    struct Misbehaviour {
        std::function<int(const std::string& id)> refuse; ///< the code with which a document is refused; 0: it is not
        bool elsewhere = false;                           ///< says that the refusals are of another unique index
        int commandError = 0;                             ///< the whole command is answered with this code
        int writeConcernError = 0;                        ///< documents are stored, but not by a majority
        bool inOldWords = false;                          ///< no keyPattern beside an error, as before 4.4
        bool dying = false;                               ///< stores, and is gone before it answers
        bool silent = false;                              ///< never answers an insert
    };

    MongoStandIn()
        : MongoStandIn(0, {})
    {
    }
    /// On that port (0: on a free one). Documents are put into the file before they are answered, and what it holds
    /// is there from the beginning: so they outlive the process.
    MongoStandIn(std::uint16_t port, std::string journal);
    ~MongoStandIn();
    MongoStandIn(const MongoStandIn&) = delete;
    MongoStandIn& operator=(const MongoStandIn&) = delete;

    /// Always on the same port.
    void start();
    /// Every connection is reset, and nobody listens any more.
    void kill();
    void misbehave(Misbehaviour how);

    [[nodiscard]] std::uint16_t port() const noexcept { return m_port; }
    /// By _id, as relaxed extended JSON.
    [[nodiscard]] std::map<std::string, std::string> documents() const;
    /// The commands that came, by their names, in their order; those of insert and createIndexes whole, as relaxed
    /// extended JSON, without the documents.
    [[nodiscard]] std::vector<std::string> commands() const;

private:
    struct Connection {
        int socket;
        std::string received;
    };

    void serve();
    /// False: the connection is to be closed.
    bool read(Connection& connection);
    bool answer(const Connection& connection, const std::string& message);
    bool answerQuery(const Connection& connection, const std::string& message);
    bool answerMessage(const Connection& connection, const std::string& message);
    /// Fills the reply to a command; false: there is none.
    bool obey(const _bson_t& command, const std::vector<std::string>& documents, _bson_t& reply);
    bool insert(const std::vector<std::string>& documents, _bson_t& reply);
    void readJournal();
    void store(const std::string& id, const std::string& document);

    const std::uint16_t m_port;
    const std::string m_journal; ///< empty: there is none
    std::thread m_thread;
    std::atomic<bool> m_stopping = false;
    int m_listener = -1;
    mutable std::mutex m_mutex; ///< guards what follows
    Misbehaviour m_how;
    std::map<std::string, std::string> m_documents; ///< as BSON
    std::vector<std::string> m_commands;
};

} // namespace iam::test
