"""The cases of plans are those that the second calculation makes."""

from __future__ import annotations

from plans_by_hand import TARGET, made


def test_the_cases_of_plans_say_what_the_second_calculation_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == made()
