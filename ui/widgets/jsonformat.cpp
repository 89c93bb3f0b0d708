// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonformat.h"
#include <QStringList>

namespace iam::widgets {
namespace {

constexpr qsizetype shortList = 72;

/// Strings, single punctuation characters, and runs of anything else; without the white space between them.
QStringList tokensOf(const QString& text)
{
    QStringList tokens;
    const QString punctuation = QStringLiteral("{}[],:");
    for (qsizetype at = 0; at < text.size();) {
        const QChar c = text[at];
        qsizetype end = at + 1;
        if (c.isSpace()) {
            at = end;
            continue;
        }
        if (c == u'"') {
            while (end < text.size() && text[end] != u'"' && text[end] != u'\n') end += text[end] == u'\\' ? 2 : 1;
            end = std::min(end < text.size() && text[end] == u'"' ? end + 1 : end, text.size());
        } else if (!punctuation.contains(c)) {
            while (end < text.size() && !text[end].isSpace() && !punctuation.contains(text[end]) && text[end] != u'"')
                ++end;
        }
        tokens << text.mid(at, end - at);
        at = end;
    }
    return tokens;
}

/// The list that starts at `at` on one line, or nothing when it is long or holds lists or objects. Moves `at` to its
/// last token.
QString oneLine(const QStringList& tokens, qsizetype& at)
{
    QString line = QStringLiteral("[");
    for (qsizetype i = at + 1; i < tokens.size() && line.size() <= shortList; ++i) {
        const QString& token = tokens[i];
        if (token == u"[" || token == u"{" || token == u"}" || token == u":") return {};
        line += token == u"," ? QStringLiteral(", ") : token;
        if (token != u"]") continue;
        at = i;
        return line.size() <= shortList ? line : QString();
    }
    return {};
}

} // namespace

QString formattedJson(const QString& text)
{
    const QStringList tokens = tokensOf(text);
    QString out;
    int depth = 0;
    const auto newLine = [&] { out += u'\n' + QString(4 * depth, u' '); };
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const QString& token = tokens[i];
        if (token == u"{" || token == u"[") {
            const QString closing = token == u"{" ? QStringLiteral("}") : QStringLiteral("]");
            if (i + 1 < tokens.size() && tokens[i + 1] == closing) {
                out += token + closing;
                ++i;
                continue;
            }
            qsizetype end = i;
            const QString line = token == u"[" ? oneLine(tokens, end) : QString();
            if (!line.isEmpty() && end > i) {
                out += line;
                i = end;
                continue;
            }
            out += token;
            ++depth;
            newLine();
        } else if (token == u"}" || token == u"]") {
            depth = std::max(0, depth - 1);
            newLine();
            out += token;
        } else if (token == u",") {
            out += token;
            newLine();
        } else if (token == u":") {
            out += QStringLiteral(": ");
        } else {
            if (!out.isEmpty() && (out.back().isLetterOrNumber() || out.back() == u'"')) out += u' ';
            out += token;
        }
    }
    return out;
}

} // namespace iam::widgets
