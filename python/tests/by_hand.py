"""Tables decided and joined by hand, to be held against sweeps and comparisons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import arrears
import polars as pl
from conftest import AS_OF, NO_LAW

CONTACTS = ["push", "in_app", "chat", "sms", "email", "letter", "ivr", "phone", "visit", "branch", "meeting"]
STANDING = ["stage", "action", "treatment", "debtor_type"]
TALLIED = [*STANDING, "channel"]
ASKED: dict[str, Any] = {"as_of": AS_OF, "no_law": NO_LAW}
Counted = dict[tuple[str, str | None], tuple[int, Decimal | None]]


def standings(policy: arrears.Policy, table: Any, **more: Any) -> pl.DataFrame:
    """How every account stands when the table is decided, in words, in the order of the table."""
    asked = {**ASKED, "reviews": False, **more}
    decided = policy.decide(table, **asked).to_polars()
    return decided.select("account_id", *(pl.col(name).cast(pl.String) for name in TALLIED))


def with_money(decided: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """With what is overdue by the raw table."""
    return decided.join(table.select("account_id", "overdue"), on="account_id", how="left", validate="1:1")


def counted(rows: pl.DataFrame) -> tuple[int, Decimal]:
    return rows.height, Decimal(rows["overdue"].sum() or 0)


def differ(*names: str) -> pl.Expr:
    """Accounts of which one of these is another than `..._own`; nothing and nothing are alike."""
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_own")) for name in names)


def contact(name: str = "action") -> pl.Expr:
    return pl.col(name).is_in(CONTACTS)


def recounted(now: pl.DataFrame, own: pl.DataFrame) -> Counted:
    """What a sweep says of one value, counted from two tables of decisions."""
    both = now.join(own, on="account_id", suffix="_own", validate="1:1")
    found: Counted = {
        ("decided", None): counted(now),
        ("contacts", None): counted(now.filter(contact())),
        ("moved", "any"): counted(both.filter(differ(*STANDING))),
        ("moved", "into_contact"): counted(both.filter(contact() & ~contact("action_own"))),
        ("moved", "out_of_contact"): counted(both.filter(~contact() & contact("action_own"))),
        ("only_here", None): (0, Decimal(0)),
        ("only_own", None): (0, Decimal(0)),
        ("errors", None): (0, None),
    }
    found |= {("moved", name): counted(both.filter(differ(name))) for name in STANDING}
    for name in TALLIED:
        for (key,), rows in now.filter(pl.col(name).is_not_null()).group_by(name):
            found[name, str(key)] = counted(rows)
    return found


def swept(sweep: arrears.Sweep, value: Decimal) -> Counted:
    rows = sweep.to_polars().filter(pl.col("value") == value).select("measure", "key", "accounts", "overdue")
    told = {(str(measure), key): (accounts, overdue) for measure, key, accounts, overdue in rows.iter_rows()}
    assert len(told) == len(rows)
    return told


CALLS = """
policy "calls" #{ version: "1", currency: "EUR", zone: "Europe/Berlin" };
threshold patience = 2 #{ from: 1, to: 9, why: "once is no pattern" };
threshold least = 50.00 #{ from: 10.00, to: 500.00, why: "a letter costs more than it brings below this" };
stage "late" when dpd >= 1;
stage "called" when dpd >= 1 && times("phone", 7) >= patience;
escalate #{ mode: "free" };
assume opted_out("letter") = false #{ why: "letters need no consent" };
treatment "a_letter" in ["late", "called"] when overdue >= least do letter(#{ text: "gentle", every: 7 });
"""
DAY = date(2026, 3, 31)


def flows(comparison: arrears.Comparison) -> dict[tuple[str, str | None, str | None], tuple[int, Decimal]]:
    rows = comparison.flows.to_polars().select("measure", "from", "to", "accounts", "overdue")
    told = {(row[0], row[1], row[2]): (row[3], row[4]) for row in rows.iter_rows()}
    assert len(told) == len(rows)
    return told
