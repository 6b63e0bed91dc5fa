"""The example of a nightly job: nothing twice, nothing by halves, and every night can be replayed."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import arrears
import pytest

if TYPE_CHECKING:
    from types import ModuleType

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'arrears[notebook]'")

FOLDER = Path(__file__).parents[2] / "examples" / "nightly"
NIGHTS = [date(2005, 9, 30) + timedelta(days=each) for each in range(3)]


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("nightly", FOLDER / "nightly.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["nightly"] = module
    spec.loader.exec_module(module)
    return module


nightly = load()


@pytest.fixture(scope="module")
def policy() -> arrears.Policy:
    return arrears.Policy.from_file(nightly.POLICY)


@pytest.fixture(scope="module")
def three_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three nights, made by the command."""
    database = tmp_path_factory.mktemp("nights") / "night.duckdb"
    assert nightly.main(["--database", str(database), "--nights", "3"]) == 0
    return database


@pytest.fixture
def con(three_nights: Path, tmp_path: Path) -> Any:
    """A copy of that database, for a test to spoil."""
    own = tmp_path / "night.duckdb"
    own.write_bytes(three_nights.read_bytes())
    with nightly.open_database(own) as opened:
        yield opened


def rows(con: Any, query: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = con.execute(query).fetchall()
    return found


def whole(con: Any) -> dict[str, Any]:
    """How many rows each table has, and what they add up to."""
    tables = [name for (name,) in rows(con, "SELECT table_name FROM duckdb_tables() ORDER BY ALL")]
    return {name: rows(con, f"SELECT count(*), bit_xor(hash(t)) FROM {name} AS t")[0] for name in tables}


def test_three_nights_carry_their_state_and_store_what_they_were_decided_from(con: Any, policy: arrears.Policy) -> None:
    nights = rows(con, "SELECT as_of, before, policy_hash, engine, accounts FROM nights ORDER BY as_of")
    assert nights == [
        (day, before, policy.hash, arrears.__version__, 30_000)
        for day, before in zip(NIGHTS, [None, *NIGHTS], strict=False)
    ]
    assert len(set(rows(con, "SELECT inputs_hash FROM nights"))) == 3
    for table in ("facts", "decisions", "state"):
        assert rows(con, f"SELECT as_of, count(*) FROM {table} GROUP BY ALL ORDER BY ALL") == [
            (day, 30_000) for day in NIGHTS
        ]
    assert rows(con, "SELECT count(DISTINCT policy_hash) FROM decisions") == [(1,)]
    carried = """
        SELECT count(*) FROM decisions AS now JOIN decisions AS was USING (account_id)
        WHERE now.as_of = was.as_of + 1 AND now.stage_before IS DISTINCT FROM was.stage"""
    assert rows(con, carried) == [(0,)]


def test_the_first_night_finds_the_facts_of_the_shipped_book(con: Any) -> None:
    differing = con.execute(
        """
        SELECT count(*) FROM facts JOIN read_parquet(?) AS shipped USING (account_id)
        WHERE as_of = '2005-09-30' AND (
            facts.dpd, facts.overdue, facts.balance, facts.days_since_first_missed, facts.days_to_due,
            facts.late_count_12m_drops_in
        ) IS DISTINCT FROM (
            shipped.dpd, shipped.overdue, shipped.balance, shipped.days_since_first_missed, shipped.days_to_due,
            shipped.late_count_12m_drops_in)""",
        [str(nightly.ACCOUNTS)],
    ).fetchall()
    assert differing == [(0,)]


def test_who_pays_all_is_late_no_more_and_who_does_not_is_a_day_later(con: Any) -> None:
    moved = """
        SELECT was.dpd, now.dpd, now.overdue FROM facts AS now JOIN facts AS was USING (account_id)
        LEFT JOIN payments AS p ON p.account_id = now.account_id AND p.on = now.as_of
        WHERE now.as_of = was.as_of + 1 AND was.dpd > 0 AND was.overdue > 0 AND """
    paid = rows(con, moved + "p.amount >= was.overdue")
    assert paid
    assert all(dpd == 0 and overdue == 0 for _, dpd, overdue in paid)
    unpaid = rows(con, moved + "p.amount IS NULL")
    assert unpaid
    assert all(dpd == was + 1 and overdue > 0 for was, dpd, overdue in unpaid)


def test_what_was_decided_last_night_is_a_contact_of_the_next_day(con: Any) -> None:
    decided = "SELECT account_id, channel, treatment FROM decisions WHERE as_of = '2005-09-30' AND channel IS NOT NULL"
    made = "SELECT account_id, channel, treatment FROM contacts WHERE \"on\" = '2005-10-01' AND channel <> 'letter'"
    assert rows(con, f"({decided}) EXCEPT ALL ({made})") == rows(con, f"({made}) EXCEPT ALL ({decided})") == []
    answered = "SELECT count(*) FROM contacts WHERE outcome LIKE 'rpc%'"
    assert rows(con, answered)[0][0] > 0


def test_running_the_nights_again_changes_nothing(three_nights: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with nightly.open_database(three_nights) as con:
        before = whole(con)
    assert nightly.main(["--database", str(three_nights), "--nights", "3"]) == 0
    told = capsys.readouterr().out
    assert told.count("decided already, under the same policy") == 3
    assert "2005-10-02 replayed from what is stored: 30,000 decisions, every row is the same" in told
    with nightly.open_database(three_nights) as con:
        assert whole(con) == before


def test_the_first_night_can_be_replayed_after_the_last(con: Any) -> None:
    assert nightly.replay(con, NIGHTS[0]) == []


def test_a_night_that_fails_leaves_nothing(con: Any, policy: arrears.Policy) -> None:
    con.execute("UPDATE book SET late_count_12m = -1 WHERE account_id = 'TW-00007'")
    before = whole(con)
    with pytest.raises(arrears.RowErrors, match="account TW-00007, column `late_count_12m`: `-1` is below zero"):
        nightly.decide_night(con, policy, date(2005, 10, 3))
    assert whole(con) == before


def test_a_policy_that_keeps_other_things_is_refused_whole(con: Any, policy: arrears.Policy) -> None:
    other = arrears.Policy.from_source(policy.source.replace('"grace_note"', '"grace_word"'))
    before = whole(con)
    with pytest.raises(nightly.NightError, match=r"leaves `episode_count_grace_word`.*a database of its own"):
        nightly.decide_night(con, other, date(2005, 10, 3))
    assert whole(con) == before


def test_an_earlier_night_is_not_decided_after_a_later_one(con: Any, policy: arrears.Policy) -> None:
    with pytest.raises(nightly.NightError, match="2005-10-02 is decided already: 2005-09-29 cannot be decided after"):
        nightly.decide_night(con, policy, date(2005, 9, 29))


def test_a_decision_that_was_tampered_with_is_found(con: Any) -> None:
    account, action = rows(
        con, "SELECT account_id, action FROM decisions WHERE as_of = '2005-10-02' AND action = 'phone' LIMIT 1"
    )[0]
    con.execute("UPDATE decisions SET action = 'visit' WHERE as_of = '2005-10-02' AND account_id = ?", [account])
    assert nightly.replay(con, NIGHTS[-1]) == [nightly.Difference(account, "action", "visit", action)]
    con.execute("DELETE FROM decisions WHERE as_of = '2005-10-02' AND account_id = ?", [account])
    assert nightly.replay(con, NIGHTS[-1]) == [nightly.Difference(account, "how many rows", 0, 1)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE facts SET dpd = dpd + 1 WHERE as_of = '2005-10-02' AND account_id = 'TW-00001'",
        "UPDATE contacts SET outcome = 'rpc_refused' WHERE outcome = 'no_answer'",
        "DELETE FROM state WHERE as_of = '2005-10-01' AND account_id = 'TW-00001'",
    ],
)
def test_inputs_that_were_changed_are_found(con: Any, change: str) -> None:
    con.execute(change)
    with pytest.raises(nightly.NightError, match=r"the inputs of 2005-10-02 have hash .* they were changed"):
        nightly.replay(con, NIGHTS[-1])


def test_a_policy_that_was_changed_is_found_by_its_hash(con: Any, policy: arrears.Policy) -> None:
    con.execute("UPDATE policies SET text = replace(text, 'grace_days  = 3', 'grace_days  = 2')")
    with pytest.raises(nightly.NightError, match=f"stored with hash {policy.hash[:12]} reads with hash"):
        nightly.replay(con, NIGHTS[-1])


def test_a_threshold_that_was_changed_is_found_by_its_hash_and_holds_from_the_next_night_on(
    con: Any, policy: arrears.Policy
) -> None:
    changed = policy.with_thresholds(grace_days=5)
    with pytest.raises(nightly.OtherPolicyError, match=f"hash {policy.hash[:12]} then, {changed.hash[:12]} now"):
        nightly.decide_night(con, changed, NIGHTS[-1])
    fourth = date(2005, 10, 3)
    assert nightly.decide_night(con, changed, fourth)
    assert rows(con, "SELECT policy_hash FROM nights ORDER BY as_of DESC LIMIT 2") == [(changed.hash,), (policy.hash,)]
    assert nightly.replay(con, fourth) == []


def test_a_night_behind_the_book_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        nightly.main(["--database", str(tmp_path / "night.duckdb"), "--nights", "7"])
    assert "from 1 to 6" in capsys.readouterr().err
