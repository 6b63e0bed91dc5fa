"""Policies: what they say, what is wrong with them, what their tests find."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from pathlib import Path

import arrears
import pytest
from test_tables import SMALL


def test_everything_wrong_with_a_policy_is_told_with_its_place_and_help() -> None:
    with pytest.raises(arrears.PolicyError) as refused:
        arrears.Policy.from_source(
            SMALL.replace("when dpd >= 1", "wen dpd >= 1").replace("overdue >= least", "overdu > 3")
        )
    found = {problem.code: problem for problem in refused.value.diagnostics}
    slip = found["P001"]
    assert slip.place is not None
    assert (slip.place.file, slip.place.line, slip.replacement) == ("policy.rhai", 4, "when")
    assert slip.help == "did you mean `when`?"
    assert "did you mean `when`?" in str(refused.value)
    assert str(slip).startswith("policy.rhai:4:")
    assert len(found) >= 2
    # What was raised reaches another process whole.
    again = pickle.loads(pickle.dumps(refused.value))
    assert again.diagnostics == refused.value.diagnostics
    assert str(again) == str(refused.value)


def test_a_file_is_checked_without_raising(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "slip.rhai"
    path.write_text(SMALL.replace("stage", "stag", 1))
    assert any(problem.severity == "error" for problem in arrears.Policy.check(path))
    assert not any(
        problem.severity == "error" for problem in arrears.Policy.check(root / "examples/policies/cn-card.rhai")
    )


def test_thresholds_are_decimals_with_their_ranges_and_reasons(card: arrears.Policy) -> None:
    small = arrears.Policy.from_source(SMALL)
    least = small.thresholds["least"]
    assert (least.value, least.low, least.high, least.kind) == (
        Decimal("50.00"),
        Decimal("10.00"),
        Decimal("500.00"),
        "money",
    )
    assert least.why.startswith("a letter costs")
    assert all(each.low <= each.value <= each.high for each in card.thresholds.values())


def test_other_thresholds_are_another_policy_and_the_first_is_as_it_was() -> None:
    small = arrears.Policy.from_source(SMALL)
    other = small.with_thresholds(least=Decimal("80"))
    assert other.thresholds["least"].value == Decimal("80.00")
    assert small.thresholds["least"].value == Decimal("50.00")
    assert other.hash != small.hash
    assert other != small
    # What was set stays set; what is set back is the policy as it was written.
    assert other.with_thresholds(least="50.00") == small
    assert arrears.Policy.from_source(SMALL, thresholds={"least": 80}) == other


def test_a_threshold_is_refused_outside_its_range_by_another_name_and_as_a_float() -> None:
    small = arrears.Policy.from_source(SMALL)
    with pytest.raises(arrears.PolicyError) as refused:
        small.with_thresholds(least=5, leasd=20)
    assert len(refused.value.diagnostics) == 2
    assert "did you mean `least`?" in str(refused.value)
    with pytest.raises(TypeError, match=r'threshold `least` is a float: write Decimal\("80.5"\)'):
        small.with_thresholds(least=80.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a decimal number"):
        small.with_thresholds(least="eighty")


def test_columns_are_listed_with_how_they_are_needed(card: arrears.Policy) -> None:
    inputs = {each.name: each for each in card.inputs}
    assert inputs["account_id"].need == "required"
    assert inputs["dpd"].kind == "days"
    assert inputs["number_mobile"].words
    assert inputs["times_rpc_30"].kind == "count"


def test_the_shipped_policies_pass_their_own_tests(root: Path) -> None:
    for path in sorted((root / "examples/policies").glob("*.rhai")):
        report = arrears.Policy.from_file(path).test(samples=500)
        assert report, f"{path.name}: {report}"
        assert report.passed == len(report)


def test_a_test_that_fails_says_where_and_why() -> None:
    wrong = SMALL + 'test "nobody" given #{ dpd: 3, overdue: 60.00 } expect #{ stage: "firm" };\n'
    report = arrears.Policy.from_source(wrong).test()
    assert not report
    (failure,) = report.failures
    assert failure.place is not None
    assert failure.place.line == 9
    assert "1 failed" in str(report)


def test_a_policy_reaches_another_process_with_its_modules_and_thresholds(card: arrears.Policy, tmp_path: Path) -> None:
    changed = card.with_thresholds(**{name: each.high for name, each in list(card.thresholds.items())[:2]})
    for policy in (card, changed):
        again = pickle.loads(pickle.dumps(policy))
        assert again == policy
        assert again.thresholds == policy.thresholds
        assert copy.deepcopy(policy) == policy
    (tmp_path / "words").mkdir()
    (tmp_path / "words/late.rhai").write_text("define late = dpd >= 1;\n")
    whole = SMALL.replace("stage", 'import "words/late";\nstage', 1).replace("when dpd >= 1", "when late", 1)
    (tmp_path / "whole.rhai").write_text(whole)
    several = arrears.Policy.from_file(tmp_path / "whole.rhai")
    assert pickle.loads(pickle.dumps(several)) == several


def test_a_policy_shows_its_thresholds_in_a_notebook(card: arrears.Policy) -> None:
    page = card._repr_html_()
    assert all(name in page for name in card.thresholds)
    assert repr(card).startswith("<Policy cn-card ")
