//! Where an account lies: which packs bind it, and whose clock counts.

use super::Checker;
use super::under_law::{Folded, Planned};
use crate::condition::{CondKind, FactId, Num, NumKind, Truth, WordSet};
use crate::facts::table::WEEKDAYS;
use crate::facts::{Movement, Parametric};
use crate::number::{Cell, Kind};
use crate::policy::pack::{DayHours, Rule, WeekHours};
use crate::policy::{ClockPeriod, Input, Law, Need, Pack};
use crate::span::Span;
use chrono::NaiveDate;

impl Checker<'_> {
    /// The packs of jurisdictions below the policy's: they bind the accounts that lie there. A table
    /// without jurisdictions says that the policy's own is everybody's.
    pub(super) fn below<'l>(
        &mut self,
        law: &'l Law,
        on: NaiveDate,
        own: &str,
    ) -> impl Iterator<Item = &'l Pack> + use<'l> {
        if let Some(id) = self.read("jurisdiction", Span::NONE, super::Phase::Facts) {
            let position = self.vocabulary.word(id, own).and_then(|position| i64::try_from(position).ok());
            if let (Some(position), Some(input)) = (position, self.vocabulary.get_mut(id)) {
                input.need = Need::Optional(Cell::number(position));
            }
        }
        let beneath = format!("{own}-");
        let packs = law.packs().iter();
        packs.filter(move |pack| pack.head().jurisdiction.starts_with(&beneath) && pack.head().in_force(on))
    }

    /// Whether the account lies where a pack binds; none: everywhere that the policy does.
    pub(super) fn there(&mut self, planned: &Planned<'_>, own: Option<&str>) -> Option<Folded> {
        let theirs = planned.pack.head().jurisdiction.as_str();
        if planned.house || own.is_none_or(|own| planned.pack.head().binds(own)) {
            return None;
        }
        let id = self.vocabulary.find("jurisdiction")?;
        let position = self.vocabulary.word(id, theirs)?;
        let word = Num { kind: NumKind::Fact(id), unit: Kind::Category, span: planned.span };
        let cond = self.numbered(CondKind::Within(word, WordSet::of(position)), planned.span);
        Some(Folded::Cond(cond))
    }

    /// The days of the week on which a rule that asks for the day refuses a planned contact: there it
    /// leaves no hours, on others all of them.
    pub(super) fn days_of(&mut self, planned: &Planned<'_>, rule: &Rule, holidays: bool) -> WeekHours {
        let whole = DayHours::Open(ClockPeriod { from: 0, to: 24 * 60 });
        let mut of = |day: &'static str, holiday: bool| {
            let dated = Planned { day: Some((day, holiday)), ..*planned };
            let spared = matches!(self.scope(&dated, rule), Folded::Is(Truth::False, _));
            if spared { whole } else { DayHours::Closed }
        };
        let mut week = WeekHours::default();
        for (hours, day) in week.days.iter_mut().zip(WEEKDAYS) {
            *hours = of(day, false);
        }
        // On a holiday of any day of the week: where they differ, the strictest.
        week.holidays = holidays
            .then(|| WEEKDAYS.iter().map(|day| of(day, true)).min_by_key(|hours| *hours == whole).unwrap_or(whole));
        week
    }

    /// Whether the policy says whose law binds it: what that reads may be assumed.
    pub(crate) fn is_under_some_law(&self) -> bool {
        let head = self.statements(crate::draft::Keyword::Policy).next();
        head.is_some_and(|head| head.option("jurisdiction").is_some())
    }

    /// Whether consent of a kind is on record. A table without the column says that none is, which
    /// lifts nothing; an empty cell is not known.
    pub(super) fn consent_on_record(&mut self, asked: &Parametric, span: Span) -> FactId {
        self.vocabulary.add(Input {
            name: asked.column(),
            written: asked.written(),
            kind: Kind::Flag,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: false,
            from_zero: false,
            movement: Movement::Still,
            need: Need::Optional(Cell::FALSE),
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            doc: format!("Whether consent of the kind \"{}\" is on record. Without the column: none is.", asked.what),
            span,
        })
    }

    /// Under a law that keeps hours an empty zone is not known. A table without zones says that the
    /// policy's own is everybody's.
    pub(super) fn own_zone(&mut self) {
        let head = self.statements(crate::draft::Keyword::Policy).next();
        let zone = head.and_then(|head| head.option("zone")).and_then(crate::condition::Term::as_text).unwrap_or("UTC");
        let Some(id) = self.read("zones", Span::NONE, super::Phase::Facts) else { return };
        let position = self.vocabulary.word(id, zone).and_then(|position| i64::try_from(position).ok());
        if let (Some(position), Some(input)) = (position, self.vocabulary.get_mut(id)) {
            input.need = Need::Optional(Cell::number(position));
        }
    }
}
