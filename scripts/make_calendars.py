#!/usr/bin/env python3
"""Makes the calendars that arrears ships: one CSV file of holidays and worked weekends for each.

    pip install holidays==0.109
    python scripts/make_calendars.py crates/arrears-rules/calendars
    python scripts/make_calendars.py crates/arrears-rules/calendars SECOND.csv

The same version of the package gives the same bytes. SECOND.csv has the columns
country,date,name,kind,also_in_second (country codes of two letters, kinds as in the
calendars; also_in_second says whether a further source has the day). Where it and the
calendars differ, in the years that both have, is printed; nothing is changed by it.

The source is the Python package `holidays` (https://pypi.org/project/holidays/), MIT
License; its licence is written beside the calendars. Another version is refused: what a
version knows, and up to which year, has to be read again by a person, who then changes
PACKAGE_VERSION and the spans below.

How the last known day of each calendar was chosen:

- Where the statute itself fixes every day by rule, and a change takes a new law or a
  proclamation, the calendar goes to the end of 2028 (us-federal, gb-england, ca-on, ca-qc, au, cz).
- Where a government names days from year to year (in, id, ph, th, tw, kr), it ends with the last
  year for which the package holds what was named. Years with days that the package marks as
  estimated are left out whole. Bridging and substitute days come with the same announcements.
- Japan's equinoxes are fixed by the gazette of the February before: one year ahead is known.
- China's notice for the next year may still move weekends of the last days of December (it
  moved 29 December 2018), so the calendar ends on 24 December of the last year with a notice.
"""

import csv
import dataclasses
import datetime
import importlib.metadata
import io
import re
import sys
from pathlib import Path

import holidays

PACKAGE_VERSION = "0.109"
FIRST = datetime.date(2015, 1, 1)
HOLIDAY, WORKED = "holiday", "working_weekend"
ESTIMATED = "(estimated)"
SUBSTITUTED = re.compile(r"\(substituted from (\d\d)/(\d\d)/(\d{4})\)")

BY_RULE = "fixed by rule; a day proclaimed or abolished after the source was made is not seen"
NAMED_YEARLY = "days are named from year to year; the source has no announcement, or only estimates, after this"


@dataclasses.dataclass(frozen=True)
class Made:
    """One calendar: what it is, where the package keeps it, and up to when it is known."""

    name: str
    about: str
    country: str
    last: datetime.date
    why_last: str
    subdivision: str | None = None
    # Days that all of these subdivisions have are added.
    in_all: tuple[str, ...] = ()
    beware: str | None = None


def year_end(year):
    """The last day of a year."""
    return datetime.date(year, 12, 31)


CALENDARS = [
    Made(
        "us-federal",
        "United States: federal holidays of 5 USC 6103(a), with the days on which they are observed",
        "US",
        year_end(2028),
        BY_RULE,
        beware="holidays of the states and days closed by executive order are not in it",
    ),
    Made(
        "cn",
        "China: holidays, days off by substitution, and the weekends worked for them",
        "CN",
        datetime.date(2026, 12, 24),
        "the State Council's notice is known up to 2026; the next one may still move the last days of December",
        beware="Saturdays and Sundays inside a long holiday are weekend days here, not holidays, unless statutory",
    ),
    Made("gb-england", "England: bank holidays", "GB", year_end(2028), BY_RULE, subdivision="ENG"),
    Made(
        "in",
        "India: holidays of the central government",
        "IN",
        year_end(2026),
        NAMED_YEARLY,
        beware="states and banks keep further days and, for some of these, other days; not all Saturdays are free",
    ),
    Made(
        "au",
        "Australia: national holidays, and the days that every state and territory gives in their place",
        "AU",
        year_end(2028),
        BY_RULE,
        in_all=("ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"),
        beware="holidays of some states only are not in it",
    ),
    Made(
        "th",
        "Thailand: public holidays, with days in lieu and bridging days",
        "TH",
        year_end(2026),
        NAMED_YEARLY,
    ),
    Made(
        "id",
        "Indonesia: national holidays",
        "ID",
        year_end(2026),
        NAMED_YEARLY,
        beware="joint leave (cuti bersama) is not in it",
    ),
    Made(
        "kr",
        "South Korea: public holidays, with alternative and temporary holidays",
        "KR",
        year_end(2026),
        NAMED_YEARLY,
    ),
    Made(
        "jp",
        "Japan: national holidays, with substitute holidays",
        "JP",
        year_end(2027),
        "the days of the equinoxes are published in the February before",
        beware="31 December, 2 and 3 January, on which banks are closed, are not in it",
    ),
    Made(
        "ca-on",
        "Ontario: public holidays of the Employment Standards Act",
        "CA",
        year_end(2028),
        BY_RULE,
        subdivision="ON",
        beware="no day stands in for Canada Day on a weekend, nor 27 December for a Christmas on a Sunday; "
        "the Civic Holiday is not in it",
    ),
    Made(
        "ca-qc",
        "Quebec: public holidays of the Act respecting labour standards, and the National Holiday",
        "CA",
        year_end(2028),
        BY_RULE,
        subdivision="QC",
        beware="Easter Monday, which an employer may give in place of Good Friday, is not in it, "
        "nor 2 July for a Canada Day on a Sunday",
    ),
    Made(
        "ph",
        "Philippines: regular holidays and special non-working days",
        "PH",
        year_end(2026),
        NAMED_YEARLY,
    ),
    Made(
        "tw",
        "Taiwan: holidays, days off by substitution, and the Saturdays worked for them",
        "TW",
        year_end(2026),
        NAMED_YEARLY,
    ),
    Made("cz", "Czechia: public holidays", "CZ", year_end(2028), BY_RULE),
]


