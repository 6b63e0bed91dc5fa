"""A plan of attempts is the command's, and each of its attempts is permitted to one who asks again."""

from __future__ import annotations

import json
import pickle
import subprocess
from dataclasses import asdict
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import arrears
import pytest
from arrears import Answer, Case
from cases import MONDAY, NEW_YORK, call, calls_before, earlier, standing

PLAN: arrears.AttemptPlan = {
    "numbers": [{"number": "+1 212 555 0100", "kind": "mobile"}, {"number": "+1 212 555 0101", "kind": "work"}],
    "a_day": 3,
    "days": 4,
    "apart": 90,
    "slots": [{"from": time(9), "to": "12:00"}, {"from": "17:30", "to": "24:00"}],
    "drop_after": {"busy": 2, "no_answer": 5},
}
BUSY = [earlier(MONDAY - timedelta(days=days), "busy") for days in (10, 11)]
PEOPLE: dict[str, dict[str, Any]] = {
    "one": standing(),
    "called": standing(contacts=calls_before(5)),
    "called too often": standing(contacts=calls_before(9)),
    "spoken to": standing(contacts=[earlier(MONDAY - timedelta(days=2), "conversation")]),
    "busy": standing(contacts=BUSY),
    "busy perhaps": standing(contacts=[{**each, "outcome": None} for each in BUSY]),
    "no zone": standing(zones=[]),
    "nowhere": standing(jurisdiction="NZ"),
    "at night": standing(preferences=[{"kind": "inconvenient_time", "from": "08:00", "to": "24:00"}]),
}


def dialled(at: datetime = MONDAY, **more: Any) -> dict[str, Any]:
    """A call without what a plan says itself."""
    return {name: value for name, value in call(at, **more).items() if not name.startswith("number")}


def by_command(command: str, folder: Path, case: Case, plan: object, *more: str) -> dict[str, Any]:
    (folder / "plan.json").write_text(json.dumps(plan, default=lambda clock: f"{clock:%H:%M}"), encoding="utf-8")
    words = [command, "attempts", str(folder / "plan.json"), "--case", "-", "--json", *more]
    ran = subprocess.run(words, input=case.to_json(dialled()), capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 6, 7), ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    assert {"allow": 0, "review": 6, "block": 7}[told["answer"]] == ran.returncode
    return told


def as_data(found: arrears.Attempts) -> dict[str, Any]:
    """What Python says, in the command's words: of a reason only what it has."""
    fields = {
        "not_known": ("missing",),
        "result": ("result", "after", "at_least", "at_most"),
        "rules": ("at", "answer", "rules", "missing", "earliest"),
    }
    told = asdict(found)
    for number in told["numbers"]:
        if (why := number["left_out"]) is not None:
            number["left_out"] = {name: why[name] for name in ("why", *fields.get(why["why"], ()))}
    plain: dict[str, Any] = json.loads(json.dumps(told, default=lambda moment: moment.isoformat()))
    return plain


@pytest.mark.parametrize("nothing", [False, True])
@pytest.mark.parametrize("person", PEOPLE)
def test_every_field_is_the_commands(person: str, nothing: bool, command: str, tmp_path: Path) -> None:
    case = Case(PEOPLE[person], now=MONDAY, nothing_on_file=nothing)
    wanted = by_command(command, tmp_path, case, PLAN, *["--nothing-on-file"] * nothing)
    assert as_data(case.attempts(PLAN, dialled())) == wanted


def test_the_people_have_every_reason_and_every_answer() -> None:
    found = [
        Case(told, now=MONDAY, nothing_on_file=nothing).attempts(PLAN, dialled())
        for told in PEOPLE.values()
        for nothing in (False, True)
    ]
    reasons = {number.left_out.why for each in found for number in each.numbers if number.left_out is not None}
    assert reasons == {"not_known", "result", "rules"}
    assert {each.answer for each in found} == set(Answer)
    assert all(bool(each) == bool(each.attempts) for each in found)


def test_each_attempt_is_permitted_when_those_before_it_were_not_answered() -> None:
    told = standing(contacts=calls_before(3))
    found = Case(told, now=MONDAY, nothing_on_file=True).attempts(PLAN, dialled())
    assert len(found.attempts) == 4, "seven calls in seven days"
    for attempt in found.attempts:
        here = dialled(attempt.at, number=attempt.number, number_kind=attempt.kind)
        assert Case(told, now=attempt.at, nothing_on_file=True).answer(here), attempt
        told["contacts"].append({**here, "outcome": "no_answer"})
        assert attempt.at.astimezone(NEW_YORK).time() >= time(9)


def test_a_policy_s_own_guardrails_and_a_later_moment_bind_the_plan(command: str, tmp_path: Path) -> None:
    house = tmp_path / "house.rhai"
    house.write_text(
        'policy "house" #{ version: "1", currency: "USD", zone: "America/New_York", jurisdiction: "US-NJ" };\n'
        'stage "late" when dpd >= 1;\n'
        'guardrail "no calls on Mondays" when channel == "phone" && weekday == "mon" do refuse()\n'
        '    #{ says: "the bank does not call on Mondays", why: "people work" };\n',
        encoding="utf-8",
    )
    case = Case(standing(), now=MONDAY, policy=arrears.Policy.from_file(house), nothing_on_file=True)
    found = case.attempts(PLAN, dialled())
    assert found.attempts[0].at == datetime(2026, 12, 1, 9, tzinfo=NEW_YORK)
    assert as_data(found) == by_command(command, tmp_path, case, PLAN, "--policy", str(house), "--nothing-on-file")
    later = MONDAY + timedelta(days=3, hours=9)
    found = Case(standing(), now=later, nothing_on_file=True).attempts(PLAN, dialled())
    assert [each.at - later for each in found.attempts] == [timedelta(minutes=90 * turn) for turn in range(2)], (
        "not after nine"
    )
    over = Case(standing(), now=MONDAY + timedelta(days=5), nothing_on_file=True).attempts(PLAN, dialled())
    assert [number.left_out.why for number in over.numbers if number.left_out] == ["over", "over"]


def test_everything_that_is_wrong_is_said_with_its_place() -> None:
    case = Case(standing(), now=MONDAY)
    wrong: dict[str, Any] = {"numbers": [{"number": "1", "kind": "mobil"}], "a_day": 0, "days": 1, "slots": []}
    with pytest.raises(arrears.CaseError) as refused:
        case.attempts({**wrong, "per_day": object()}, dialled())
    paths = ["plan.per_day", "plan.numbers[0].kind", "plan.a_day", "plan.slots"]
    assert [path for path, _ in refused.value.problems] == paths
    with pytest.raises(arrears.CaseError) as refused:
        case.attempts(PLAN, call())
    assert [path for path, _ in refused.value.problems] == ["proposed.number", "proposed.number_kind"]
    with pytest.raises(arrears.CaseError, match="must be given"):
        case.attempts(PLAN)


def test_a_plan_that_was_made_can_be_kept_and_shown() -> None:
    found = Case(standing(), now=MONDAY, nothing_on_file=True).attempts(PLAN, dialled())
    assert pickle.loads(pickle.dumps(found)) == found
    assert f"{len(found.attempts)} attempts" in found._repr_html_()
