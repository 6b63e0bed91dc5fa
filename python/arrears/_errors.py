"""What can go wrong, as exceptions that programs can read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """A place in a policy file; lines and columns count from 1, in characters."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One thing that is wrong with a policy, or that a policy is warned of."""

    code: str
    """The stable code, `P101` and so on."""
    severity: str
    """`error` or `warning`."""
    message: str
    help: str | None
    """What the author can do about it."""
    place: Place | None
    """The text at fault."""
    labels: tuple[tuple[str, Place | None], ...]
    """What is to be seen there and elsewhere, the text at fault first."""
    replacement: str | None
    """A text that would mend it in that place, where one is known."""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.code} {self.message}" + (f" ({self.help})" if self.help else "")


@dataclass(frozen=True)
class ColumnProblem:
    """One thing that is wrong with the columns of a table."""

    kind: str
    """`absent`, `wrong_type`, `no_such_column`, `no_such_fact`, `not_told`, ..."""
    fact: str | None
    column: str | None
    found: str | None
    expected: str | None
    fix: str | None
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a row."""

    column: str | None
    """The column as the table calls it; none if the row as a whole is at fault."""
    found: str | None
    """What stands there."""
    problem: str

    def __str__(self) -> str:
        where = f"column `{self.column}`: " if self.column is not None else ""
        return where + (f"`{self.found}` {self.problem}" if self.found is not None else self.problem)


@dataclass(frozen=True)
class RowError:
    """A row that is not decided, and why. Rows count from 1."""

    row: int
    line: int | None
    """The line of the file on which the row begins, for CSV."""
    account_id: str | None
    faults: tuple[Fault, ...]

    def __str__(self) -> str:
        line = f" (line {self.line})" if self.line is not None else ""
        account = f", account {self.account_id}" if self.account_id is not None else ""
        return f"row {self.row}{line}{account}, " + "; ".join(str(fault) for fault in self.faults)


class ArrearsError(Exception):
    """Anything that goes wrong in arrears."""


class PolicyError(ArrearsError):
    """A policy that cannot be used.

    Attributes:
        diagnostics: Everything that is wrong with it, in file order.
    """

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        super().__init__(message, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class SchemaError(ArrearsError):
    """A table whose columns do not fit the policy.

    Attributes:
        columns: Everything that is wrong with them.
    """

    def __init__(self, message: str, columns: tuple[ColumnProblem, ...] = ()) -> None:
        super().__init__(message, columns)
        self.columns = columns

    def __str__(self) -> str:
        return str(self.args[0])


class RowErrors(ArrearsError):  # noqa: N818 (it is several)
    """Rows that cannot be decided; nothing was decided.

    `keep_going=True` decides the others and sets these aside.

    Attributes:
        errors: The rows, in the order of the table.
        total: How many there are.
        rows: How many rows the table has.
    """

    def __init__(self, message: str, errors: tuple[RowError, ...] = (), total: int = 0, rows: int = 0) -> None:
        super().__init__(message, errors, total, rows)
        self.errors = errors
        self.total = total
        self.rows = rows

    def __str__(self) -> str:
        shown = 20
        text = str(self.args[0]).split("\n")
        more = len(text) - 1 - shown
        return "\n".join(text if more <= 0 else [*text[: shown + 1], f"  and {more} more: see `errors`"])


class TableError(ArrearsError):
    """A table that cannot be read, or not to its end, or a state that is none."""


class FileError(ArrearsError, OSError):
    """A file that cannot be opened, read or written."""


class NotInForceError(ArrearsError):
    """A day on which the policy does not decide."""


class FactsError(ArrearsError, ValueError):
    """Facts of one account that the policy cannot read.

    Attributes:
        problems: What is wrong, by fact.
    """

    def __init__(self, message: str, problems: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class HistoryError(ArrearsError, ValueError):
    """A history, or conventions, that cannot be read.

    Attributes:
        problems: What is wrong, by its place in the document.
    """

    def __init__(self, message: str, problems: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class DocumentError(ArrearsError, ValueError):
    """A document that cannot be read: the terms of a product, an arrangement, the words of a house.

    Attributes:
        problems: Everything that is wrong, by its place in the document.
    """

    def __init__(self, message: str, problems: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class OwedError(ArrearsError, ValueError):
    """What is owed cannot be reckoned.

    The terms are in another currency or contradict the history, a payment lies before today, or an amount is too large.
    """


class WordsError(ArrearsError, ValueError):
    """What is to be said or written cannot be: a template, the house, or what is told of the account.

    Attributes:
        problems: Everything that is wrong.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    def __str__(self) -> str:
        return str(self.args[0])


class CaseError(ArrearsError, ValueError):
    """What is told of a person or of a contact, and cannot be read. Nothing was permitted or refused.

    Attributes:
        problems: Everything that is wrong, by its place: `standing.contacts[3].outcome`, `proposed.at`.
    """

    def __init__(self, message: str, problems: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message, problems)
        self.problems = problems

    @classmethod
    def of(cls, problems: Iterable[tuple[str, str]]) -> CaseError:
        """The exception for some problems."""
        listed = tuple(problems)
        said = (f"{path}: {message}" if path else message for path, message in listed)
        return cls("\n  ".join(["the case cannot be read:", *said]), listed)

    def __str__(self) -> str:
        return str(self.args[0])


def place_of(found: dict[str, Any] | None) -> Place | None:
    """A place from its JSON."""
    return None if found is None else Place(**found)


def diagnostics_of(text: str) -> tuple[Diagnostic, ...]:
    """Diagnostics from their JSON."""

    def one(found: dict[str, Any]) -> Diagnostic:
        labels = tuple((label["text"], place_of(label["place"])) for label in found["labels"])
        suggestion = found["suggestion"]
        return Diagnostic(
            code=found["code"],
            severity=found["severity"],
            message=found["message"],
            help=found["help"],
            place=labels[0][1] if labels else None,
            labels=labels,
            replacement=suggestion["replacement"] if suggestion else None,
        )

    return tuple(one(found) for found in json.loads(text))


def row_errors_of(listed: list[dict[str, Any]]) -> tuple[RowError, ...]:
    """Row errors from their JSON."""
    return tuple(
        RowError(
            row=found["row"],
            line=found["line"],
            account_id=found["account_id"],
            faults=tuple(Fault(**fault) for fault in found["faults"]),
        )
        for found in listed
    )


def make(kind: str, message: str, details: str) -> Exception:
    """The exception for what the engine reports; called by the extension module."""
    found: dict[str, Any] = json.loads(details) or {}
    match kind:
        case "policy":
            return PolicyError(message, diagnostics_of(json.dumps(found["problems"])))
        case "schema":
            return SchemaError(message, tuple(ColumnProblem(**column) for column in found["columns"]))
        case "rows":
            first = row_errors_of(found.get("first", []))
            return RowErrors(message, first, found.get("errors", len(first)), found.get("rows", 0))
        case "facts":
            return FactsError(message, tuple((each["fact"], each["message"]) for each in found["problems"]))
        case "history":
            return HistoryError(message, tuple((each["path"], each["message"]) for each in found["problems"]))
        case "document":
            return DocumentError(message, tuple((each["path"], each["message"]) for each in found["problems"]))
        case "words":
            return WordsError(message, tuple(found["problems"]))
        case "owed":
            return OwedError(message)
        case "case":
            return CaseError.of((each["path"], each["message"]) for each in found["problems"])
        case "table":
            return TableError(message)
        case "file":
            return FileError(message)
        case "not_in_force":
            return NotInForceError(message)
        case "value":
            return ValueError(message)
        case _:
            return ArrearsError(message)
