// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QPalette>
#include <QSyntaxHighlighter>

namespace iam::widgets {

/// Colours JSON: names, strings, numbers, words, punctuation. Colours follow the palette it is given. Works line by
/// line (JSON strings cannot span lines), so it is right also for text that is not JSON yet.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    enum class Kind { Name, Text, Number, Word, Punctuation };
    struct Span {
        int start;
        int length;
        Kind kind;
        bool operator==(const Span&) const = default;
    };

    JsonHighlighter(QTextDocument* document, const QPalette& palette);
    void setPalette(const QPalette& palette);
    /// The spans of one line, ascending: what highlightBlock() colours.
    [[nodiscard]] static QList<Span> spans(const QString& line);

protected:
    void highlightBlock(const QString& text) override;

private:
    [[nodiscard]] QTextCharFormat format(Kind kind) const;
    QPalette m_palette;
};

} // namespace iam::widgets
