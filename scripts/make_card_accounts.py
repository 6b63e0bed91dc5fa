#!/usr/bin/env python3
"""Makes the example portfolio: 30,000 card accounts as of 2005-09-30.

    python scripts/make_card_accounts.py SOURCE.parquet OUT.parquet
    python scripts/make_card_accounts.py \\
        examples/data/source/uci_credit_card.parquet \\
        examples/data/card_accounts_2005_09.parquet

An OUT that ends in `.csv` is written as CSV with the same columns and values.
Needs pyarrow. The same source and the same pyarrow give the same bytes.

SOURCE is "Default of Credit Card Clients" by I-Cheng Yeh and Che-hui Lien (2009),
UCI Machine Learning Repository, https://doi.org/10.24432/C55S3H, CC BY 4.0: card
clients of a bank in Taiwan, April to September 2005. OUT is derived from it and
stands under the same licence.

Left out on purpose: sex, age, marriage and education (protected traits), and
default_next_month (October had not happened on 30 September).

What the source does not say, and what is put in its place:

- The source knows lateness in whole months. Days past due are 30 times the months
  (so every late account stands on a multiple of 30); a status of 0 or less (the
  minimum was paid, paid in full, or no use) is 0 days.
- The day of the book is taken to be the month's end, 2005-09-30, and each month's
  status and balance to be those of its last day.
- No due dates are given. A payment is taken to fall due on the 5th of the next
  month: days_to_due is 5, and 999999 (never) where nothing is owed.
- No minimum payments are given. The minimum is the larger of 1,000 and 5 % of the
  balance, at most the balance; 0 where nothing is owed.
- No overdue amounts are given. Overdue is the months late times that minimum, at
  most the balance; 0 where nothing is owed.
- cycles_past_due is the months late.
- days_since_first_missed: this episode is the unbroken run of late months that ends
  in September. A month that lies k months back and was s months late puts the first
  day late 30 * (k + s) - 1 days back; the earliest of the run counts. What lies
  before April is not seen, so a run that reaches April may be older. 999999 (never)
  where September is not late.
- The counts over twelve months come from the six months seen; nothing is added for
  the six that are not. late_count_12m is the months late; times_30dpd_12m (60, 90)
  is how often the status rose from below to at least 1 (2, 3) months, an account
  that was already there in April being counted once; max_dpd_12m is 30 times the
  worst status.
- ..._drops_in is the number of days until that count falls by time alone: what was
  seen at a month's end counts for twelve calendar months from there. 999999 (never)
  where the count is 0.
- paid_30d is what was paid in September: 1 to 30 September are exactly the thirty
  days that end on the day of the book. last_payment is the sum paid in the latest
  month with a payment, even if it was several payments; empty where none of the six
  months has one. The day of a payment is not known, so days_since_payment is left out.
- paid_last_cycle is the same sum as paid_30d, read as what came in between the last two
  statements: it changes with the next statement, not with each day.
  cycles_without_payment is the number of months up to September in a row in which
  nothing was paid, at most the six that are seen. Both are facts of the bank's own.
- balance is September's statement balance; it may be negative.
- Amounts are New Taiwan dollars, taken unchanged as amounts in the policy's currency.
"""

import datetime
import decimal
import sys

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

AS_OF = datetime.date(2005, 9, 30)
NEVER = 999_999
DUE_IN = 5

# September first, as in the source. There is no PAY_1.
STATUS = ["PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6"]
PAID = ["PAY_AMT1", "PAY_AMT2", "PAY_AMT3", "PAY_AMT4", "PAY_AMT5", "PAY_AMT6"]
MONTH_ENDS = [
    AS_OF,
    datetime.date(2005, 8, 31),
    datetime.date(2005, 7, 31),
    datetime.date(2005, 6, 30),
    datetime.date(2005, 5, 31),
    datetime.date(2005, 4, 30),
]

DAYS = pa.int32()
COUNT = pa.int32()
MONEY = pa.decimal128(18, 2)

