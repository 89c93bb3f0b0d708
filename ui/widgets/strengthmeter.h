// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QWidget>

class QLabel;

namespace iam::widgets {

/// How hard a password is to guess, as zxcvbn estimates it: 0 (at once) to 4 (very hard). Names and words that belong
/// to the user count as known to whoever guesses.
[[nodiscard]] int passwordStrength(const QString& password, const QStringList& known = {});

/// Four bars and a word for a password that is being typed. Nothing while it is empty.
class StrengthMeter : public QWidget {
    Q_OBJECT
public:
    explicit StrengthMeter(QWidget* parent = nullptr);
    void setPassword(const QString& password, const QStringList& known = {});
    [[nodiscard]] int strength() const { return m_strength; }
    [[nodiscard]] QString word() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] Tone tone() const;

    int m_strength = -1; // nothing typed
};

} // namespace iam::widgets
