//! How late an account was, found out day by day: slow and obvious.
//!
//! It knows what was asked for, what came in, and which days were paused; nothing is given
//! back, charged back or written off here.

use arrears::account::{Amount, Conventions, DayEnd, Event, FirstDayLate, Grace, Happening, MonthEnd, PausedDays};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// An account as a clerk with pencil and paper would keep it.
#[derive(Debug, Default)]
pub struct Clerk {
    /// Asked on, due on, cents.
    asked: Vec<(NaiveDate, NaiveDate, i64)>,
    /// Received on, cents.
    received: Vec<(NaiveDate, i64)>,
    /// First paused day, first day behind, and the day on which it was entered.
    pauses: Vec<(NaiveDate, NaiveDate, NaiveDate)>,
    resumed: Vec<NaiveDate>,
}

/// What the clerk says of a day.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    /// Days past due.
    pub dpd: i64,
    /// Days past due less grace and paused days.
    pub days_delinquent: i64,
    /// Cents overdue.
    pub overdue: i64,
    /// The most days past due within a year.
    pub most: i64,
    /// How often the account came to be 1, 30, 60 and 90 days past due within a year.
    pub reached: [usize; 4],
    /// The first day late of the present episode.
    pub first_missed: Option<NaiveDate>,
    /// The last day on which arrears were paid up.
    pub cured_on: Option<NaiveDate>,
}

impl Clerk {
    /// Takes events; those of kinds that the clerk does not keep are left out.
    pub fn new<'e>(events: impl IntoIterator<Item = &'e Event>) -> Self {
        let mut clerk = Self::default();
        for event in events {
            let on = event.occurred_on;
            match &event.happening {
                Happening::Schedule(schedule) => {
                    clerk.asked.extend(schedule.instalments.iter().map(|it| (on, it.due_on, cents(it.amount))));
                }
                Happening::Invoice(invoice) if !invoice.draft => {
                    clerk.asked.push((on, invoice.due_on.unwrap_or(on), cents(invoice.amount)));
                }
                Happening::Payment(payment) => clerk.received.push((on, cents(payment.amount))),
                Happening::Pause(pause) => clerk.pauses.push((pause.from, pause.to, on)),
                Happening::Resume(_) => clerk.resumed.push(on),
                _ => {}
            }
        }
        clerk.asked.sort_by_key(|(_, due_on, _)| *due_on);
        clerk
    }

    /// Whether the clerk keeps events of that kind.
    pub fn keeps(happening: &Happening) -> bool {
        match happening {
            Happening::Schedule(_) | Happening::Invoice(_) | Happening::Pause(_) | Happening::Resume(_) => true,
            Happening::Payment(payment) => payment.item.is_none(),
            _ => false,
        }
    }

    /// What of each item is open at the end of what counts on a day, with the last day in time.
    fn open(&self, day: NaiveDate, conventions: &Conventions) -> Vec<(NaiveDate, i64)> {
        let counts = |on: NaiveDate| match conventions.day_end {
            DayEnd::Close => on <= day,
            DayEnd::Open => on < day,
        };
        let mut money: i64 = self.received.iter().filter(|(on, _)| counts(*on)).map(|(_, cents)| cents).sum();
        let mut open = Vec::new();
        for (_, due_on, cents) in self.asked.iter().filter(|(on, _, _)| counts(*on)) {
            let paid = money.min(*cents);
            money -= paid;
            let in_time = match conventions.first_day_late {
                FirstDayLate::DayAfterDue => *due_on,
                FirstDayLate::DueDate => *due_on - Days::new(1),
            };
            open.push((in_time, cents - paid));
        }
        open
    }

    /// The last day in time of the oldest item that is open beyond the tolerance and late.
    fn oldest(&self, day: NaiveDate, conventions: &Conventions) -> Option<NaiveDate> {
        let tolerance = cents(conventions.tolerance);
        let open = self.open(day, conventions).into_iter();
        open.filter(|(in_time, cents)| *in_time < day && *cents > tolerance).map(|(in_time, _)| in_time).min()
    }

    fn dpd(&self, day: NaiveDate, conventions: &Conventions) -> i64 {
        self.oldest(day, conventions).map_or(0, |oldest| (day - oldest).num_days())
    }

    fn is_paused(&self, day: NaiveDate, as_of: NaiveDate, conventions: &Conventions) -> bool {
        let counts = |on: NaiveDate| match conventions.day_end {
            DayEnd::Close => on <= as_of,
            DayEnd::Open => on < as_of,
        };
        self.pauses.iter().filter(|(_, _, on)| counts(*on)).any(|(from, to, entered)| {
            let cut = self.resumed.iter().filter(|on| counts(**on) && *on >= entered && from <= *on && *on < to).min();
            *from <= day && day < *cut.unwrap_or(to)
        })
    }

    fn delinquent(&self, day: NaiveDate, conventions: &Conventions) -> i64 {
        let Some(oldest) = self.oldest(day, conventions) else { return 0 };
        let stops = conventions.paused_days == PausedDays::StopTheCount;
        let counted = |on: &NaiveDate| !(stops && self.is_paused(*on, day, conventions));
        let late = i64::try_from(oldest.iter_days().take_while(|on| *on < day).filter(counted).count()).unwrap_or(0);
        let grace = i64::from(conventions.grace_days);
        match conventions.grace {
            Grace::CountsAfter => (late - grace).max(0),
            Grace::CountsFromDueDate => {
                if late > grace {
                    late
                } else {
                    0
                }
            }
        }
    }

    /// Says how late the account is on a day, from the first day it was open.
    pub fn say(&self, opened_on: NaiveDate, day: NaiveDate, conventions: &Conventions) -> Said {
        let within_a_year = |on: NaiveDate| MonthEnd::after(conventions.month_end, on, 12) > day;
        let mut said = Said {
            dpd: self.dpd(day, conventions),
            days_delinquent: self.delinquent(day, conventions),
            overdue: self
                .open(day, conventions)
                .iter()
                .filter(|(in_time, _)| *in_time < day)
                .map(|(_, cents)| cents)
                .sum(),
            most: 0,
            reached: [0; 4],
            first_missed: None,
            cured_on: None,
        };
        let mut before = 0;
        for on in opened_on.iter_days().take_while(|on| *on <= day) {
            let dpd = self.dpd(on, conventions);
            if within_a_year(on) {
                said.most = said.most.max(dpd);
                for (count, edge) in said.reached.iter_mut().zip([1, 30, 60, 90]) {
                    *count += usize::from(dpd >= edge && before < edge);
                }
            }
            match (before, dpd) {
                (0, 1..) => said.first_missed = Some(on),
                (1.., 0) => {
                    said.first_missed = None;
                    said.cured_on = Some(on);
                }
                _ => {}
            }
            before = dpd;
        }
        said
    }
}

/// An amount in hundredths.
fn cents(amount: Amount) -> i64 {
    (amount.decimal() * Decimal::ONE_HUNDRED).to_i64().unwrap_or(0)
}
