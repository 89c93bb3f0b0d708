// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "passphrase.h"
#include "crypto/keyfile.h"
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <termios.h>
#include <unistd.h>

namespace iam::app {
namespace {

constexpr std::size_t maxLine = 1024;

/// The terminal of this process, not showing what is typed until this dies.
class SilentTerminal {
public:
    SilentTerminal()
        : m_terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {
        if (m_terminal < 0) return;
        if (::tcgetattr(m_terminal, &m_before) != 0) return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
        silent.c_lflag |= ICANON;
        m_silent = ::tcsetattr(m_terminal, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal()
    {
        if (m_silent) ::tcsetattr(m_terminal, TCSAFLUSH, &m_before);
        if (m_terminal >= 0) ::close(m_terminal);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    [[nodiscard]] bool usable() const noexcept { return m_silent; }

    Result<SecretString> ask(std::string_view question)
    {
        write(question);
        std::string line;
        line.reserve(maxLine); // never moved, so that nothing of it is left behind
        char byte = 0;
        for (;;) {
            const ssize_t got = ::read(m_terminal, &byte, 1);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0 || byte == '\n' || line.size() == maxLine) break;
            line += byte;
        }
        write("\n");
        SecretString answer(std::move(line));
        if (byte != '\n') return fail(Code::Validation, "no passphrase was given");
        return answer;
    }

private:
    void write(std::string_view text)
    {
        // Whoever cannot be asked will not answer: read() finds that out.
        [[maybe_unused]] const ssize_t written = ::write(m_terminal, text.data(), text.size());
    }

    const int m_terminal;
    termios m_before{};
    bool m_silent = false;
};

} // namespace

Result<SecretString> readFirstLine(const std::string& file)
{
    const auto text = crypto::readPrivateFile(file, maxLine);
    if (!text) return fail(text);
    const std::string& all = text->reveal();
    SecretString line(all.substr(0, all.find('\n')));
    if (line.empty()) return fail(Code::Validation, file + ": its first line is empty");
    return line;
}

Result<SecretString> askPassword(const std::string& question)
{
    SilentTerminal terminal;
    if (!terminal.usable()) return SecretString();
    return terminal.ask(question);
}

Result<SecretString> readPassphrase(const std::string& file, Ask ask)
{
    if (!file.empty()) return readFirstLine(file);
    if (const char* given = std::getenv("IAM_CLUSTER_PASSPHRASE"); given != nullptr && *given != '\0')
        return SecretString(given);
    SilentTerminal terminal;
    if (!terminal.usable())
        return fail(Code::Validation, "there is no terminal to ask for the passphrase: give --passphrase-file FILE or"
                                      " IAM_CLUSTER_PASSPHRASE");
    auto first = terminal.ask("Passphrase of the bundle: ");
    if (!first || ask == Ask::Once) return first;
    const auto second = terminal.ask("The same again: ");
    if (!second) return second;
    if (!(*first == *second)) return fail(Code::Validation, "the two passphrases differ");
    return first;
}

} // namespace iam::app
