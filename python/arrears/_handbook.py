"""A policy as a handbook, and its ladder as a picture."""

from __future__ import annotations

import json
from html import escape
from typing import Any


class Handbook:
    """A policy under the law of a day, in plain words, for people who do not know its language."""

    def __init__(self, told: str, markdown: str, html: str) -> None:
        """Not for users: see `Policy.handbook`."""
        self._told: dict[str, Any] = json.loads(told)
        self.markdown = markdown
        """The handbook in Markdown, with the ladder as a Mermaid block."""
        self.html = html
        """The handbook as one page of HTML that needs nothing else."""

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data: `front`, `chapters`, and `changes` if an earlier version was given."""
        return self._told

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return f"<Handbook: {len(self._told['chapters'])} chapters>"

    def _repr_markdown_(self) -> str:
        return self.markdown

    def _repr_html_(self) -> str:
        # A page of its own within the notebook: how it looks stays inside, and nothing in it runs.
        style = "width:100%;height:40em;border:1px solid rgba(128,128,128,.4)"
        return f'<iframe sandbox="" style="{style}" srcdoc="{escape(self.html)}"></iframe>'


class Graph:
    """The ladder of a policy: stages, the ways between them, and what is done in each."""

    def __init__(self, told: str, mermaid: str, dot: str, svg: str) -> None:
        """Not for users: see `Policy.graph`."""
        self._told: dict[str, Any] = json.loads(told)
        self.mermaid = mermaid
        """A Mermaid flowchart."""
        self.dot = dot
        """A DOT digraph, for Graphviz."""
        self.svg = svg
        """The picture, as SVG."""

    def to_dict(self) -> dict[str, Any]:
        """The ladder, as data: `stages`, `ways`, `moves`."""
        return self._told

    def __str__(self) -> str:
        return self.mermaid

    def __repr__(self) -> str:
        return f"<Graph of {self._told['policy']}: {len(self._told['stages'])} stages>"

    def _repr_svg_(self) -> str:
        return self.svg
