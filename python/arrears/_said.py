"""What is said and written to one person: briefs, texts, cases to practise on."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Literal

from arrears import _arrears, _documents, _html

Language = Literal["en", "zh"]
"""A language in which something is said."""


class House:
    """Who speaks, and in which words: the voices of a house, its limits, its templates.

    The form is that of `arrears-house/1` documents (docs/words.md). Templates are a folder with files
    `KIND/NAME.LANGUAGE.txt`, or a mapping from such names to texts; they stand in the place of the shipped ones, or
    beside them.
    """

    def __init__(self, document: str | None = None, templates: Templates | None = None) -> None:
        """A house; without a document one that has no name and speaks as "the bank".

        Args:
            document: Its document, as text.
            templates: A folder, or texts by name.

        Raises:
            DocumentError: The document cannot be read; everything that is wrong is listed.
            WordsError: Templates cannot be used; each problem has its template, line and column.
        """
        self._document = document
        self._templates = tuple(sorted(_texts(templates).items()))
        self._native = _arrears.House.of(document, list(self._templates))

    @staticmethod
    def from_file(path: str | os.PathLike[str], *, templates: Templates | None = None) -> House:
        """Read a house from its file."""
        return House(_documents.text(path), templates)

    @staticmethod
    def from_dict(document: Mapping[str, Any], *, templates: Templates | None = None) -> House:
        """Read a house from its content."""
        return House(_documents.written(document), templates)

    @property
    def language(self) -> str:
        """The language where none is asked for."""
        return self._native.language()

    def __reduce__(self) -> tuple[type[House], tuple[str | None, dict[str, str]]]:
        return House, (self._document, dict(self._templates))

    def __repr__(self) -> str:
        return f"<House that speaks {self.language}>"


Templates = str | os.PathLike[str] | Mapping[str, str]
"""Templates of a house: a folder, or texts by name."""


@dataclass(frozen=True)
class Recording:
    """An outcome that may be recorded after a contact."""

    code: str
    meaning: str


@dataclass(frozen=True)
class Brief:
    """A brief for one contact with one person, in the order in which it is used.

    It is for whoever speaks to the person, and never shown outside: it names the debtor type.
    """

    language: str
    debtor_type: str
    stage: str
    tone: str | None
    held_by: tuple[str, ...]
    """What stops contact. Where there is any, the brief asks for nothing."""
    decided: str
    """What is decided: a verb, or wait, held, review, none."""
    in_person: bool
    """Whether that is a talk. Where it is not, the brief is for a person who calls us."""
    asks: bool
    """Whether it asks for payment."""
    identity: str
    """The identity check; nothing of the debt is in it."""
    opening: str
    """What is said first to the person: amount and day, or that nothing is asked for."""
    disclosures: tuple[str, ...]
    points: tuple[str, ...]
    """What to say to this type of debtor."""
    policy_points: tuple[str, ...]
    """What the policy says for the type, the stage and the treatment."""
    untranslated: tuple[str, ...]
    """Points of the policy that nobody put into this language. They are left out."""
    offers: tuple[str, ...]
    offers_left_out: int
    """Further offers that there is no time to say."""
    close: str
    voicemail: str | None
    """What to leave on a voicemail, and nothing else."""
    not_to_say: tuple[str, ...]
    record: tuple[Recording, ...]
    """What to record."""
    seconds: int
    """Seconds that saying it takes."""
    most_seconds: int
    text: str = field(repr=False)
    """The brief as a page."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _html.text(f"Brief: {self.debtor_type}", self.text)


@dataclass(frozen=True)
class ShortMessage:
    """How a network carries a short message."""

    encoding: str
    """`gsm7` or `ucs2`."""
    units: int
    """Septets of GSM 03.38, or UTF-16 units."""
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """A text as it goes out."""

    by: str
    """What asks for it: `treatment courtesy_text`, `duty overdue_notice`, or `preview`."""
    preview: bool
    """Whether it is only shown: the decision does not send it."""
    kind: str
    """`sms`, `letter`, `email`, ..."""
    template: str
    language: str
    subject: str | None
    text: str
    short_message: ShortMessage | None
    """How a network carries it; only for short messages."""
    disclosures: tuple[str, ...]
    """The disclosures of the house that it holds, by name."""
    checked: tuple[str, ...]
    """What it was held against, and passed."""
    approval: str | None
    """Who must approve it before it goes out."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        counted = ""
        if self.short_message is not None:
            parts, units = len(self.short_message.parts), self.short_message.units
            counted = f" · {parts} part{'s' if parts != 1 else ''}, {units} {self.short_message.encoding}"
        title = f"{self.kind}/{self.template}{counted}"
        return _html.text(title, "\n\n".join([self.subject, self.text] if self.subject else [self.text]))


@dataclass(frozen=True)
class Unsaid:
    """A text that is not written, and why."""

    by: str
    why: str
    asks_for_a_person: bool
    """Whether a person must look before anything is written."""
    is_a_mistake: bool
    """Whether something must be mended: a template, the house, the policy, or what is told."""


@dataclass(frozen=True)
class Texts:
    """All that a decision writes to a person: the text of its treatment, and of every duty that is due.

    It is true if something is written.
    """

    said: tuple[Said, ...]
    unsaid: tuple[Unsaid, ...]

    def __bool__(self) -> bool:
        return bool(self.said)

    def _repr_html_(self) -> str:
        rows = [[escape(each.by), escape(each.why)] for each in self.unsaid]
        refused = _html.bare_grid([("not written", False), ("why", False)], rows) if rows else ""
        return "".join(each._repr_html_() for each in self.said) + (_html.page(refused) if refused else "")


@dataclass(frozen=True)
class Scenario:
    """A case to practise on: a made-up account that the policy really takes for a debtor type."""

    debtor_type: str
    told: dict[str, Any] = field(repr=False)
    """The case as data: facts, decision, brief."""
    brief: Brief = field(repr=False)
    text: str = field(repr=False)
    """The whole case as a page."""

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return _html.text(self.debtor_type, self.text)


@dataclass(frozen=True)
class Practice:
    """Cases to practise on, one for each debtor type of a policy."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[str, ...]
    """Why there is no case for the others."""


def brief_of(found: dict[str, Any], text: str) -> Brief:
    """A brief from its JSON."""
    read: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    read["record"] = tuple(Recording(**each) for each in found["record"])
    return Brief(**read, text=text)


def texts_of(text: str) -> Texts:
    """Texts from their JSON."""
    found: dict[str, Any] = json.loads(text)
    return Texts(
        said=tuple(_said(each) for each in found["said"]),
        unsaid=tuple(Unsaid(**each) for each in found["unsaid"]),
    )


def practice_of(cases: list[tuple[str, str, str]], problems: list[str]) -> Practice:
    """Practice from its cases."""

    def one(case: str, brief: str, text: str) -> Scenario:
        told: dict[str, Any] = json.loads(case)
        return Scenario(told["debtor_type"], told, brief_of(told["brief"], brief), text)

    return Practice(tuple(one(*case) for case in cases), tuple(problems))


def _said(found: dict[str, Any]) -> Said:
    read: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    short = found["short_message"]
    if short is not None:
        read["short_message"] = ShortMessage(short["encoding"], short["units"], tuple(short["parts"]))
    return Said(**read)


def _texts(templates: Templates | None) -> dict[str, str]:
    if templates is None:
        return {}
    if isinstance(templates, Mapping):
        return dict(templates)
    folder = Path(templates)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: is no folder of templates")
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and len(name.parts) > 1 and not any(part.startswith(".") for part in name.parts):
            found[name.as_posix()] = _documents.text(path)
    return found
