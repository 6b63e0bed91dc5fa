//! Days on the axis of time.

use super::svg::{Anchor, Drawing, Font, Tenths, width_of};
use super::{FAINT, INK, LEFT, WIDTH};
use chrono::{Datelike, Months, NaiveDate};

/// Room at the right of the last day.
const RIGHT: Tenths = 200;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The height of the letters of months, in pixels.
const SIZE: i64 = 11;

/// Which place a day has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: NaiveDate,
    days: i64,
}

impl Scale {
    pub(super) fn new(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, days: to.signed_duration_since(from).num_days() + 1 }
    }

    /// Where a day begins; days outside of the picture stand at its edges.
    pub(super) fn begin(&self, day: NaiveDate) -> Tenths {
        let days = day.signed_duration_since(self.from).num_days().clamp(0, self.days);
        LEFT + (WIDTH - LEFT - RIGHT) * days / self.days
    }

    /// Where a day ends.
    pub(super) fn end(&self, day: NaiveDate) -> Tenths {
        day.succ_opt().map_or_else(|| self.right(), |next| self.begin(next))
    }

    /// The middle of a day.
    pub(super) fn middle(&self, day: NaiveDate) -> Tenths {
        (self.begin(day) + self.end(day)) / 2
    }

    /// Whether a day is in the picture.
    pub(super) fn shows(&self, day: NaiveDate) -> bool {
        (0..self.days).contains(&day.signed_duration_since(self.from).num_days())
    }

    /// Where the last day ends.
    pub(super) const fn right(&self) -> Tenths {
        WIDTH - RIGHT
    }

    /// Names months, years where they begin, and draws a line where each begins, down to the bottom. Where months
    /// are too narrow for their names, every third or only every twelfth is named.
    pub(super) fn months(&self, drawing: &mut Drawing, top: Tenths, bottom: Tenths) {
        let month = (WIDTH - LEFT - RIGHT) * 30 / self.days;
        let every = [1, 2, 3, 6, 12].into_iter().find(|every| month * i64::from(*every) > width_of("Jan 2026", SIZE));
        let every = every.unwrap_or(12 * u32::try_from(600 / (month * 12).max(1) + 1).unwrap_or(1));
        let font = Font { size: SIZE, fill: INK, bold: false };
        let mut first = self.from.with_day(1);
        let mut named = false;
        while let Some(day) = first.filter(|day| *day <= self.from || self.shows(*day)) {
            first = day.checked_add_months(Months::new(1));
            let months = u32::try_from(day.year()).unwrap_or(0) * 12 + day.month0();
            if self.shows(day) {
                let x = self.begin(day);
                let is_named = months % every == 0;
                if every <= 12 || is_named {
                    drawing.line((x, top + 60), (x, bottom), FAINT, "");
                }
                if is_named {
                    let name = usize::try_from(day.month0()).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
                    let with_year = !named || day.month() == 1 || every > 3;
                    let name = if with_year { format!("{name} {}", day.year()) } else { (*name).to_owned() };
                    if x + width_of(&name, SIZE) < WIDTH {
                        drawing.text((x + 20, top + 40), Anchor::Start, font, &name);
                        named = true;
                    }
                }
            }
        }
    }
}
