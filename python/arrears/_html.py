"""How results look in a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """<style>
.arrears{font:13px/1.45 system-ui,sans-serif;max-width:72em}
.arrears h4{font-size:15px;margin:.2em 0 .1em}
.arrears p{margin:.1em 0 .6em;opacity:.75}
.arrears table{border-collapse:collapse;margin:.2em 1.6em .8em 0;font-size:12px}
.arrears th,.arrears td{padding:.15em .7em .15em 0;text-align:left;border:0;white-space:nowrap}
.arrears th{font-weight:600;opacity:.7;border-bottom:1px solid rgba(128,128,128,.4)}
.arrears td.n,.arrears th.n{text-align:right;font-variant-numeric:tabular-nums}
.arrears .row{display:flex;flex-wrap:wrap;align-items:flex-start}
.arrears .bar{display:inline-block;height:.7em;background:#3b7dd8;border-radius:2px;vertical-align:middle}
.arrears .bad{border-left:3px solid #c0392b;padding-left:.7em}
.arrears pre{font:12px/1.45 ui-monospace,monospace;white-space:pre-wrap;margin:.3em 0}
</style>"""


def page(body: str) -> str:
    """A piece of a page, with how it looks."""
    return f'{_STYLE}<div class="arrears">{body}</div>'


def bare_grid(head: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]]) -> str:
    """A table without a title, of cells that are HTML already; columns marked so hold numbers."""
    mark = [' class="n"' if number else "" for _, number in head]
    first = "".join(f"<th{how}>{escape(name)}</th>" for (name, _), how in zip(head, mark, strict=True))
    lines = "".join(
        "<tr>" + "".join(f"<td{how}>{cell}</td>" for cell, how in zip(row, mark, strict=True)) + "</tr>" for row in rows
    )
    return f"<table><tr>{first}</tr>{lines}</table>"


def _rows(columns: Sequence[str], rows: Sequence[Mapping[str, str | None]], total: int) -> str:
    shown = [name for name in columns if any(row[name] is not None for row in rows)]
    left = len(columns) - len(shown)
    grid = bare_grid([(name, False) for name in shown], [[escape(row[name] or "") for name in shown] for row in rows])
    more = f"{len(rows):,} of {total:,} rows" + (
        f"; {left} columns that are empty in them are not shown" if left else ""
    )
    return f'<div style="overflow-x:auto">{grid}</div><p>{more}</p>'


def table(columns: Sequence[str], rows: Sequence[Mapping[str, str | None]], total: int) -> str:
    """A table, its first rows."""
    return page(_rows(columns, rows, total))


def _tallies(title: str, tallies: Sequence[Mapping[str, Any]], all_accounts: int) -> str:
    rows = []
    for tally in tallies:
        share = tally["accounts"] / all_accounts if all_accounts else 0
        bar = f'<span class="bar" style="width:{max(1, round(70 * share))}px"></span>'
        rows.append([escape(tally["name"]), f"{tally['accounts']:,}", bar, escape(grouped(str(tally["overdue"])))])
    head = [(title, False), ("accounts", True), ("", False), ("overdue", True)]
    return bare_grid(head, rows) if rows else ""


def grouped(amount: str) -> str:
    """An amount with its thousands apart."""
    whole, point, rest = amount.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{point}{rest}" if digits.isdigit() else amount


def decisions(
    summary: Mapping[str, Any],
    errors: Sequence[object],
    columns: Sequence[str],
    rows: Sequence[Mapping[str, str | None]],
) -> str:
    """Decisions of a table: the counts, what was assumed, the rows at fault, and the first rows."""
    decided = summary["decisions"]
    head = (
        f"<h4>{decided:,} decisions under {escape(summary['policy'])} {escape(summary['policy_version'])}</h4>"
        f"<p>as of {summary['as_of']} · {escape(summary['currency'])} · law: {_law(summary['law'])} · "
        f"policy hash {summary['policy_hash'][:12]}</p>"
    )
    parts = [("stage", "by_stage"), ("action", "by_action"), ("type", "by_debtor_type")]
    tallies = "".join(_tallies(title, summary[name], decided) for title, name in parts)
    assumed = summary["assumptions"]
    taken = "".join(f"<li>{escape(each['written'])}: {escape(each['why'])}</li>" for each in assumed)
    assumptions = f"<details><summary>{len(assumed)} assumptions</summary><ul>{taken}</ul></details>" if assumed else ""
    bad = ""
    if errors:
        first = "".join(f"<li>{escape(str(error))}</li>" for error in errors[:5])
        bad = f'<div class="bad">{len(errors):,} rows were not decided<ul>{first}</ul></div>'
    refused = _refused(summary["rules"])
    return page(f'{head}{bad}<div class="row">{tallies}</div>{refused}{assumptions}{_rows(columns, rows, decided)}')


def _law(stamp: str) -> str:
    """The law in few words; in full where somebody points at it."""
    parts = stamp.split("; ")
    if len(parts) < 3:
        return escape(stamp)
    enabled = [part for part in parts if part.startswith("enabled: ")]
    said = ", ".join([f"{len(parts) - len(enabled)} packs", *enabled])
    return f'<span title="{escape(stamp)}">{escape(said)}</span>'


def _refused(rules: Sequence[Mapping[str, Any]]) -> str:
    """Rules that refused treatments, and when what they refused may next go out."""

    def days(found: Mapping[str, Any] | None) -> str:
        if found is None:
            return "no day known"
        start = f" from {found['from']}" if found["from"] else ""
        last = "" if found["first"] == found["last"] else f", up to {found['last']}"
        return f"{found['most']}{start}{last}"

    rows = [
        [
            *(escape(each["rule"]), escape(each["pack"]), escape(each["cites"])),
            *(f"{each['accounts']:,}", f"{each['left_alone']:,}"),
            escape(days(each["next"])) if each["left_alone"] else "",
        ]
        for each in rules
    ]
    head = [("rule that refused something", False), ("pack", False), ("where it stands", False)]
    head += [("accounts", True), ("left alone", True), ("next permitted", False)]
    return f'<div style="overflow-x:auto">{bare_grid(head, rows)}</div>' if rows else ""


def text(title: str, body: str) -> str:
    """A title and a text with its lines as they are."""
    return page(f"<h4>{escape(title)}</h4><pre>{escape(body)}</pre>")


def grid(title: str, head: Sequence[tuple[str, bool]], rows: Sequence[Sequence[str]]) -> str:
    """A title and a table of texts; columns marked so hold numbers."""
    return page(f"<h4>{escape(title)}</h4>" + bare_grid(head, [[escape(cell) for cell in row] for row in rows]))
