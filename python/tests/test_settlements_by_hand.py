"""The cases of settlements are those that the second calculation makes."""

from __future__ import annotations

from settlements_by_hand import TARGET, made


def test_the_cases_of_settlements_say_what_the_second_calculation_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == made()
