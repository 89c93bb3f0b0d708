// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/strengthmeter.h"
#include "contract/passwordstrength.h"
#include <QPainter>
#include <algorithm>
#include <vector>

namespace iam::widgets {

namespace {

constexpr int barWidth = 40;
constexpr int barHeight = 6;

} // namespace

int passwordStrength(const QString& password, const QStringList& known)
{
    std::vector<std::string> words;
    for (const QString& word : known) words.push_back(word.toStdString());
    return contract::passwordStrength(password.toStdString(), words);
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
