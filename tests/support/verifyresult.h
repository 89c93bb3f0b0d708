// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "base/result.h"
#include <QTest>

/// Fails the test, with the error's words, unless the Result is a value. Evaluates its argument once, which
/// QVERIFY2(result, result.error()…) does not, and asks for an error only where there is one.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto& verified = (result);                                                                               \
        QVERIFY2(verified, verified ? "" : verified.error().detail.c_str());                                           \
    } while (false)
/// Fails the test unless the Result is an error with that code.
#define VERIFY_CODE(result, expected)                                                                                  \
    do {                                                                                                               \
        const auto& verified = (result);                                                                               \
        QVERIFY(!verified);                                                                                            \
        QCOMPARE(verified.error().code, expected);                                                                     \
    } while (false)

/// So that a failure shows what was compared.
template <>
inline char* QTest::toString(const std::string& text)
{
    return qstrdup(text.c_str());
}
