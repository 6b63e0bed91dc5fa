//! A matter to be judged: packs of law, a person, and contacts that are proposed.

use super::Written;
use super::choices::Choices;
use super::pack::{EXCEPTIONS, PackStyle, RULES, pack};
use super::places::Place;
use super::standing::standing;
use crate::written::written;
use arrears::calendar::Calendar;
use arrears::draft::Draft;
use arrears::guardrail::{Case, Contact, Standing, Trouble};
use arrears::{Law, Pack};
use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use proptest::prelude::*;
use std::fmt;

/// Holidays, and the days for which they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// The first known day.
    pub from: NaiveDate,
    /// The last known day.
    pub to: NaiveDate,
    /// The holidays.
    pub days: Vec<NaiveDate>,
}

/// A matter to be judged.
#[derive(Clone)]
pub struct Matter {
    /// The packs as written.
    pub drafts: Vec<Draft>,
    /// The packs after their checks.
    pub packs: Vec<Pack>,
    /// Rules that the host enabled.
    pub enabled: Vec<&'static str>,
    /// The calendar called `ours`, if the host has it.
    pub holidays: Option<Holidays>,
    /// The person.
    pub standing: Standing,
    /// The moment of the case.
    pub now: DateTime<FixedOffset>,
    /// Contacts that are proposed.
    pub proposed: Vec<Contact>,
    /// More choices, for what a law needs beyond them.
    pub more: Vec<u16>,
}

/// What matters a law is about.
#[derive(Clone, Copy, Debug)]
pub struct Matters {
    /// Whether conditions may use `??` and `known`.
    pub defaults: bool,
    /// How often, in a hundred times, something is not known.
    pub unknown: usize,
    /// Most guardrails of a pack.
    pub rules: usize,
    /// Contacts that are proposed.
    pub proposals: usize,
}

impl Matter {
    fn new(kind: Matters, written: Vec<u16>, told: Vec<u16>, more: Vec<u16>) -> Option<Self> {
        let mut told = Choices::new(told);
        let place = Place::random(&mut told);
        let (standing, proposed) = standing(&mut told, &place, kind.unknown, kind.proposals);
        let mut written = Choices::new(written);
        let holidays = written.chance(80).then(|| holidays(&mut written, place.today));
        let enabled = RULES.into_iter().chain(EXCEPTIONS).filter(|_| written.chance(25)).collect();
        let style = PackStyle { defaults: kind.defaults, rules: kind.rules, near: place.today };
        let jurisdictions = written.pick(&[&["US"] as &[&str], &["US", "US-MA"], &["US-MA"], &["US", "UK"]], &["US"]);
        let names = ["one", "two"].into_iter().zip(jurisdictions);
        let drafts: Vec<Draft> = names.map(|(named, whose)| pack(&mut written, named, whose, style)).collect();
        let packs = drafts.iter().map(|draft| Pack::check(draft, &[]).pack).collect::<Option<Vec<Pack>>>()?;
        Some(Self { drafts, packs, enabled, holidays, standing, now: place.now, proposed, more })
    }

    /// The law of all its packs.
    pub fn law(&self) -> Law {
        self.law_of(self.packs.clone())
    }

    /// The law of other packs, all else the same. Rules that none of them has stay as they are.
    pub fn law_of(&self, packs: Vec<Pack>) -> Law {
        let mut law = Law::of(packs);
        if let Some(calendar) = self.holidays.as_ref().and_then(Holidays::calendar) {
            law = law.with_calendar(calendar);
        }
        for rule in &self.enabled {
            law = law.clone().enabling([*rule]).unwrap_or(law);
        }
        law
    }

    /// What is known of the person, prepared under the law.
    ///
    /// # Errors
    ///
    /// As [`Case::new`].
    pub fn case(&self) -> Result<Case, Vec<Trouble>> {
        Case::new(&self.law(), &self.standing, self.now)
    }
}

impl Holidays {
    /// The calendar that says so.
    pub fn calendar(&self) -> Option<Calendar> {
        let mut text = format!("# known: {}..{}\ndate,kind,name\n", self.from, self.to);
        for day in &self.days {
            text.push_str(&format!("{day},holiday,a holiday\n"));
        }
        Calendar::read("ours", &text).ok()
    }
}

fn holidays(choices: &mut Choices, today: NaiveDate) -> Holidays {
    let first = today - Days::new(3);
    let last = today + Days::new(choices.pick(&[40, 1, 2, 400], 40));
    let days = first.iter_days().take(7).filter(|day| *day <= last && choices.chance(30)).collect();
    Holidays { from: first - Days::new(choices.pick(&[60, 0], 60)), to: last, days }
}

impl fmt::Debug for Matter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for draft in &self.drafts {
            writeln!(f, "\n{}", written(draft))?;
        }
        writeln!(f, "enabled: {:?}\nholidays: {:?}", self.enabled, self.holidays)?;
        writeln!(f, "as of {}: {:#?}", self.now, self.standing)?;
        writeln!(f, "proposed: {:#?}", self.proposed)
    }
}

/// Random packs as written.
pub fn packs(defaults: bool) -> impl Strategy<Value = Written> {
    prop::collection::vec(any::<u16>(), 0..400).prop_map(move |list| {
        let style = PackStyle { defaults, rules: 6, near: NaiveDate::default() };
        Written(pack(&mut Choices::new(list), "one", "US", style))
    })
}

/// Random matters.
pub fn matters(kind: Matters) -> impl Strategy<Value = Matter> {
    let list = |most: usize| prop::collection::vec(any::<u16>(), most / 3..most);
    (list(420), list(600), list(40)).prop_filter_map("the packs pass their checks", move |(written, told, more)| {
        Matter::new(kind, written, told, more)
    })
}
