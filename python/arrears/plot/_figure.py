"""Charts that need no network, and files of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import altair as alt

if TYPE_CHECKING:
    import os


class Figure(alt.LayerChart):  # type: ignore[misc]  # altair is read without types
    """An altair chart that brings its own picture, so that a notebook without a network shows it.

    Everything that altair does with a layered chart can be done with it: `.properties(width=500)`, `a | b`, `.save`.
    """

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:
        told = self.to_dict()
        try:
            drawn = _svg(told)
        except ImportError:
            return super()._repr_mimebundle_(*args, **kwargs)
        kind = f"application/vnd.vegalite.v{alt.SCHEMA_VERSION.lstrip('v').split('.')[0]}+json"
        return {kind: told, "image/svg+xml": drawn, "text/plain": repr(self)}, {}

    def _repr_svg_(self) -> str:
        return _svg(self.to_dict())

    def __repr__(self) -> str:
        title = self.to_dict().get("title", {})
        return f"<Figure: {title.get('text', 'without a title') if isinstance(title, dict) else title}>"


def save(chart: alt.TopLevelMixin, path: str | os.PathLike[str], *, scale: float = 2) -> Path:
    """Write a chart to a file, without a network.

    Args:
        chart: A chart, from here or any of altair's.
        path: Where to: `.svg`, `.png`, `.html` (one file that holds all it needs) or `.json` (the specification).
        scale: Pixels of a PNG for each of the chart's.

    Raises:
        ValueError: The name ends in something else.
        ImportError: vl-convert is not installed.
    """
    file = Path(path)
    told = chart.to_dict()
    match file.suffix.lower():
        case ".svg":
            file.write_text(_svg(told), encoding="utf-8")
        case ".png":
            file.write_bytes(_convert().vegalite_to_png(told, vl_version=_version(), scale=scale, allowed_base_urls=[]))
        case ".html":
            file.write_text(_convert().vegalite_to_html(told, vl_version=_version(), bundle=True), encoding="utf-8")
        case ".json":
            file.write_text(json.dumps(told, indent=1), encoding="utf-8")
        case other:
            raise ValueError(f"a chart is saved as .svg, .png, .html or .json, not as `{other or file.name}`")
    return file


def _svg(told: dict[str, Any]) -> str:
    drawn: str = _convert().vegalite_to_svg(told, vl_version=_version(), allowed_base_urls=[])
    return drawn


def _version() -> str:
    """The version of the grammar that altair writes, as vl-convert calls it: `6.4`."""
    return ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])


def _convert() -> Any:
    try:
        import vl_convert
    except ImportError as error:
        raise ImportError('to draw a chart needs vl-convert: pip install "arrears[plot]"') from error
    return vl_convert
