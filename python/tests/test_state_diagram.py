"""The ladder of a policy, as a picture and as text."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
import arrears
import arrears.plot as plot

EXAMPLES = Path(__file__).parents[2] / "examples"


def lines_of(drawn: str) -> set[str]:
    """The texts of a picture."""
    return {"".join(each.itertext()) for each in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")}


@pytest.fixture(scope="module")
def card() -> arrears.Policy:
    return arrears.Policy.from_file(EXAMPLES / "policies" / "cn-card.rhai")


def test_a_state_diagram_lists_every_stage(card: arrears.Policy, tmp_path: Path) -> None:
    diagram = plot.state_diagram(card)
    assert set(card.stages) <= lines_of(diagram.svg)
    assert all(f'"{stage}' in diagram.mermaid for stage in card.stages)
    assert diagram.mermaid.startswith("stateDiagram-v2\n")
    assert diagram._repr_html_().count("<svg") == 1
    assert diagram.save(tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert diagram.save(tmp_path / "a.svg").read_text(encoding="utf-8") == diagram._repr_svg_() == diagram.svg
    assert diagram.save(tmp_path / "a.mmd").read_text(encoding="utf-8") == diagram.mermaid


def arrows(diagram: plot.StateDiagram) -> set[tuple[str, str, str]]:
    lines = [line.strip() for line in diagram.mermaid.splitlines()]
    named = {}
    for line in lines:
        if line.startswith('state "') and line.endswith('"') is False and " as " in line:
            name, _, number = line.removeprefix('state "').partition('" as ')
            named[number.removesuffix(" {")] = name.split(" (")[0]
    found = set()
    for line in lines:
        start, arrow, rest = line.partition(" --> ")
        if arrow and start != "[*]":
            end, _, word = rest.partition(" : ")
            found.add((named[start], named[end], word))
    return found


def test_ways_down_lead_from_every_more_severe_stage_but_a_latch(card: arrears.Policy) -> None:
    drawn = arrows(plot.state_diagram(card))
    ladder = ["current", "pre_due", "grace", "reminder", "firm", "warning", "visit", "legal"]
    assert drawn == {
        *((low, high, "a step up") for low, high in pairwise(ladder)),
        *((stage, "current", "cure") for stage in ladder[1:]),
        ("firm", "reminder", "ease"), ("warning", "reminder", "ease"), ("visit", "reminder", "ease"),
        ("warning", "firm", "ease"), ("visit", "firm", "ease"), ("visit", "warning", "ease"),
    }  # fmt: skip


def small(escalate: str, ways: str = 'ease to "a" when dpd in 1..30; cure when dpd == 0;') -> arrears.Policy:
    return arrears.Policy.from_source(f"""
        policy "small" #{{ version: "1", currency: "GBP", zone: "Europe/London" }};
        debtor "anyone" otherwise;
        stage "a" when dpd >= 1;
        stage "b" when dpd >= 30;
        {escalate}
        {ways}
        assume opted_out("letter") = false #{{ why: "a test" }};
        treatment "note" in ["a", "b"] do letter(#{{ every: 7 }});
    """)


def test_the_way_up_is_that_of_the_mode() -> None:
    skip = arrows(plot.state_diagram(small('escalate #{ mode: "skip" };')))
    assert {move for move in skip if move[2] == "up"} == {
        ("current", "a", "up"),
        ("current", "b", "up"),
        ("a", "b", "up"),
    }
    free = arrows(plot.state_diagram(small('escalate #{ mode: "free" };', ways="")))
    assert {move for move in free if move[2] == "down"} == {
        (high, low, "down") for low, high, word in skip if word == "up"
    }
    steps = arrows(plot.state_diagram(small('escalate #{ mode: "sequential" };')))
    assert {move for move in steps if "up" in move[2]} == {("current", "a", "a step up"), ("a", "b", "a step up")}


def test_a_stage_that_only_a_cure_leaves_is_not_eased_however_it_is_written() -> None:
    for escalate in ('latches: ["b"]', "latches: held"):
        latched = plot.state_diagram(small(f'let held = ["b"]; escalate #{{ mode: "sequential", {escalate} }};'))
        assert not [move for move in arrows(latched) if move[2].startswith("ease")]
        assert "left by a cure only" in lines_of(latched.svg)
    free = plot.state_diagram(small('escalate #{ mode: "sequential" };'))
    assert ("b", "a", "ease") in arrows(free)
    assert "left by a cure only" not in lines_of(free.svg)
