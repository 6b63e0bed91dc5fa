"""The picture of permitted hours shows every period of every day, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

pytest.importorskip("altair")
pytest.importorskip("vl_convert")
import arrears.plot as plot
from arrears import Case
from arrears._permission_html import COLOURS, last_minute, minute
from cases import MONDAY, NEW_YORK, call, calls_before, standing
from test_plot import lines_of, rows_of


def days_from(at: datetime, days: int = 7, **more: Any) -> Any:
    return Case(standing(**more), now=at, nothing_on_file=True).days(call(at), days)


def test_every_period_is_a_bar_of_its_colour_from_its_hour_to_its_hour() -> None:
    for days in (days_from(MONDAY), days_from(MONDAY, contacts=calls_before(7))):
        figure = plot.permitted_hours(days)
        drawn = sorted((row["day"], row["from"], row["to"], row["answer"]) for row in rows_of(figure, "from", "answer"))
        assert drawn == sorted(
            (f"{day.date:%a} {day.date.day} {day.date:%b}", minute(p.start) / 60, last_minute(p) / 60, str(p.answer))
            for day in days
            for p in day.periods
        )
        scale = figure.to_dict()["layer"][0]["encoding"]["color"]["scale"]
        assert dict(zip(scale["domain"], scale["range"], strict=True)).items() <= COLOURS.items()


def test_the_hours_stand_beside_and_a_day_of_another_length_says_so() -> None:
    spring = lines_of(plot.permitted_hours(days_from(datetime(2026, 3, 7, tzinfo=NEW_YORK), 3))._repr_svg_())
    assert {"Sat 7 Mar", "08:00-21:00", "08:00-21:00 · a day of 23 hours", "allow", "block"} <= spring
    autumn = lines_of(plot.permitted_hours(days_from(datetime(2026, 11, 1, tzinfo=NEW_YORK), 1))._repr_svg_())
    assert "08:00-21:00 · a day of 25 hours" in autumn
    today = lines_of(plot.permitted_hours(days_from(MONDAY + timedelta(hours=13), 1), title="Late")._repr_svg_())
    assert {"at no hour", "Late"} <= today


def test_where_no_zone_is_known_there_is_no_picture() -> None:
    assert days_from(MONDAY, zones=[]) == ()
    with pytest.raises(ValueError, match="no zone of the person is known"):
        plot.permitted_hours(days_from(MONDAY, zones=[]))
