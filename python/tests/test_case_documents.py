"""What is told of a person and a contact is read whole or not at all, and whatever is told, nothing breaks."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

import arrears
import numpy as np
import pandas as pd
import pytest
from arrears import Case, CaseError, permit
from cases import MONDAY, call, standing
from hypothesis import given, settings
from hypothesis import strategies as st


def wrong(known: Any, contact: Any, **more: Any) -> dict[str, str]:
    """What is wrong, by path."""
    with pytest.raises(CaseError) as refused:
        permit(known, contact, **more)
    for path, message in refused.value.problems:
        assert f"{path}: {message}" in str(refused.value)
    return dict(refused.value.problems)


def test_everything_that_is_wrong_is_told_at_once_with_its_path() -> None:
    known = standing(
        zones=["America/New_Yrok"],
        contacts=[call(outcome="no_anser"), call(MONDAY.replace(tzinfo=None))],
        spells=[{"fact": "dispute", "from": "2026-11-30", "to": "2026-11-01"}],
        facts={"collector": 4, "colector": "third_party"},
        surname="Doe",
    )
    found = wrong(known, {"channel": "fone", "debts": ["B-1"], "recipient": {"a", "b"}}, now=date(2026, 11, 30))
    assert set(found) == {
        "standing.zones[0]",
        "standing.contacts[0].outcome",
        "standing.contacts[1].at",
        "standing.spells[0]",
        "standing.facts.collector",
        "standing.facts.colector",
        "standing.surname",
        "proposed.at",
        "proposed.channel",
        "proposed.recipient",
        "now",
    }
    assert "did you mean `America/New_York`?" in found["standing.zones[0]"]
    assert "has no offset from UTC" in found["standing.contacts[1].at"]
    assert "`fone` is no channel" in found["proposed.channel"]


def test_a_case_and_each_contact_of_it_say_what_is_wrong_with_them() -> None:
    with pytest.raises(CaseError) as refused:
        Case({"debts": [], "zones": ["Mars"]}, now=datetime(2026, 11, 30))
    assert {path for path, _ in refused.value.problems} >= {"now"}
    with pytest.raises(CaseError) as refused:
        Case({"debts": [], "zones": ["Mars"]}, now=MONDAY)
    assert [path for path, _ in refused.value.problems] == ["standing.zones[0]", "standing.debts"]
    case = Case(standing(), now=MONDAY)
    for ask in (case.permission, case.answer, case.days, case.to_json):
        with pytest.raises(CaseError) as refused:
            ask({"at": MONDAY, "channel": "fone", "debts": ["B"], "number": object()})
        assert [path for path, _ in refused.value.problems] == ["proposed.number", "proposed.channel"]
    for ask in (case.permission, case.answer, case.days):
        with pytest.raises(CaseError, match="proposed: missing"):
            ask()
    with pytest.raises(CaseError, match=r"proposed\.debts: `B` is none of the person's debts"):
        case.permission(call(debts=["B"]))
    with pytest.raises(CaseError, match=r"proposed\.at: .* before the moment of the case"):
        case.permission(call(MONDAY - timedelta(hours=1)))


def test_the_types_have_the_fields_of_the_published_schema(root: Path) -> None:
    schema = json.loads((root / "crates/arrears/schema/case-1.schema.json").read_text(encoding="utf-8"))["$defs"]
    ours = {name: getattr(arrears, name) for name, told in schema.items() if "properties" in told}
    assert {"Standing", "Contact", "Spell"} <= set(ours)
    for name, kind in ours.items():
        assert set(get_type_hints(kind)) == set(schema[name]["properties"]), name
        assert set(schema[name].get("required", [])) <= kind.__required_keys__, name


def test_none_is_never_taken_for_never() -> None:
    found = wrong(standing(events={"validation_notice": None}), call())
    assert "arrears.NEVER" in found["standing.events.validation_notice"]
    read = Case.from_json('{"standing": {"debts": [{"id": "A"}], "events": {"validation_notice": null}}, '
                          '"proposed": {"at": "2026-11-30T09:00:00Z", "channel": "letter"}}')  # fmt: skip
    assert read.permission().answer is arrears.Answer.REVIEW


def test_a_fact_that_is_not_known_of_one_debt_is_not_taken_from_all() -> None:
    debts = [{"id": "A", "facts": {"dispute": None}}, {"id": "B"}]
    found = wrong(standing(debts=debts, facts={"dispute": False}), call())
    assert list(found) == ["standing.debts[0].facts.dispute"]
    told = permit(standing(debts=[{"id": "A"}, {"id": "B", "facts": {"dispute": False}}]), call())
    assert permit(standing(debts=[debts[0], {"id": "B", "facts": {"dispute": False}}]), call()) == told


def test_a_file_in_which_a_field_stands_twice_is_refused() -> None:
    text = Case(standing(), now=MONDAY).to_json(call()).replace('"channel"', '"channel": "sms", "channel"', 1)
    with pytest.raises(CaseError, match="stands twice"):
        Case.from_json(text)
    with pytest.raises(CaseError, match="not a JSON document"):
        Case.from_json("{")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (float("nan"), "too large, or none"),
        (2**70, "too large, or none"),
        (Decimal("1.5"), "a Decimal, which no field takes"),
        (b"phone", "a bytes, which no field takes"),
        ("\ud800", "half a character"),
        (pd.NaT, "no moment"),
        (time(8, 0, 30), "to the minute"),
        (np.zeros(3), "a ndarray, which no field takes"),
    ],
)
def test_a_value_that_cannot_be_written_is_told_by_its_path(value: object, said: str) -> None:
    found = wrong(standing(), call(channel=value))
    assert said in found["proposed.channel"]


def test_a_value_that_holds_itself_is_told_and_not_followed() -> None:
    endless: dict[str, Any] = {}
    endless["facts"] = endless
    found = wrong({**standing(), **endless, "spells": [endless]}, call())
    assert any("a value cannot hold itself" in message for message in found.values())


def test_values_of_other_libraries_are_taken_for_what_they_are() -> None:
    plain = permit(standing(facts={"collector": "third_party", "cease_contact": False}), call())
    facts = {"collector": np.str_("third_party"), "cease_contact": np.False_}
    assert permit(standing(facts=facts), call(pd.Timestamp(MONDAY))) == plain
    assert permit(standing(facts=pd.Series(facts).to_dict()), call(MONDAY.astimezone(UTC))) == plain
    before_zones = datetime(2026, 11, 30, 14, tzinfo=timezone(timedelta(hours=-4, minutes=-56, seconds=-2)))
    assert permit(standing(), call(before_zones)).answer is arrears.Answer.REVIEW


NAMES = sorted(
    {"at", "channel", "jurisdiction", "zones", "debts", "contacts", "facts", "events", "spells", "consents", "id", "to"}
    | {"from", "fact", "kind", "given_at", "outcome", "recipient", "until", "weekdays", "refusals", "channels"}
)


@dataclasses.dataclass
class Own:
    """A class of the host's."""

    at: object
    from_: object


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=5)
    | st.text(alphabet=st.characters(categories=["Cs"]), max_size=2)
    | st.binary(max_size=3)
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.sampled_from(["phone", "America/New_York", "US-NJ", "third_party", "dispute", "24:00", "mon", arrears.NEVER])
    | st.sampled_from(
        [Ellipsis, object(), Own, np.float64("nan"), np.int8(3), pd.NA, pd.NaT, pd.Timestamp(0, tz="UTC")]
    )
)
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        | st.dictionaries(st.none() | st.integers() | st.text(max_size=3) | st.binary(max_size=2), inner, max_size=2)
        | st.builds(Own, inner, inner)
        | st.tuples(inner)
        | st.frozensets(st.integers(), max_size=2)
    ),
    max_leaves=12,
)
standings = values | st.fixed_dictionaries({}, optional=dict.fromkeys(standing(), values))
contacts = values | st.fixed_dictionaries({}, optional=dict.fromkeys(call(), values))


@settings(max_examples=400, deadline=None)
@given(standings, contacts, st.none() | values)
def test_whatever_is_told_is_answered_or_refused_with_reasons(known: Any, contact: Any, now: Any) -> None:
    asked: list[Callable[[], arrears.Permission]] = [
        lambda: permit(known, contact, now=now),
        lambda: permit(standing(), contact),
        lambda: permit(known, call()),
        lambda: Case(known, now=now).permission(contact),
    ]
    for ask in asked:
        try:
            answer = ask().answer
        except CaseError as refused:
            assert refused.problems
            assert all(isinstance(path, str) and message for path, message in refused.problems)
        else:
            assert answer in arrears.Answer


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(call())), values, max_size=4))
def test_a_contact_that_is_partly_nonsense_is_never_permitted_because_of_it(more: dict[str, Any]) -> None:
    case = Case(standing(), now=MONDAY)
    assert case.answer(call()) is arrears.Answer.REVIEW
    try:
        found = case.permission(call() | more)
    except CaseError as refused:
        assert all(path.split(".")[0].split("[")[0] == "proposed" for path, _ in refused.problems)
    else:
        assert found.answer is not arrears.Answer.ALLOW or "channel" in more or "recipient" in more