SCHEMA = pa.schema(
    [
        pa.field("account_id", pa.string(), nullable=False),
        pa.field("product", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("dpd", DAYS, nullable=False),
        pa.field("cycles_past_due", COUNT, nullable=False),
        pa.field("days_to_due", DAYS, nullable=False),
        pa.field("days_since_first_missed", DAYS, nullable=False),
        pa.field("balance", MONEY, nullable=False),
        pa.field("overdue", MONEY, nullable=False),
        pa.field("min_payment", MONEY, nullable=False),
        pa.field("credit_limit", MONEY, nullable=False),
        pa.field("paid_30d", MONEY, nullable=False),
        pa.field("last_payment", MONEY),
        pa.field("paid_last_cycle", MONEY, nullable=False),
        pa.field("cycles_without_payment", COUNT, nullable=False),
        pa.field("late_count_12m", COUNT, nullable=False),
        pa.field("late_count_12m_drops_in", DAYS, nullable=False),
        pa.field("times_30dpd_12m", COUNT, nullable=False),
        pa.field("times_30dpd_12m_drops_in", DAYS, nullable=False),
        pa.field("times_60dpd_12m", COUNT, nullable=False),
        pa.field("times_60dpd_12m_drops_in", DAYS, nullable=False),
        pa.field("times_90dpd_12m", COUNT, nullable=False),
        pa.field("times_90dpd_12m_drops_in", DAYS, nullable=False),
        pa.field("max_dpd_12m", DAYS, nullable=False),
    ]
)


def money(amount):
    """An amount with two decimals."""
    return decimal.Decimal(amount).quantize(decimal.Decimal("0.01"))


def minimum_payment(balance):
    """The larger of 1,000 and 5 % of the balance, at most the balance."""
    if balance <= 0:
        return money(0)
    return min(money(balance), max(money(1000), money(decimal.Decimal(balance * 5) / 100)))


def days_since_first_missed(late):
    """Days since the first day late of the run of late months that ends in September."""
    days = NEVER
    for back, months in enumerate(late):
        if months == 0:
            break
        first = 30 * (back + months) - 1
        days = first if days == NEVER else max(days, first)
    return days


def times_reached(late, least):
    """The months (0 is September) in which lateness rose to at least `least` months."""
    return [
        back
        for back, months in enumerate(late)
        if months >= least and (back + 1 == len(late) or late[back + 1] < least)
    ]


def drops_in(months_back):
    """Days until the oldest of these months no longer lies in the last twelve."""
    if not months_back:
        return NEVER
    seen = MONTH_ENDS[max(months_back)]
    return (seen.replace(year=seen.year + 1) - AS_OF).days


def account(source):
    """One row of the portfolio from one row of the source."""
    late = [max(source[column], 0) for column in STATUS]
    balance = source["BILL_AMT1"]
    minimum = minimum_payment(balance)
    paid = [source[column] for column in PAID]
    payments = [amount for amount in paid if amount > 0]
    late_months = [back for back, months in enumerate(late) if months > 0]
    row = {
        "account_id": f"TW-{source['ID']:05d}",
        "product": "card",
        "dpd": 30 * late[0],
        "cycles_past_due": late[0],
        "days_to_due": DUE_IN if balance > 0 else NEVER,
        "days_since_first_missed": days_since_first_missed(late),
        "balance": money(balance),
        "overdue": min(late[0] * minimum, money(max(balance, 0))),
        "min_payment": minimum,
        "credit_limit": money(source["LIMIT_BAL"]),
        "paid_30d": money(source["PAY_AMT1"]),
        "last_payment": money(payments[0]) if payments else None,
        "paid_last_cycle": money(paid[0]),
        "cycles_without_payment": paid.index(payments[0]) if payments else len(paid),
        "late_count_12m": len(late_months),
        "late_count_12m_drops_in": drops_in(late_months),
        "max_dpd_12m": 30 * max(late),
    }
    for months in (1, 2, 3):
        reached = times_reached(late, months)
        row[f"times_{30 * months}dpd_12m"] = len(reached)
        row[f"times_{30 * months}dpd_12m_drops_in"] = drops_in(reached)
    return row


def main(source_path, out_path):
    """Reads the source, writes the portfolio, prints what anyone can check."""
    rows = [account(row) for row in pa.parquet.read_table(source_path).to_pylist()]
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    if out_path.endswith(".csv"):
        pa.csv.write_csv(table, out_path)
    else:
        pa.parquet.write_table(
            table, out_path, compression="zstd", compression_level=19, version="2.6"
        )

    late = [row for row in rows if row["dpd"] > 0]
    print(f"{len(rows):6,} accounts as of {AS_OF}")
    print(f"{len(late):6,} are late")
    print(f"{sum(row['dpd'] >= 60 for row in rows):6,} are 60 or more days past due")
    print(f"{sum(row['balance'] <= 0 for row in late):6,} are late and owe nothing by their statement")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: make_card_accounts.py SOURCE.parquet OUT.parquet")
    main(sys.argv[1], sys.argv[2])
