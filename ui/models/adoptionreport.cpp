// SPDX-FileCopyrightText: 2026 IAM Console contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/adoptionreport.h"
#include "contract/json.h"
#include <algorithm>
#include <set>

namespace iam::models {

using contract::Json;

namespace {

constexpr int maxDepth = 8;
constexpr std::size_t maxName = 64; ///< of a kind, a table, a choice
constexpr std::size_t maxChoices = 16;
constexpr int maxStep = 999;

/// Takes members out of one object. What is missing or of another kind makes the whole faulty.
class Taker {
public:
    explicit Taker(const Json& object)
        : m_object(object)
        , m_good(object.object() != nullptr)
    {
    }

    std::string text(std::string_view name)
    {
        const Json* value = m_object.find(name);
        if (value != nullptr && value->string() != nullptr) return *value->string();
        m_good = false;
        return {};
    }
    std::string optionalText(std::string_view name) { return m_object.find(name) == nullptr ? "" : text(name); }
    std::uint64_t number(std::string_view name) { return numberOf(m_object.find(name)); }
    bool boolean(std::string_view name)
    {
        const Json* value = m_object.find(name);
        if (value != nullptr && value->boolean() != nullptr) return *value->boolean();
        m_good = false;
        return false;
    }
    int step()
    {
        const std::uint64_t value = number("step");
        if (value > maxStep) m_good = false;
        return static_cast<int>(std::min<std::uint64_t>(value, maxStep));
    }
    /// A word of small letters, digits and hyphens.
    std::string word(std::string_view name) { return checked(text(name)); }
    std::string checked(std::string value)
    {
        const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
        if (value.empty() || value.size() > maxName || !std::all_of(value.begin(), value.end(), plain)) m_good = false;
        return value;
    }
    const Json::Array& array(std::string_view name)
    {
        static const Json::Array none;
        const Json* value = m_object.find(name);
        if (value != nullptr && value->array() != nullptr) return *value->array();
        m_good = false;
        return none;
    }
    const Json& object(std::string_view name)
    {
        static const Json none;
        const Json* value = m_object.find(name);
        if (value != nullptr && value->object() != nullptr) return *value;
        m_good = false;
        return none;
    }
    std::vector<std::string> texts(std::string_view name)
    {
        std::vector<std::string> out;
        for (const Json& value : array(name)) {
            if (value.string() == nullptr)
                m_good = false;
            else
                out.push_back(*value.string());
        }
        return out;
    }
    std::uint64_t numberOf(const Json* value)
    {
        if (value != nullptr && value->integer() != nullptr && *value->integer() >= 0)
            return static_cast<std::uint64_t>(*value->integer());
        if (value != nullptr && value->bigInteger() != nullptr) return *value->bigInteger();
        m_good = false;
        return 0;
    }
    void refuseUnless(bool good) { m_good = m_good && good; }
    [[nodiscard]] bool good() const { return m_good; }

private:
    const Json& m_object;
    bool m_good;
};

Result<Json> readLine(std::string_view line)
{
    if (line.size() > maxAdoptionLine) return fail(Code::AnswerTooLarge, "a line of the report is too long");
    auto json = contract::parseWholeJson(line, maxDepth);
    if (!json || json->object() == nullptr) return fail(Code::AnswerInvalid, "a line of the report is no JSON object");
    return json;
}

bool readFinding(const Json& json, AdoptionFinding& finding)
{
    Taker take(json);
    finding.key = take.text("key");
    finding.table = take.word("table");
    finding.id = take.number("id");
    finding.kind = take.word("kind");
    finding.about = take.text("about");
    finding.message = take.text("message");
    finding.choices = take.texts("choices");
    finding.proposal = take.text("proposal");
    take.refuseUnless(finding.choices.size() <= maxChoices);
    for (const std::string& choice : finding.choices) take.checked(choice);
    // Decisions are written by it.
    take.refuseUnless(finding.key == finding.kind + '.' + finding.table + '-' + std::to_string(finding.id));
    const std::string verb = finding.proposal.substr(0, finding.proposal.find(' '));
    take.refuseUnless(finding.proposal.empty() ||
                      std::find(finding.choices.begin(), finding.choices.end(), verb) != finding.choices.end());
    return take.good();
}

bool readPasswords(const Json& json, AdoptionReport::Passwords& passwords)
{
    Taker take(json);
    const Json& costs = take.object("bcryptCosts");
    if (costs.object() == nullptr) return false;
    for (const auto& [name, count] : *costs.object()) {
        const bool number = !name.empty() && name.size() <= 2 &&
                            std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
        take.refuseUnless(number);
        if (number) passwords.bcryptCosts.insert_or_assign(std::stoi(name), take.numberOf(&count));
    }
    passwords.unusable = take.number("unusable");
    passwords.untouchedForAYear = take.number("untouchedForAYear");
    passwords.untouchedForThreeYears = take.number("untouchedForThreeYears");
    passwords.oldest = take.optionalText("oldest");
    return take.good();
}

bool readSurvey(Taker& take, AdoptionReport& report)
{
    for (const Json& json : take.array("tables")) {
        Taker table(json);
        report.tables.push_back(
            {table.text("name"), table.number("rows"), table.text("collation"), table.text("engine")});
        take.refuseUnless(table.good());
    }
    Taker users(take.object("users"));
    report.disabledUsers = users.number("disabled");
    report.administrators = users.number("administrators");
    report.neverLoggedIn = users.number("neverLoggedIn");
    take.refuseUnless(users.good() && readPasswords(take.object("passwords"), report.passwords));
    Taker charset(take.object("charset"));
    report.wideColumns = charset.texts("wideColumns");
    report.textsBeyondThreeBytes = charset.number("textsBeyondThreeBytes");
    take.refuseUnless(charset.good());
    report.notes = take.texts("notes");
    std::set<std::string> keys;
    for (const Json& json : take.array("findings")) {
        AdoptionFinding finding;
        if (!readFinding(json, finding) || !keys.insert(finding.key).second) return false;
        report.findings.push_back(std::move(finding));
    }
    return take.good();
}

const std::map<std::string, AdoptionReport::Form>& forms()
{
    using Form = AdoptionReport::Form;
    static const std::map<std::string, Form> names{
        {"empty", Form::Empty}, {"old", Form::Old}, {"ours", Form::Ours}, {"unknown", Form::Unknown}};
    return names;
}

const std::map<std::string, AdoptionNews::Kind>& kinds()
{
    using Kind = AdoptionNews::Kind;
    static const std::map<std::string, Kind> names{{"told", Kind::Told},         {"begun", Kind::Begun},
                                                   {"done", Kind::Done},         {"before", Kind::DoneBefore},
                                                   {"finished", Kind::Finished}, {"failed", Kind::Failed}};
    return names;
}

} // namespace

bool AdoptionReport::begun() const
{
    return !steps.empty() && (goingBack() || !steps.contains(lastStepThere));
}

bool AdoptionReport::goingBack() const
{
    return steps.lower_bound(firstStepBack) != steps.end();
}

bool AdoptionReport::decided() const
{
    return steps.contains(decisionsStep);
}

Result<AdoptionReport> readAdoptionReport(std::string_view line)
{
    const auto json = readLine(line);
    if (!json) return fail(json);
    Taker take(*json);
    AdoptionReport report;
    report.place = take.text("place");
    const auto form = forms().find(take.text("form"));
    take.refuseUnless(form != forms().end());
    report.takenOver = take.boolean("takenOver");
    for (const Json& one : take.array("steps")) {
        Taker step(one);
        const int number = step.step();
        report.steps.insert_or_assign(number, step.text("note"));
        take.refuseUnless(step.good());
    }
    if (take.good()) {
        report.form = form->second;
        if (report.form != AdoptionReport::Form::Old || readSurvey(take, report)) return report;
    }
    return fail(Code::AnswerInvalid, "the report has not the shape that was expected");
}

Result<AdoptionNews> readAdoptionNews(std::string_view line)
{
    const auto json = readLine(line);
    if (!json) return fail(json);
    if (json->find("event") == nullptr) return fail(Code::PageNotFound, "the line tells no news");
    Taker take(*json);
    AdoptionNews news;
    const auto kind = kinds().find(take.text("event"));
    take.refuseUnless(kind != kinds().end());
    if (kind != kinds().end()) news.kind = kind->second;
    if (news.kind == AdoptionNews::Kind::Failed) {
        news.stopped = take.boolean("stopped");
        news.words = take.text("detail");
        for (const Json& one : take.array("faults")) {
            Taker fault(one);
            news.faults.push_back({fault.text("field"), fault.text("message")});
            take.refuseUnless(fault.good());
        }
    } else if (news.kind != AdoptionNews::Kind::Finished) {
        news.step = take.step();
        news.words = take.text("words");
        news.note = take.text("note");
    }
    if (!take.good()) return fail(Code::AnswerInvalid, "a line of the report has not the shape that was expected");
    return news;
}

} // namespace iam::models
