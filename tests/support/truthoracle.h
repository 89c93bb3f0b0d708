// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace iam::test {

/// Knows what really was so in a simulated cluster, and judges what was shown of it. It shares nothing with the code
/// that concludes what is shown. Times are microseconds, nodes are numbers.
class TruthOracle {
public:
    using Time = std::int64_t;

    /// From one moment until the next one that is told.
    struct Truth {
        std::uint32_t holders = 0;   ///< bit per node: the address is on its interface
        std::uint32_t answering = 0; ///< bit per node: another host that asks through the address is answered by it
        bool well = false;           ///< nothing is broken anywhere
        bool witnessed = false;      ///< all agents run, hear each other, and hear the observer
        bool operator==(const Truth&) const = default;
    };
    enum class Shown { Confirmed, Double, Disputed, Other };

    explicit TruthOracle(int nodes)
        : m_nodes(nodes)
    {
    }

    void tell(Time at, const Truth& truth);
    /// What one observer shows from now on; `owner`: with Confirmed.
    void show(const std::string& observer, Time at, Shown shown, int owner);
    /// A sentence for each rule that was broken until `end`; empty: all is right.
    [[nodiscard]] std::vector<std::string> faults(Time end) const;

    static constexpr Time limit = 2'000'000;    ///< a wrong state is noticed within
    static constexpr Time recovery = 3'000'000; ///< what is well again is confirmed within

private:
    struct TruthAt {
        Time at;
        Truth truth;
    };
    struct ShownAt {
        Time at;
        Shown shown;
        int owner;
    };
    struct View {
        std::string observer;
        std::vector<ShownAt> shown;
    };
    /// [from, to) in which something holds of the truth without a break.
    struct Span {
        Time from, to;
    };
    template <class Holds>
    [[nodiscard]] std::vector<Span> spans(Time end, Holds holds) const;
    void judgeConfirmed(const View& view, Time end, std::vector<std::string>& faults) const;
    void judgeWell(const View& view, Time end, std::vector<std::string>& faults) const;
    void judgeDouble(const View& view, Time end, std::vector<std::string>& faults) const;

    int m_nodes;
    std::vector<TruthAt> m_truth;
    std::vector<View> m_views;
};

} // namespace iam::test
