// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "widgets/theme.h"
#include <QLabel>

namespace iam::widgets {

/// A wrapping plain-text label in one of the three sizes, in the muted colour of the palette when asked for.
class TextLabel : public QLabel {
    Q_OBJECT
public:
    explicit TextLabel(TextSize size, bool muted = false, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeColor();

    bool m_muted;
};

} // namespace iam::widgets
