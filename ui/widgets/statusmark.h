// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QIcon>
#include <QStyledItemDelegate>
#include <QWidget>

class QPainter;

namespace iam::widgets {

/// Draws the shape of a tone into `rect`: ring, circle with i, circle with tick, triangle with !, octagon with ×.
/// The shapes differ without colour.
void drawToneShape(QPainter& painter, const QRectF& rect, Tone tone, const QPalette& palette);

/// The shape as an icon, for items that take nothing else; drawn in the palette of now.
[[nodiscard]] QIcon toneIcon(Tone tone, const QPalette& palette);

/// The shape alone, 16 px as a rule; its accessible name is the tone's word.
class StatusMark : public QWidget {
    Q_OBJECT
public:
    explicit StatusMark(Tone tone = Tone::Neutral, QWidget* parent = nullptr);
    void setTone(Tone tone);
    [[nodiscard]] Tone tone() const { return m_tone; }
    /// Another size than 16.
    void setSide(int pixels) { setFixedSize(pixels, pixels); }
    [[nodiscard]] QSize sizeHint() const override { return size(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Tone m_tone;
};

/// "Information", "Success", "Warning", "Error" in the reader's language; empty for Neutral.
[[nodiscard]] QString toneWord(Tone tone);

/// Draws a table cell as shape + the display text. The cell's int in `toneRole` is an index of `tones`; none: plain
/// text.
class StatusDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// The role holds an int of Tone.
    explicit StatusDelegate(int toneRole, QObject* parent = nullptr);
    StatusDelegate(int toneRole, QList<Tone> tones, QObject* parent = nullptr);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_toneRole;
    QList<Tone> m_tones;
};

} // namespace iam::widgets
