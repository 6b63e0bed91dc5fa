"""The cases of what is owed are those that the second calculation makes."""

from __future__ import annotations

from owed_by_hand import TARGET, made


def test_the_cases_say_what_the_second_calculation_says() -> None:
    assert TARGET.read_text(encoding="utf-8") == made()
