"""What is said of a contact, and what packs say, is what the command says."""

from __future__ import annotations

import json
import subprocess
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import arrears
import pytest
from arrears import Case
from cases import LOS_ANGELES, MONDAY, NIGHT, call, calls_before, earlier, standing

HOUSE = """
policy "house" #{ version: "1", currency: "USD", zone: "America/New_York", jurisdiction: "US-NJ" };
stage "late" when dpd >= 1;
guardrail "no calls on Mondays" when channel == "phone" && weekday == "mon" do refuse()
    #{ says: "the bank does not call on Mondays", why: "people work" };
"""
CONSENT = {"kind": "contact_time", "given_at": MONDAY - timedelta(days=3), "given_to": "collector", "from": "21:00"}
SPELL = {"fact": "cease_contact", "from": date(2026, 11, 1), "to": date(2026, 12, 3), "debts": ["B-2"]}
PEOPLE: dict[str, dict[str, Any]] = {
    "one": standing(),
    "called": standing(contacts=calls_before(7)),
    "spoken to": standing(contacts=[earlier(MONDAY - timedelta(days=2), "conversation")]),
    "agreed": standing(consents=[CONSENT]),
    "two debts": standing(debts=[{"id": "A-1"}, {"id": "B-2"}], spells=[SPELL]),
    "two zones": standing(zones=["America/New_York", "America/Los_Angeles"]),
    "no zone": standing(zones=[]),
    "in China": standing(jurisdiction="CN", zones=["Asia/Shanghai"]),
    "in Ontario": standing(jurisdiction="CA-ON", zones=["America/Toronto"], events={"written_notice": "2026-11-20"}),
    "nowhere": standing(jurisdiction="NZ"),
}
CONTACTS: dict[str, dict[str, Any]] = {
    "by day": call(),
    "by night": call(NIGHT),
    "in spring": call(datetime(2027, 3, 13, 20, tzinfo=LOS_ANGELES)),
    "on Christmas": call(datetime(2026, 12, 25, 10, tzinfo=LOS_ANGELES), reason="own_offer"),
    "a letter": call(channel="letter", address_kind="home"),
    "a text to a parent": call(channel="sms", recipient="parent", opt_out_notice=True),
}


@pytest.fixture(scope="module")
def asked(command: str) -> str:
    """The command, if it knows how to be asked."""
    told = subprocess.run([command, "--help"], check=True, capture_output=True, text=True).stdout
    if "permit" not in told:
        pytest.skip("the command is older than `arrears permit`")
    return command


def by_command(command: str, document: str, *more: str) -> dict[str, Any]:
    ran = subprocess.run(
        [command, "permit", "--case", "-", "--json", *more], input=document, capture_output=True, text=True, check=False
    )
    assert ran.returncode in (0, 6, 7), ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout)
    assert {"allow": 0, "review": 6, "block": 7}[told["answer"]] == ran.returncode
    return told


def as_data(case: Case, contact: dict[str, Any]) -> dict[str, Any]:
    """What Python says, in the command's words."""
    found = case.permission(contact)

    def moment(at: datetime | None) -> str | None:
        return None if at is None else at.isoformat()

    days = [
        {
            "date": day.date.isoformat(),
            "holidays": list(day.holidays),
            "periods": [
                {"from": moment(each.start), "to": moment(each.end), "answer": str(each.answer)} for each in day.periods
            ],
        }
        for day in found.days(7)
    ]
    counts = [{"class": each.of, **{k: v for k, v in asdict(each).items() if k != "of"}} for each in found.counts]
    told = found.to_dict() | {
        "counts": counts,
        "earliest": moment(found.earliest),
        "earliest_unblocked": moment(found.earliest_unblocked),
        "how_to_tell": [asdict(each) for each in found.how_to_tell()],
        "days": days,
    }
    plain: dict[str, Any] = json.loads(json.dumps(told))
    return plain


