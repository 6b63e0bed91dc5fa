"""A contact is permitted, blocked or to be reviewed, and every word of the engine's answer is there."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import arrears
import pytest
from arrears import Answer, Case, Presumption, permit
from cases import LOS_ANGELES, MONDAY, NEW_YORK, NIGHT, call, calls_before, earlier, standing

HOURS, SEVEN, CONVERSATION = "US-REGF-6b1i-hours", "US-REGF-14b2A-7in7", "US-REGF-14b2B-conv7"


def closed(contact: dict[str, Any], **more: Any) -> arrears.Permission:
    """What is said of a contact with a person of whom nothing but what is given is on file."""
    return permit(standing(**more), contact, nothing_on_file=True)


def rules(permission: arrears.Permission) -> list[str]:
    return [rule.rule for rule in permission.rules]


def test_what_is_permitted_is_true_and_nothing_else_is() -> None:
    found = [closed(call()), permit(standing(), call()), closed(call(NIGHT))]
    assert [each.answer for each in found] == [Answer.ALLOW, Answer.REVIEW, Answer.BLOCK]
    assert [bool(each) for each in found] == [bool(each.answer) for each in found] == [True, False, False]
    assert (Answer.BLOCK, f"{Answer.REVIEW}") == ("block", "review")


def test_a_call_at_night_is_blocked_by_the_rule_and_may_be_made_in_the_morning() -> None:
    found = closed(call(NIGHT))
    (rule,) = found.rules
    assert (rule.rule, rule.pack, rule.answer, rule.strength) == (HOURS, "us-regf", Answer.BLOCK, "must")
    assert "12 CFR 1006.6(b)(1)(i)" in rule.cites
    assert "before 8 or from 21" in rule.says
    assert (rule.debts, rule.missing, found.missing) == (("A-1",), (), ())
    morning = datetime(2026, 12, 1, 8, tzinfo=NEW_YORK)
    assert found.earliest == found.earliest_unblocked == morning
    assert found.earliest is not None
    assert found.earliest.utcoffset() == timedelta(hours=-5)
    assert found.law == arrears.Law.shipped().stamp
    assert closed(call(morning))


def test_calls_are_counted_and_what_the_law_presumes_may_be_rebutted() -> None:
    six, seven = closed(call(), contacts=calls_before(6)), closed(call(), contacts=calls_before(7))
    assert [(used.rule, used.of, used.counted, used.limit) for used in six.counts] == [(SEVEN, "counted_call", 7, 7)]
    assert (six.answer, six.presumption, six.rebuttal) == (Answer.ALLOW, Presumption.COMPLIANCE, None)
    assert (seven.answer, seven.presumption, seven.rebuttal) == (Answer.BLOCK, Presumption.VIOLATION, None)
    assert rules(seven) == [SEVEN]
    required = closed(call(reason="required_by_law"), contacts=calls_before(7))
    assert (required.answer, required.rebuttal) == (Answer.BLOCK, True)
    offer = closed(call(reason="own_offer"), contacts=calls_before(7))
    assert (offer.answer, offer.rebuttal) == (Answer.BLOCK, False)


def test_after_a_conversation_calls_rest_for_seven_dates() -> None:
    spoken = closed(call(), contacts=[earlier(MONDAY - timedelta(days=2), "conversation")])
    assert rules(spoken) == [CONVERSATION]
    assert spoken.earliest == datetime(2026, 12, 5, 8, tzinfo=NEW_YORK)


def test_consent_lifts_the_rule_and_that_is_told() -> None:
    agreed = {"kind": "contact_time", "given_at": MONDAY - timedelta(days=3), "given_to": "collector"}
    found = closed(call(NIGHT), consents=[{**agreed, "from": "21:00", "to": "23:00"}])
    assert (found.answer, found.rules) == (Answer.ALLOW, ())
    assert [(each.rule, each.by) for each in found.lifted] == [(HOURS, "US-REGF-6b4-consent")]


def test_a_remark_is_told_beside_the_answer() -> None:
    just_now = [earlier(MONDAY - timedelta(minutes=3), "no_answer")]
    found = closed(call(), contacts=just_now)
    assert (found.answer, found.flags) == (Answer.ALLOW, ("rapid_succession",))


def test_what_is_not_known_is_for_a_person_and_it_is_said_where_it_is_told() -> None:
    found = permit(standing(), call())
    assert found.answer is Answer.REVIEW
    assert {"cease_contact", "represented", "dispute"} <= set(found.missing)
    assert set(found.missing) == {name for rule in found.rules for name in rule.missing}
    told = {each.missing: each for each in found.how_to_tell()}
    assert set(told) == set(found.missing)
    assert (told["cease_contact"].path, told["cease_contact"].expected) == (
        "standing.facts.cease_contact",
        "true or false",
    )


@pytest.mark.parametrize("name", ["contacts", "preferences", "zones", "jurisdiction"])
def test_a_list_that_is_not_given_is_not_known_and_none_says_the_same(name: str) -> None:
    known = everything_known()
    case = Case(known, now=MONDAY)
    assert case.permission(call()).answer is Answer.ALLOW
    absent = {key: value for key, value in known.items() if key != name}
    assert permit(absent, call()).answer is Answer.REVIEW
    if name in ("contacts", "preferences"):
        assert permit({**known, name: None}, call()) == permit(absent, call())


@pytest.mark.parametrize("fact", ["cease_contact", "represented"])
def test_a_fact_that_is_none_is_not_known(fact: str) -> None:
    known = everything_known()
    unknown = {**known, "facts": {**known["facts"], fact: None}}
    absent = {**known, "facts": {name: value for name, value in known["facts"].items() if name != fact}}
    assert permit(unknown, call()) == permit(absent, call())
    assert permit(unknown, call()).answer is Answer.REVIEW


def everything_known() -> dict[str, Any]:
    """A person of whom everything is known that a call to the debtor asks for."""
    no = ["cease_contact", "represented", "dispute", "minor", "deceased"]
    never = dict.fromkeys(["validation_notice", "initial_communication"], arrears.NEVER)
    return standing(events=never, facts={"collector": "third_party", **dict.fromkeys(no, False)})


def test_what_never_happened_is_said_so() -> None:
    document = json.loads(Case(everything_known(), now=MONDAY).to_json(call()))
    assert document["standing"]["events"] == {"validation_notice": None, "initial_communication": None}
    told = permit({**everything_known(), "events": {"validation_notice": date(2026, 11, 2)}}, call())
    assert told.answer is Answer.ALLOW


def test_a_jurisdiction_without_a_pack_permits_nothing() -> None:
    found = closed(call(), jurisdiction="NZ")
    assert (found.answer, found.rules, found.earliest) == (Answer.REVIEW, (), None)
    assert found.missing == ("no pack of law binds this account",)
    none = permit(standing(jurisdiction="NZ"), call(NIGHT), no_law="a test")
    assert (none.answer, none.law) == (Answer.ALLOW, "none: a test")


def test_the_hours_of_every_zone_are_kept_and_a_changed_clock_is_followed() -> None:
    both = closed(call(), zones=["America/New_York", "America/Los_Angeles"])
    assert (both.answer, both.earliest) == (Answer.BLOCK, datetime(2026, 11, 30, 8, tzinfo=LOS_ANGELES))
    saturday = datetime(2026, 3, 7, 12, tzinfo=NEW_YORK)
    before, changed, after = Case(standing(), now=saturday, nothing_on_file=True).days(call(saturday), 3)
    assert [day.date for day in (before, changed, after)] == [date(2026, 3, day) for day in (7, 8, 9)]
    assert before.periods[0].start == saturday
    assert changed.periods[-1].end - changed.periods[0].start == timedelta(hours=23)
    (open_hours,) = [period for period in changed.periods if period.answer]
    assert open_hours.start == datetime(2026, 3, 8, 8, tzinfo=NEW_YORK)
    assert open_hours.start.utcoffset() == timedelta(hours=-4)


def test_the_hours_of_a_day_are_what_is_permitted_at_each_of_them() -> None:
    case = Case(standing(contacts=calls_before(7)), now=MONDAY, nothing_on_file=True)
    week = case.days(call(), 7)
    assert len(week) == 7
    assert case.permission(call()).days() == week
    assert case.days(call(), 0) == ()
    for period in (period for day in week for period in day.periods):
        for at in (period.start, period.end - timedelta(minutes=1)):
            assert case.answer(call(at)) is period.answer, at
    assert case.permission(call()).earliest == next(p.start for day in week for p in day.periods if p.answer)
    with pytest.raises(ValueError, match="367 are asked for"):
        case.days(call(), 367)


def test_the_guardrails_of_a_policy_bind_beside_the_law_and_only_add() -> None:
    policy = arrears.Policy.from_source("""
        policy "house" #{ version: "1", currency: "USD", zone: "America/New_York", jurisdiction: "US-NJ" };
        stage "late" when dpd >= 1;
        guardrail "no calls on Mondays" when channel == "phone" && weekday == "mon" do refuse()
            #{ says: "the bank does not call on Mondays", why: "people work" };
    """)
    case = Case(standing(), now=MONDAY, policy=policy, nothing_on_file=True)
    assert rules(case.permission(call())) == ["no calls on Mondays"]
    assert rules(case.permission(call(NIGHT))) == [HOURS, "no calls on Mondays"]
    assert case.permission(call(MONDAY + timedelta(days=1)))


def test_a_case_says_of_each_contact_what_permit_says() -> None:
    case = Case(standing(contacts=calls_before(7)), now=MONDAY, nothing_on_file=True)
    for contact in (call(), call(NIGHT), call(recipient="spouse"), call(channel="email", address_kind="work")):
        alone = permit(standing(contacts=calls_before(7)), contact, now=MONDAY, nothing_on_file=True)
        assert case.permission(contact) == alone
        assert case.answer(contact) is alone.answer
        again = Case.from_json(case.to_json(contact), nothing_on_file=True)
        assert again.permission() == alone
        assert again.days(days=1) == case.days(contact, 1)


def test_a_case_is_read_from_a_file(tmp_path: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(Case(standing(), now=MONDAY).to_json(call(NIGHT)), encoding="utf-8")
    case = Case.from_file(path, nothing_on_file=True)
    assert case.permission().answer is Answer.BLOCK
    assert case.permission(call()).answer is Answer.ALLOW
    assert repr(case) == "<Case of A-1 under US-NJ>"


def test_what_lies_after_now_is_not_known_yet_and_now_may_be_earlier() -> None:
    later = standing(contacts=[earlier(MONDAY - timedelta(days=2), "conversation")])
    assert permit(later, call(), nothing_on_file=True).answer is Answer.BLOCK
    assert permit(later, call(), now=MONDAY - timedelta(days=3), nothing_on_file=True)


def test_dataclasses_of_a_host_and_texts_are_taken_as_dicts_are() -> None:
    @dataclasses.dataclass
    class Times:
        kind: str
        from_: str
        to: str | None = None
        weekdays: list[str] | None = None

    given = Times("inconvenient_time", "17:00")
    plain = {"kind": "inconvenient_time", "from": "17:00"}
    at = MONDAY.replace(hour=18)
    assert closed(call(at), preferences=[given]) == closed(call(at.isoformat()), preferences=[plain])
    assert rules(closed(call(at), preferences=[given])) == ["US-REGF-6b1i-known-inconvenient"]
    assert closed(call(at.astimezone(ZoneInfo("Asia/Tokyo"))), preferences=[given]).answer is Answer.BLOCK


def test_a_permission_can_be_copied_sent_and_told_as_data() -> None:
    found = closed(call(NIGHT))
    for again in (copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert again == found
        assert again.days(2) == found.days(2)
        assert again.how_to_tell() == found.how_to_tell()
    told = found.to_dict()
    assert set(told) == {field.name for field in dataclasses.fields(found) if not field.name.startswith("_")}
    assert told["rules"][0]["rule"] == HOURS
    assert told["answer"] == "block"


def test_many_threads_may_ask_one_case_at_once() -> None:
    case = Case(standing(contacts=calls_before(7)), now=MONDAY, nothing_on_file=True)
    contacts = [call(MONDAY + timedelta(hours=hour)) for hour in range(48)]
    alone = [case.permission(contact) for contact in contacts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(case.permission, contacts)) == alone


def test_a_notebook_shows_the_rules_and_the_hours() -> None:
    found = permit(standing(contacts=calls_before(7)), call(NIGHT, number="<b>"))
    shown = found._repr_html_()
    for said in (HOURS, SEVEN, "12 CFR 1006.6(b)(1)(i)", "at no hour", "standing.facts.cease_contact", "Mon 30 Nov"):
        assert said in shown
    assert "08:00-21:00" in closed(call(NIGHT))._repr_html_()
    assert "<b>" not in shown
    assert closed(call(NIGHT)).days()._repr_html_().count("at no hour") == 1
    assert "review" in permit(standing(zones=[]), call())._repr_html_()
