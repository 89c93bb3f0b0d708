// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/strengthmeter.h"
#include <QPainter>
#include <algorithm>
#include <vector>
extern "C" {
#include <zxcvbn.h>
}

namespace iam::widgets {

namespace {

constexpr qsizetype maxEstimated = 64; // the estimate's time grows fast with the length
constexpr int barWidth = 40;
constexpr int barHeight = 6;

} // namespace

int passwordStrength(const QString& password, const QStringList& known)
{
    const QByteArray text = password.left(maxEstimated).toUtf8();
    std::vector<QByteArray> words;
    for (const QString& word : known) words.push_back(word.toUtf8());
    std::vector<const char*> dictionary;
    for (const QByteArray& word : words)
        if (!word.isEmpty()) dictionary.push_back(word.constData());
    dictionary.push_back(nullptr);
    const double bits = ZxcvbnMatch(text.constData(), dictionary.data(), nullptr);
    // zxcvbn's own steps: 10^3, 10^6, 10^8 and 10^10 guesses.
    constexpr double steps[] = {9.97, 19.93, 26.58, 33.22};
    return static_cast<int>(
        std::count_if(std::begin(steps), std::end(steps), [bits](double step) { return bits >= step; }));
}

StrengthMeter::StrengthMeter(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StrengthMeter::setPassword(const QString& password, const QStringList& known)
{
    m_strength = password.isEmpty() ? -1 : passwordStrength(password, known);
    setAccessibleName(m_strength < 0 ? tr("Strength of the password") : tr("Strength of the password: %1").arg(word()));
    update();
}

QString StrengthMeter::word() const
{
    switch (m_strength) {
    case 0:
        return tr("guessed at once");
    case 1:
        return tr("weak");
    case 2:
        return tr("fair");
    case 3:
        return tr("good");
    case 4:
        return tr("strong");
    default:
        return {};
    }
}

Tone StrengthMeter::tone() const
{
    return m_strength >= 3 ? Tone::Success : m_strength == 2 ? Tone::Warning : Tone::Error;
}

QSize StrengthMeter::sizeHint() const
{
    return {4 * (barWidth + spacing::half) + 120, std::max(fontMetrics().height(), 18)};
}

void StrengthMeter::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int bar = 0; bar < 4; ++bar) {
        const bool filled = m_strength >= 0 && bar <= std::min(m_strength, 3) && (bar == 0 || m_strength > bar);
        painter.setBrush(filled ? toneColor(tone(), palette()) : lineColor(palette()));
        const QRect area(bar * (barWidth + spacing::half), (height() - barHeight) / 2, barWidth, barHeight);
        painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(), area), 3, 3);
    }
    if (m_strength < 0) return;
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect area(4 * (barWidth + spacing::half) + spacing::half, 0, width(), height());
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), area), Qt::AlignVCenter, word());
}

} // namespace iam::widgets
