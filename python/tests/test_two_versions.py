"""Two versions of a policy on the shipped book: the command's counts against deciding twice."""

import json
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import arrears
import polars as pl

AS_OF = date(2005, 9, 30)
NO_LAW = "historic data, no contact is made"
COUNTED = ["stage", "action", "treatment", "debtor_type"]


def test_what_moves_between_two_versions_is_what_deciding_twice_shows(
    command: str, root: Path, book_path: Path, frame: pl.DataFrame, tmp_path: Path
) -> None:
    text = (root / "examples/policies/cn-card.rhai").read_text(encoding="utf-8")
    later = text
    for old, new in [
        ("threshold grace_days  = 3", "threshold grace_days  = 5"),
        ("threshold small_debt  = 2000.00", "threshold small_debt  = 3500.00"),
        ('version: "2005.09"', 'version: "2005.10"'),
        ("dpd in 1..=60 && late_count_12m > habit_lates", "dpd in 1..=60 && late_count_12m > habit_lates + 1"),
    ]:
        assert later.count(old) == 1, old
        later = later.replace(old, new)
    (tmp_path / "later.rhai").write_text(later, encoding="utf-8")
    asked = [str(root / "examples/policies/cn-card.rhai"), str(tmp_path / "later.rhai"), "--on", str(book_path)]
    ran = subprocess.run(
        [command, "diff", *asked, "--as-of", str(AS_OF), "--no-law", NO_LAW, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(ran.stdout)
    assert {change["name"] for change in said["policies"]["changes"]} >= {"grace_days", "small_debt", "habitual_late"}

    both = [
        arrears.Policy.from_source(source)
        .decide(frame, as_of=AS_OF, no_law=NO_LAW, reviews=False)
        .to_polars()
        .with_row_index("row")
        for source in (text, later)
    ]
    joined = both[0].join(both[1], on="row", suffix="_b").with_columns(overdue=frame["overdue"])
    assert joined.height == 30_000 == said["table"]["rows"]
    for name in COUNTED:
        columns = [pl.col(name).cast(pl.String).fill_null(""), pl.col(f"{name}_b").cast(pl.String).fill_null("")]
        counted = (
            joined.group_by(from_=columns[0], to=columns[1])
            .agg(pl.len(), pl.col("overdue").cast(pl.Decimal(20, 2)).sum())
            .rows()
        )
        expected = {(a, b): (n, money) for a, b, n, money in counted}
        found = {
            (flow["from"] or "", flow["to"] or ""): (flow["accounts"], Decimal(flow["overdue"]))
            for flow in said["table"][f"by_{name}"]
        }
        assert found == expected, name
        moved = sum(n for (a, b), (n, _) in expected.items() if a != b)
        assert said["table"]["moved"][name]["accounts"] == moved
        assert moved > 0 or name == "stage", name
    channels = [joined.group_by(pl.col(name).cast(pl.String)).len().rows() for name in ("channel", "channel_b")]
    before, after = (dict(rows) for rows in channels)
    for line in said["capacity"]:
        channel = line["channel"]
        assert (line["a"], line["b"]) == (before.get(channel, 0), after.get(channel, 0)), channel
