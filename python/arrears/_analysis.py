"""What is wrong with a policy as a whole, over every account that it may meet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from arrears import _html


@dataclass(frozen=True)
class StatementAt:
    """A statement of a policy."""

    statement: str
    """Its keyword: `treatment`."""
    name: str
    """Its name; of a cure or an ease the stage to which it leads."""
    place: str | None
    """Its file and line, `card.rhai:71`; none where it has none."""

    def __str__(self) -> str:
        return f'{self.statement} "{self.name}"' + (f" ({self.place})" if self.place else "")


@dataclass(frozen=True)
class ExampleAccount:
    """An account that shows something, decided by the engine."""

    facts: dict[str, str]
    """The facts in which it differs from the quiet account, as people read them."""
    row: dict[str, str]
    """Every fact of it that is known."""
    debtor_types: tuple[str, ...]
    """Its debtor type, or the types that it may have."""
    stage: str
    action: str
    treatment: str | None
    """The treatment; none if none is chosen."""

    def __str__(self) -> str:
        told = ", ".join(f"{fact}: {value}" for fact, value in self.facts.items())
        by = f' by "{self.treatment}"' if self.treatment else ""
        return f'quiet{f" + {told}" if told else ""}: {self.action}{by} in stage "{self.stage}"'


@dataclass(frozen=True)
class Finding:
    """One thing that was found of a policy."""

    kind: str
    """What kind of thing: `gap`, `shadowed`, `never_fires`, ... (docs/analysis.md)."""
    severity: str
    """`fault`, `warning` or `information`."""
    at: StatementAt
    """The statement at fault."""
    others: tuple[StatementAt, ...]
    """Other statements that explain it."""
    says: str
    """What was found, in a sentence."""
    account: ExampleAccount | None
    """An account that shows it; none where the finding is that there is none."""
    proved: str | None
    """What was proved of every account, where that is the finding."""

    def __str__(self) -> str:
        return f"{self.severity}: {self.says} [{self.at}]"


@dataclass(frozen=True)
class Verdict:
    """What is known of one `never` or `always`."""

    statement: str
    """`never` or `always`."""
    name: str
    verdict: str
    """`proved`, `broken` or `undecided`."""
    account: ExampleAccount | None
    """The account that breaks it."""
    unread: bool
    """Whether it is broken only because a missing fact keeps its condition from being read."""
    why: str | None
    """Why it is not known."""

    def __str__(self) -> str:
        return f'{self.verdict}: {self.statement} "{self.name}"' + (f", {self.why}" if self.why else "")


@dataclass(frozen=True)
class Unanalysed:
    """Something that could not be analysed."""

    kind: str
    """What was asked, as in `Finding.kind`."""
    at: StatementAt
    why: str
    """Why it is not known."""

    def __str__(self) -> str:
        return f"not known: {self.kind} of {self.at}, {self.why}"


class Analysis:
    """What was found of a policy. It is true if nothing is at fault: warnings and what is open do not count.

    A finding either has an account, which the engine decided, or says what was proved.
    """

    def __init__(self, told: str) -> None:
        """Not for users: see `Policy.analyse`."""
        self._told: dict[str, Any] = json.loads(told)

    @property
    def law(self) -> str:
        """The law under which accounts were decided."""
        return str(self._told["law"])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, the gravest first."""
        return tuple(
            Finding(
                kind=each["kind"],
                severity=each["severity"],
                at=_at(each["at"]),
                others=tuple(_at(other) for other in each["others"]),
                says=each["says"],
                account=example(each["account"]),
                proved=each["proved"],
            )
            for each in self._told["findings"]
        )

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What is known of each `never` and `always`, in the order of the policy."""
        return tuple(
            Verdict(
                statement=each["statement"],
                name=each["name"],
                verdict=each["verdict"],
                account=example(each.get("account")),
                unread=each.get("unread", False),
                why=each.get("why"),
            )
            for each in self._told["verdicts"]
        )

    @property
    def open(self) -> tuple[Unanalysed, ...]:
        """What could not be analysed, and why."""
        return tuple(Unanalysed(each["kind"], _at(each["at"]), each["why"]) for each in self._told["open"])

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data."""
        return self._told

    def count(self, severity: str) -> int:
        """How many findings are of a severity: `fault`, `warning` or `information`."""
        return sum(each["severity"] == severity for each in self._told["findings"])

    def __bool__(self) -> bool:
        return self.count("fault") == 0

    def _title(self) -> str:
        counts = ", ".join(f"{self.count(name)} {name}" for name in ("fault", "warning", "information"))
        return f"{self._told['policy']} {self._told['policy_version']}: {counts}, {len(self.open)} not known"

    def __str__(self) -> str:
        lines = [self._title(), f"law {self.law}"]
        for found in self.findings:
            lines.append(str(found))
            lines.extend(f"  proved: {found.proved}" for _ in range(found.proved is not None))
            lines.extend(f"  account {found.account}" for _ in range(found.account is not None))
        return "\n".join([*lines, *(str(each) for each in self.verdicts), *(str(each) for each in self.open)])

    def __repr__(self) -> str:
        return f"<Analysis of {self._title()}>"

    def _repr_html_(self) -> str:
        head = [("severity", False), ("kind", False), ("statement", False), ("what was found", False), ("shown", False)]
        rows = [
            [each.severity, each.kind, str(each.at), each.says, each.proved or str(each.account or "")]
            for each in self.findings
        ]
        parts = _html.grid(self._title(), head, rows)
        if self.verdicts:
            told = [
                [each.verdict, each.statement, each.name, each.why or str(each.account or "")] for each in self.verdicts
            ]
            heads = [("verdict", False), ("", False), ("statement", False), ("shown", False)]
            parts += _html.grid("Never and always", heads, told)
        if self.open:
            rows = [[each.kind, str(each.at), each.why] for each in self.open]
            parts += _html.grid("Not known", [("kind", False), ("statement", False), ("why", False)], rows)
        return parts


def _at(found: dict[str, Any]) -> StatementAt:
    return StatementAt(found["statement"], found["name"], found["place"])


def example(found: dict[str, Any] | None) -> ExampleAccount | None:
    """Not for users: an account that shows something, as the engine tells it."""
    if found is None:
        return None
    facts, row = ({each["fact"]: each["value"] for each in found[name]} for name in ("facts", "row"))
    return ExampleAccount(facts, row, tuple(found["debtor_types"]), found["stage"], found["action"], found["treatment"])
