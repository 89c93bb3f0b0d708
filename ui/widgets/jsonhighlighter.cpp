// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jsonhighlighter.h"
#include "widgets/theme.h"

namespace iam::widgets {

JsonHighlighter::JsonHighlighter(QTextDocument* document, const QPalette& palette)
    : QSyntaxHighlighter(document)
    , m_palette(palette)
{
}

void JsonHighlighter::setPalette(const QPalette& palette)
{
    m_palette = palette;
    rehighlight();
}

QList<JsonHighlighter::Span> JsonHighlighter::spans(const QString& line)
{
    QList<Span> spans;
    const int size = int(line.size());
    for (int at = 0; at < size;) {
        const QChar c = line[at];
        int end = at + 1;
        if (c == u'"') {
            while (end < size && line[end] != u'"') end += line[end] == u'\\' ? 2 : 1;
            end = std::min(end + 1, size);
            int next = end;
            while (next < size && line[next].isSpace()) ++next;
            const bool name = next < size && line[next] == u':';
            spans << Span{at, end - at, name ? Kind::Name : Kind::Text};
        } else if (c == u'-' || (c >= u'0' && c <= u'9')) {
            while (end < size && (line[end].isLetterOrNumber() || QStringLiteral("+-.").contains(line[end]))) ++end;
            spans << Span{at, end - at, Kind::Number};
        } else if (c.isLetter()) {
            while (end < size && line[end].isLetterOrNumber()) ++end;
            const QString word = line.mid(at, end - at);
            if (word == u"true" || word == u"false" || word == u"null") spans << Span{at, end - at, Kind::Word};
        } else if (QStringLiteral("{}[],:").contains(c)) {
            spans << Span{at, 1, Kind::Punctuation};
        }
        at = end;
    }
    return spans;
}

QTextCharFormat JsonHighlighter::format(Kind kind) const
{
    const ColorScheme scheme = schemeOf(m_palette);
    const bool light = scheme == ColorScheme::Light;
    QTextCharFormat format;
    switch (kind) {
    case Kind::Name:
        format.setForeground(light ? QColor(0xff1a56b0) : QColor(0xff8ab4ff));
        break;
    case Kind::Text:
        format.setForeground(light ? QColor(0xff1b6e3c) : QColor(0xff8fd6a3));
        break;
    case Kind::Number:
        format.setForeground(light ? QColor(0xff8a3e00) : QColor(0xffffb878));
        break;
    case Kind::Word:
        format.setForeground(light ? QColor(0xff7b2fa8) : QColor(0xffd9a8ff));
        break;
    case Kind::Punctuation:
        format.setForeground(mutedColor(m_palette));
        break;
    }
    return format;
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    for (const Span& span : spans(text)) setFormat(span.start, span.length, format(span.kind));
}

} // namespace iam::widgets
