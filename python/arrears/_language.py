"""What a policy file can say, and how it is laid out."""

from __future__ import annotations

import json
from typing import Any

from arrears import _arrears
from arrears._errors import PolicyError, diagnostics_of


def format(text: str, *, name: str = "policy.rhai") -> str:
    """Lay a policy file out: one layout, so that differences are differences of the policy.

    The policy stays the same, and so does its hash. Laid out twice, it is as it was laid out once.

    >>> print(format("define late=dpd>3;"), end="")
    define late = dpd > 3;

    Args:
        text: A policy, a module or a pack.
        name: What messages call it.

    Raises:
        PolicyError: The text cannot be read; `error.diagnostics` lists why.
    """
    laid, problems, said = _arrears.layout(name, text)
    if laid is None:
        raise PolicyError(f"{name} is not laid out\n{said}", diagnostics_of(problems))
    return laid


def language() -> dict[str, Any]:
    """What a policy file can say, as data in the form `arrears-language/1`.

    Statements, options, verbs, facts, functions, results of contacts.

    >>> next(fact["kind"] for fact in language()["facts"] if fact["name"] == "dpd")
    'days'
    """
    found: dict[str, Any] = json.loads(_arrears.language()[0])
    return found


def about(word: str) -> str:
    """Everything that a word means in the language of policies, as Markdown.

    >>> about("phone").splitlines()[0]
    '`phone`: verb and channel, class contact, strength 3'

    Args:
        word: A statement, a clause, a fact, a verb, a function, a result of a contact.

    Raises:
        ValueError: The language has no such word; the nearest that it has is named.
    """
    _, said, near = _arrears.language(word)
    if not said:
        raise ValueError(f"the language has no word `{word}`" + (f": did you mean `{near}`?" if near else ""))
    return "\n\n".join(said)