@pytest.mark.parametrize("contact", CONTACTS)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_field_is_the_commands(person: str, contact: str, asked: str) -> None:
    for nothing in (False, True):
        case = Case(PEOPLE[person], now=MONDAY, nothing_on_file=nothing)
        wanted = by_command(asked, case.to_json(CONTACTS[contact]), *["--nothing-on-file"] * nothing)
        assert as_data(case, CONTACTS[contact]) == wanted


def test_the_law_and_the_policy_are_chosen_as_for_the_command(asked: str, tmp_path: Any) -> None:
    house, own = tmp_path / "house.rhai", tmp_path / "own.rhai"
    house.write_text(HOUSE, encoding="utf-8")
    own.write_text(arrears.packs()["us-regf"].text.replace('"08:00-21:00"', '"10:00-12:00"'), encoding="utf-8")
    known = standing(contacts=calls_before(5))
    policy = arrears.Policy.from_file(house)
    tighter = arrears.Law.shipped().with_thresholds({"us-regf.calls_in_window": 5})
    ways: list[tuple[dict[str, Any], list[str]]] = [
        ({"policy": policy}, ["--policy", str(house)]),
        ({"packs": [own]}, ["--pack", str(own)]),
        ({"enable": ["US-BK-362-stay"]}, ["--enable", "US-BK-362-stay"]),
        ({"law": arrears.Law.shipped().with_unverified()}, ["--unverified"]),
        ({"law": tighter}, ["--set", "us-regf.calls_in_window=5"]),
    ]
    answers = set()
    for python, words in ways:
        case = Case(known, now=MONDAY, **python)
        wanted = by_command(asked, case.to_json(call()), *words)
        assert as_data(case, call()) == wanted
        answers.add(json.dumps(wanted))
    assert len(answers) == len(ways)


def test_what_is_wrong_is_what_the_command_says_is_wrong(asked: str) -> None:
    document = json.dumps(
        {
            "standing": {"debts": [{"id": "A", "no": 1}], "zones": ["Mars"], "contacts": [{"channel": "fone"}]},
            "proposed": {"at": "2026-11-30T09:00:00", "channel": "phone", "debts": ["B"]},
            "then": None,
        }
    )
    ran = subprocess.run(
        [asked, "permit", "--case", "-", "--json"], input=document, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 3
    wanted = [(each["path"], each["message"]) for each in json.loads(ran.stdout)["error"]["problems"]]
    with pytest.raises(arrears.CaseError) as refused:
        Case.from_json(document)
    assert list(refused.value.problems) == wanted
    told = json.loads(document)
    with pytest.raises(arrears.CaseError) as refused:
        arrears.permit(told["standing"], told["proposed"])
    assert sorted(refused.value.problems) == sorted(each for each in wanted if each[0] != "then")


def test_the_packs_are_the_commands(asked: str) -> None:
    for on in (None, date(2026, 11, 30), date(2020, 1, 1)):
        words = [] if on is None else ["--on", on.isoformat()]
        ran = subprocess.run([asked, "packs", "--json", *words], check=True, capture_output=True, text=True)
        wanted = json.loads(ran.stdout)["packs"]
        packs = arrears.packs(on=on)
        assert [pack.name for pack in packs] == [pack["name"] for pack in wanted]
        for pack, told in zip(packs, wanted, strict=True):
            named = {"start": "from", "end": "to"}
            for name, value in asdict(pack).items():
                if name in ("rules", "thresholds", "text"):
                    continue
                assert (value.isoformat() if isinstance(value, date) else value) == told[named.get(name, name)], name
            assert list(pack.thresholds) == [each["name"] for each in told["thresholds"]]
            assert [str(each.value) for each in pack.thresholds.values()] == [
                each["value"] for each in told["thresholds"]
            ]
            assert len(pack.rules) == len(told["rules"])
            for rule, of in zip(pack.rules, told["rules"], strict=True):
                names = ("rule", "kind", "status", "strength", "basis", "certainty", "cites", "says")
                assert [getattr(rule, name) for name in names] == [of[name] for name in names]
                assert rule.binds == of["binds"]
                # A rule binds on a day only if its pack is in force then.
                assert not (rule.binds and not pack.in_force)
                assert (rule.not_covered, rule.part) == (of["not_covered"], of.get("part"))
