// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Qt's widgets and the heavy standard headers, compiled once per library. A source file still includes what it uses.
#pragma once
#include <QtWidgets/QtWidgets>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>
