//! Where an account stands at a month end: in a bucket, or apart from the buckets.

use super::{Buckets, Declared, Plans};
use serde::{Serialize, Serializer};
use std::fmt;

/// Where an account stands at a month end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A bucket by its number; M0 is current.
    Bucket(u8),
    /// On a plan.
    Plan,
    /// Set current without full payment.
    ReAged,
    /// Charged off.
    ChargedOff,
    /// Without a row in that month; the panel does not say why.
    Absent,
    /// A cell that would tell it is empty.
    Unknown,
}

/// What is known of an account at a month end, as far as it decides where it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub(super) dpd: Option<u32>,
    pub(super) overdue: Option<i64>,
    pub(super) on_plan: Option<bool>,
    pub(super) re_aged: Option<bool>,
    pub(super) charged_off: Option<bool>,
}

/// Which of the columns that may be absent the panel has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Has {
    pub(super) balance: bool,
    pub(super) overdue: bool,
    pub(super) paid: bool,
    pub(super) due: bool,
    pub(super) on_plan: bool,
    pub(super) re_aged: bool,
    pub(super) charged_off: bool,
}

/// Whether an account is late, apart from buckets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is overdue beyond the tolerance, and nothing was restructured.
    UpToDate,
    /// Late.
    Late,
    /// On a plan, re-aged or charged off: neither late nor cured.
    Apart,
    /// A cell that would tell it is empty.
    Unknown,
}

impl Marks {
    /// Marks whose columns the panel does not have are taken as not set.
    pub(super) fn of_panel(self, has: Has) -> Self {
        let mark = |has: bool, cell: Option<bool>| if has { cell } else { Some(false) };
        Self {
            on_plan: mark(has.on_plan, self.on_plan),
            re_aged: mark(has.re_aged, self.re_aged),
            charged_off: mark(has.charged_off, self.charged_off),
            ..self
        }
    }

    /// Where the account stands; otherwise what is not known.
    pub(super) fn place(self, declared: &Declared) -> Result<Place, &'static str> {
        if self.charged_off.ok_or("whether it is charged off is not known")? {
            return Ok(Place::ChargedOff);
        }
        if declared.plans == Plans::Out {
            if self.on_plan.ok_or("whether it is on a plan is not known")? {
                return Ok(Place::Plan);
            }
            if self.re_aged.ok_or("whether it is re-aged is not known")? {
                return Ok(Place::ReAged);
            }
        }
        self.dpd.map(|dpd| Place::Bucket(declared.buckets.of(dpd))).ok_or("days past due are not known")
    }

    /// Whether the account is late. Lateness goes by what is overdue where the panel has it, and by
    /// the bucket otherwise.
    pub(super) fn standing(self, declared: &Declared, has: Has) -> Standing {
        let late = if has.overdue {
            self.overdue.map(|overdue| overdue > declared.tolerance)
        } else {
            self.dpd.map(|dpd| declared.buckets.of(dpd) > 0)
        };
        let restructured = match (self.on_plan, self.re_aged) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
        match (self.charged_off, restructured, late) {
            (Some(true), ..) => Standing::Apart,
            (None, ..) | (_, None, _) | (_, _, None) => Standing::Unknown,
            (_, Some(true), Some(late)) if declared.plans == Plans::Out || !late => Standing::Apart,
            (_, _, Some(true)) => Standing::Late,
            _ => Standing::UpToDate,
        }
    }
}

impl Place {
    /// Its position among all places of a report with those buckets.
    pub(super) fn index(self, buckets: &Buckets) -> usize {
        let behind = |place: usize| usize::from(buckets.last()) + place;
        match self {
            Self::Bucket(number) => usize::from(number),
            Self::Plan => behind(1),
            Self::ReAged => behind(2),
            Self::ChargedOff => behind(3),
            Self::Absent => behind(4),
            Self::Unknown => behind(5),
        }
    }

    /// Every place, by its position.
    pub(super) fn all(buckets: &Buckets) -> Vec<Self> {
        let apart = [Self::Plan, Self::ReAged, Self::ChargedOff, Self::Absent, Self::Unknown];
        (0..=buckets.last()).map(Self::Bucket).chain(apart).collect()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bucket(number) => write!(f, "M{number}"),
            Self::Plan => f.write_str("plan"),
            Self::ReAged => f.write_str("re_aged"),
            Self::ChargedOff => f.write_str("charged_off"),
            Self::Absent => f.write_str("absent"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared() -> Declared {
        Declared { tolerance: 1_000, ..Declared::new("EUR".parse().unwrap()) }
    }

    fn marks(dpd: u32) -> Marks {
        Marks { dpd: Some(dpd), ..Marks::default() }.of_panel(Has::default())
    }

    #[test]
    fn a_plan_is_no_bucket_and_no_cure() {
        let plan = Marks { on_plan: Some(true), ..marks(0) };
        assert_eq!(plan.place(&declared()), Ok(Place::Plan));
        assert_eq!(plan.standing(&declared(), Has::default()), Standing::Apart);
        let plans_in = Declared { plans: Plans::In, ..declared() };
        assert_eq!(plan.place(&plans_in), Ok(Place::Bucket(0)));
        assert_eq!(plan.standing(&plans_in, Has::default()), Standing::Apart, "restructured is not cured");
        let late = Marks { dpd: Some(40), ..plan };
        assert_eq!(late.standing(&plans_in, Has::default()), Standing::Late);
    }

    #[test]
    fn what_is_overdue_within_the_tolerance_is_not_late_whatever_the_bucket() {
        let has = Has { overdue: true, ..Has::default() };
        let owing = |minor| Marks { overdue: minor, ..marks(40) };
        assert_eq!(owing(Some(1_000)).standing(&declared(), has), Standing::UpToDate);
        assert_eq!(owing(Some(1_001)).standing(&declared(), has), Standing::Late);
        assert_eq!(owing(None).standing(&declared(), has), Standing::Unknown);
        assert_eq!(owing(Some(1_000)).place(&declared()), Ok(Place::Bucket(2)));
    }

    #[test]
    fn an_empty_mark_leaves_unknown_where_the_account_stands() {
        let has = Has { charged_off: true, ..Has::default() };
        let empty = Marks { dpd: Some(0), ..Marks::default() }.of_panel(has);
        assert_eq!(empty.place(&declared()), Err("whether it is charged off is not known"));
        assert_eq!(empty.standing(&declared(), has), Standing::Unknown);
        let charged_off = Marks { charged_off: Some(true), ..Marks::default() }.of_panel(has);
        assert_eq!(charged_off.place(&declared()), Ok(Place::ChargedOff), "its days past due do not matter");
    }
}
