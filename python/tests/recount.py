"""The measures of a portfolio by pandas, slowly and obviously, straight from the raw columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
from conftest import ROOT, data

# ---- the panels


@dataclass(frozen=True)
class Panel:
    """A panel as its source has it, and which of its columns holds what."""

    rows: pd.DataFrame
    currency: str
    columns: dict[str, str | None]

    def column(self, name: str) -> str | None:
        return self.columns.get(name)


def shipped() -> Panel:
    """The six months of the shipped source, with an amount overdue of our own making."""
    source = pd.read_parquet(ROOT / "examples/data/source/uci_credit_card.parquet")
    parts = []
    for place, (status, day) in enumerate(zip(["0", "2", "3", "4", "5", "6"], range(9, 3, -1), strict=True), start=1):
        late = source[f"PAY_{status}"].clip(lower=0)
        bill = source[f"BILL_AMT{place}"].astype("int64")
        owed = np.minimum(bill.clip(lower=0), late * np.maximum(1000, bill // 20))
        parts.append(
            pd.DataFrame({
                "client": source["ID"], "month": pd.Timestamp(2005, day, 1) + pd.offsets.MonthEnd(0),
                "days": 30 * late, "bill": bill, "owed": owed, "came_in": source[f"PAY_AMT{place}"].astype("int64"),
            })
        )  # fmt: skip
    columns = {"account_id": "client", "as_of": "month", "dpd": "days"}
    return Panel(pd.concat(parts), "TWD", {**columns, "balance": "bill", "overdue": "owed", "paid": "came_in"})


def taiwan() -> Panel:
    columns = {"dpd": "days_past_due", "balance": "statement_balance", "overdue": "amount_past_due"}
    rows = pd.read_parquet(data("uci_months.parquet"))
    assert len(rows) == 180_000
    return Panel(rows, "TWD", {**columns, "paid": "payment_in_month"})


def status() -> Panel:
    rows = pd.read_parquet(data("card_months.parquet"))
    assert len(rows) == 1_048_575
    return Panel(rows, "CNY", {"dpd": "days_past_due"})


PANELS = {"shipped": shipped, "taiwan": taiwan, "status": status}


# ---- the same by pandas: a table with a row for each account and a column for each month end


@dataclass
class Share:
    """A numerator and a denominator, by number and by money, and who is in neither."""

    count: tuple[int, int]
    money: tuple[int, int] | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: Share) -> Share:
        both = (self.money, other.money)
        money = None if None in both else tuple(a + b for a, b in zip(*both, strict=True))  # type: ignore[arg-type]
        count = (self.count[0] + other.count[0], self.count[1] + other.count[1])
        return Share(count, money, self.left_out + other.left_out)  # type: ignore[arg-type]


Shares = dict[tuple[str | None, str | None, str | None], Share]


class Wide:
    """A panel with an account in each row and a month end in each column."""

    def __init__(self, panel: Panel, buckets: list[int], tolerance: int) -> None:
        name = panel.column
        flat = pd.DataFrame({
            "account": panel.rows[name("account_id") or "account_id"], "month": panel.rows[name("as_of") or "as_of"],
            "dpd": panel.rows[name("dpd") or "dpd"],
        })  # fmt: skip
        flat["bucket"] = pd.cut(flat["dpd"], [-np.inf, *buckets, np.inf], right=False, labels=False)
        amounts = {each: name(each) for each in ("balance", "overdue", "paid") if name(each)}
        for each, column in amounts.items():
            flat[each] = panel.rows[column]
        flat["late"] = flat["overdue"] > tolerance if "overdue" in amounts else flat["bucket"] > 0
        wide = flat.pivot(index="account", columns="month", values=["bucket", "late", *amounts])
        self.months: list[pd.Timestamp] = sorted(flat["month"].unique())
        self.last = len(buckets)
        self.bucket = {month: wide["bucket"][month].fillna(-1).astype(int) for month in self.months}
        """The bucket; -1 where the account has no row in that month."""
        self.late = {month: self.bucket[month].ge(0) & wide["late"][month].eq(True) for month in self.months}
        self.fine = {month: self.bucket[month].ge(0) & wide["late"][month].eq(False) for month in self.months}
        self.amounts = {
            each: {month: wide[each][month].fillna(0).astype("int64") for month in self.months} for each in amounts
        }

    def steps(self) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
        return list(zip(self.months, self.months[1:], strict=False))

    def money(self, who: pd.Series, of: str, month: pd.Timestamp) -> int:
        return int(self.amounts[of][month][who].sum())

    def share(
        self,
        part: tuple[pd.Series, str, pd.Timestamp],
        whole: tuple[pd.Series, str, pd.Timestamp],
    ) -> Share:
        """Accounts over accounts, and what they have over what these have, where there is such an amount."""
        money = (self.money(*part), self.money(*whole)) if part[1] in self.amounts else None
        return Share((int(part[0].sum()), int(whole[0].sum())), money)

    @property
    def owed(self) -> str:
        return "overdue" if "overdue" in self.amounts else "balance"


def named(month: pd.Timestamp) -> str:
    return f"{month:%Y-%m}"


def with_all_months(shares: Shares) -> Shares:
    """With a share of all months together: the numerators over the denominators."""
    found = dict(shares)
    for (start, end, _), share in shares.items():
        all_months = (start, end, None)
        found[all_months] = found[all_months] + share if all_months in found else share
    return found


def stock(wide: Wide) -> Shares:
    found: Shares = {}
    for month in wide.months:
        there = wide.bucket[month] >= 0
        for bucket in range(wide.last + 1):
            here = wide.bucket[month] == bucket
            found[f"M{bucket}", None, named(month)] = wide.share((here, "balance", month), (there, "balance", month))
    return found


def entry_rate_of_m0(wide: Wide) -> Shares:
    found: Shares = {}
    for before, now in wide.steps():
        fine = wide.bucket[before] == 0
        fell = fine & (wide.bucket[now] >= 1)
        found["M0", None, named(now)] = wide.share((fell, "balance", before), (fine, "balance", before))
    return with_all_months(found)


def pool_roll(wide: Wide) -> Shares:
    found: Shares = {}
    for before, now in wide.steps():
        for bucket in range(wide.last):
            worse = wide.bucket[now] == bucket + 1
            if bucket + 1 == wide.last:
                worse &= wide.bucket[before] != wide.last
            was = wide.bucket[before] == bucket
            share = wide.share((worse, "balance", now), (was, "balance", before))
            found[f"M{bucket}", f"M{bucket + 1}", named(now)] = share
    return with_all_months(found)


def tracked_roll(wide: Wide) -> Shares:
    found: Shares = {}
    for before, now in wide.steps():
        for start in range(wide.last + 1):
            was = wide.bucket[before] == start
            for end in range(-1, wide.last + 1):
                went = was & (wide.bucket[now] == end)
                to = f"M{end}" if end >= 0 else "absent"
                share = wide.share((went, "balance", before), (was, "balance", before))
                found[f"M{start}", to, named(now)] = share
    found = with_all_months(found)
    return {key: share for key, share in found.items() if share.count[0] > 0}


def horizon(month: pd.Timestamp, days: int) -> list[pd.Timestamp]:
    """The month ends within so many days."""
    ends = [month + pd.offsets.MonthEnd(number) for number in range(1, 8)]
    return [end for end in ends if (end - month).days <= days]


def followed(
    wide: Wide, cohort: pd.Series, month: pd.Timestamp, days: int, sought: dict[pd.Timestamp, pd.Series], of: str
) -> Share:
    """Of a cohort of one month those that are seen as sought within the horizon.

    Who is seen so counts, whatever was not seen; who is not, and has no row at one of its month ends, is left out.
    """
    ends = horizon(month, days)
    if ends[-1] > wide.months[-1]:
        nobody = cohort & False
        share = wide.share((nobody, of, month), (nobody, of, month))
        share.left_out["the horizon is not over when the panel ends"] += int(cohort.sum())
        return share
    seen, gone = cohort & False, cohort & False
    for end in ends:
        gone |= wide.bucket[end] < 0
        seen |= sought[end]
    told = cohort & (seen | ~gone)
    share = wide.share((cohort & seen, of, month), (told, of, month))
    share.left_out["no row at a month end of the horizon"] += int((cohort & ~told).sum())
    return share


def cure_rate(wide: Wide, days: int) -> Shares:
    found: Shares = {}
    for place, month in enumerate(wide.months):
        before = wide.months[place - 1] if place else None
        cohort = wide.late[month] & (wide.fine[before] if before is not None else False)
        share = followed(wide, cohort, month, days, wide.fine, wide.owed)
        new = wide.late[month] & (wide.bucket[before] < 0 if before is not None else True)
        share.left_out["late when first seen: since when is not known"] += int(new.sum())
        found[None, None, named(month)] = share
    return with_all_months(found)


def redefault_rate(wide: Wide, days: int) -> Shares:
    found: Shares = {}
    for before, month in wide.steps():
        cured = wide.late[before] & wide.fine[month]
        found[None, None, named(month)] = followed(wide, cured, month, days, wide.late, "balance")
    return with_all_months(found)


def flow_through(wide: Wide) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """By the last month: the product of the pool rolls of the months up to it, the first of M0."""
    pools = pool_roll(wide)
    ends = [named(now) for _, now in wide.steps()]
    found = {}
    for last in range(wide.last - 1, len(ends)):
        steps = [
            pools[f"M{bucket}", f"M{bucket + 1}", ends[last - wide.last + 1 + bucket]] for bucket in range(wide.last)
        ]
        by_count = product([step.count for step in steps])
        by_money = product([step.money for step in steps if step.money is not None]) if steps[0].money else None
        found[ends[last]] = (by_count, by_money)
    return found


def millionths(share: Fraction) -> Decimal:
    """To a millionth; Python rounds a fraction to the even one."""
    return Decimal(round(share * 1_000_000)).scaleb(-6)


def product(shares: list[tuple[int, int]]) -> Decimal | None:
    if any(whole <= 0 for _, whole in shares):
        return None
    exact = Fraction(1)
    for part, whole in shares:
        exact *= Fraction(part, whole)
    return millionths(exact)


def bucket_recovery(wide: Wide) -> Shares:
    """Account by account: who enters a bucket, and what is paid until the month end at which it is elsewhere."""
    buckets = np.column_stack([wide.bucket[month] for month in wide.months]).tolist()
    amounts = {
        name: np.column_stack([by_month[month] for month in wide.months]).tolist()
        for name, by_month in wide.amounts.items()
    }
    with_money = "paid" in amounts
    sums: dict[tuple[str, str], Share] = {}
    for account, seen in enumerate(buckets):
        for at in range(len(seen)):
            bucket = seen[at]
            if not 0 < bucket < wide.last or (at > 0 and seen[at - 1] == bucket):
                continue
            share = sums.setdefault((f"M{bucket}", named(wide.months[at])), Share((0, 0), (0, 0)))
            if at == 0 or seen[at - 1] < 0:
                share.left_out["in the bucket when first seen: when it entered is not known"] += 1
                continue
            left = next((later for later in range(at + 1, len(seen)) if seen[later] != bucket), None)
            if left is None:
                share.left_out["in the bucket when the panel ends"] += 1
            elif seen[left] < 0:
                share.left_out["no row at a month end of the horizon"] += 1
            else:
                share.count = (share.count[0] + (seen[left] < bucket), share.count[1] + 1)
                if with_money and share.money is not None:
                    owed = max(0, amounts[wide.owed][account][at])
                    paid = sum(amounts["paid"][account][at + 1 : left + 1])
                    share.money = (share.money[0] + min(owed, paid), share.money[1] + owed)
    found: Shares = {(bucket, None, month): share for (bucket, month), share in sums.items()}
    if not with_money:
        found = {key: Share(share.count, None, share.left_out) for key, share in found.items()}
    return with_all_months(found)