def iso(match):
    """A substitution as the package writes it, with its day as 2026-12-25."""
    month, day, year = match.groups()
    return f"(substituted from {year}-{month}-{day})"


def language(country):
    """The package's own language of a country where that is English, else English of the United States."""
    own = holidays.country_holidays(country).default_language
    return own if own is None or own.startswith("en_") else "en_US"


def source(made, subdivision):
    """What the package knows of a place, with a year more on either side: observed days move across years."""
    years = range(FIRST.year - 1, made.last.year + 2)
    return holidays.country_holidays(made.country, subdiv=subdivision, years=years, language=language(made.country))


def off(made):
    """The days off of a calendar with their names, and the weekends worked, with the days for which they are."""
    table = source(made, made.subdivision)
    names = dict(table.items())
    if made.in_all:
        parts = [source(made, part) for part in made.in_all]
        for day in set.intersection(*(set(part) for part in parts)):
            names.setdefault(day, parts[0][day])
    # For which day off a weekend is worked stands in the name of the day off.
    worked_for = {}
    for day, name in table.items():
        for month, of_month, year in SUBSTITUTED.findall(name):
            worked_for[datetime.date(int(year), int(month), int(of_month))] = day
    return names, {day: worked_for.get(day) for day in table.weekend_workdays}


def rows(made):
    """The rows of a calendar, `(day, kind, name)`, in the order of their days.

    Raises:
        SystemExit: A day inside the span is estimated, or is both a holiday and worked.
    """
    found = {}
    names, worked = off(made)
    for day, name in names.items():
        if not FIRST <= day <= made.last:
            continue
        if ESTIMATED in name:
            sys.exit(f"{made.name}: {day} ({name}) lies in the known span")
        found[day] = (HOLIDAY, SUBSTITUTED.sub(iso, name))
    for day, instead in worked.items():
        if not FIRST <= day <= made.last:
            continue
        if day in found:
            sys.exit(f"{made.name}: {day} is worked and is a holiday ({found[day][1]})")
        found[day] = (WORKED, f"Worked for {instead}")
    return [(day, kind, name) for day, (kind, name) in sorted(found.items())]


def text(made):
    """The file of a calendar."""
    entity = made.country if made.subdivision is None else f"{made.country}-{made.subdivision}"
    if made.in_all:
        entity += f" with the days common to {' '.join(made.in_all)}"
    head = [
        made.about,
        f"known: {FIRST}..{made.last}",
        f"ends there: {made.why_last}",
        f"source: Python package holidays {PACKAGE_VERSION}, entity {entity}, category public",
        "licence of the source: MIT, see LICENSE-holidays.txt",
        "made by scripts/make_calendars.py: change that, not this file",
    ]
    if made.beware is not None:
        head.insert(1, f"beware: {made.beware}")
    out = io.StringIO()
    out.writelines(f"# {line}\n" for line in head)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", "kind", "name"])
    writer.writerows(rows(made))
    return out.getvalue()


def licence():
    """The text of the package's licence, with its copyright lines."""
    files = importlib.metadata.files("holidays") or []
    return next(file.read_text() for file in files if file.name == "LICENSE")


def compare(second):
    """Prints where the calendars and a second table differ, day by day, in the years that both have."""
    with Path(second).open(newline="") as lines:
        given = list(csv.DictReader(lines))
    for made in CALENDARS:
        theirs = {
            datetime.date.fromisoformat(row["date"]): row
            for row in given
            if row["country"] == made.country and row["kind"] in (HOLIDAY, WORKED)
        }
        if not theirs:
            print(f"{made.name}: not in the second table")
            continue
        first = max(FIRST, datetime.date(min(theirs).year, 1, 1))
        last = min(made.last, year_end(max(theirs).year))
        ours = {day: (kind, name) for day, kind, name in rows(made) if first <= day <= last}
        theirs = {day: row for day, row in theirs.items() if first <= day <= last}
        print(f"{made.name}: {len(ours)} days here, {len(theirs)} there, {first}..{last}")
        for day in sorted(ours.keys() | theirs.keys()):
            here, there = ours.get(day), theirs.get(day)
            if there is None:
                print(f"  {day} only here: {here[0]}, {here[1]}")
            elif here is None:
                print(f"  {day} only there: {there['kind']}, {there['name']}")
            elif here[0] != there["kind"]:
                print(f"  {day} {here[0]} here, {there['kind']} there")
            elif there["also_in_second"] != "True":
                print(f"  {day} not confirmed: {here[0]}, {here[1]}")


def main():
    """Writes the calendars, and compares them where a second table is given."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    if holidays.__version__ != PACKAGE_VERSION:
        sys.exit(f"holidays {holidays.__version__} is installed, {PACKAGE_VERSION} is wanted")
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for made in CALENDARS:
        (folder / f"{made.name}.csv").write_text(text(made), encoding="utf-8")
    (folder / "LICENSE-holidays.txt").write_text(licence(), encoding="utf-8")
    if len(sys.argv) == 3:
        compare(sys.argv[2])


if __name__ == "__main__":
    main()
