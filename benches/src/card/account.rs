//! One card account as a bank's systems have it on an evening: who owes what since when, and
//! what is known of the person.

use super::source::Source;
use super::work::Work;

/// Who the person is, as far as the book was made up from it. Nothing of this is a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Person {
    /// Slipped once.
    Forgets,
    /// Late every month, pays every month.
    Habitual,
    /// Promises and does not pay.
    Stalls,
    /// Nobody knows yet.
    Unknown,
    /// Would pay, cannot.
    Unable,
    /// Cannot be found.
    Vanished,
    /// Says no.
    Refuses,
}

/// An account.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub(super) person: Person,
    pub(super) dpd: i64,
    /// Days until the next due date; none where the system does not say.
    pub(super) to_due: Option<i64>,
    pub(super) balance: i64,
    pub(super) overdue: i64,
    pub(super) limit: Option<i64>,
    pub(super) min_payment: i64,
    pub(super) paid_last_cycle: i64,
    pub(super) cycles_unpaid: i64,
    /// Times late in twelve months, and in how many days the first of them is a year old.
    pub(super) lates: (i64, Option<i64>),
    /// Days since income was evidenced, and what can be paid.
    pub(super) income: Option<(i64, i64)>,
    pub(super) inflow: i64,
    pub(super) payday: Option<i64>,
    pub(super) occupation: Option<&'static str>,
    pub(super) cause: &'static str,
    pub(super) numbers: [&'static str; 3],
    /// What is marked on the account.
    pub(super) marks: Vec<&'static str>,
    pub(super) refuses: Vec<&'static str>,
    /// From when until when the person asked to be contacted, in minutes.
    pub(super) stated: Option<(i64, i64)>,
    pub(super) zone: Option<&'static str>,
    /// Under an arrangement: how many of its payments were missed.
    pub(super) plan: Option<i64>,
    /// What was done so far.
    pub(super) work: Work,
}

/// How late accounts are, in thousandths, and the first and the last day of the band.
const LATENESS: [(i64, (i64, i64)); 6] =
    [(800, (0, 0)), (40, (1, 3)), (80, (4, 30)), (35, (31, 60)), (20, (61, 90)), (25, (91, 180))];

impl Account {
    /// Makes up the next account.
    pub(super) fn next(source: &mut Source) -> Self {
        let (least, most) = source.one_of(&LATENESS).unwrap_or((0, 0));
        let dpd = source.within(least, most);
        let person = Person::of(dpd, source);
        let limit = source
            .one_of(&[(30, 500_000), (30, 1_000_000), (20, 2_000_000), (15, 5_000_000), (5, 10_000_000)])
            .unwrap_or(500_000);
        let (balance, min_payment) = Self::debt(person, dpd, limit, source);
        let behind = 1 + dpd / 30;
        let overdue = if dpd == 0 { 0 } else { (min_payment * behind).min(balance.max(0)) };
        let paid = match person {
            Person::Habitual => min_payment,
            Person::Forgets => min_payment * source.within(1, 4),
            Person::Unable | Person::Stalls if source.in_thousand(400) => min_payment * source.within(1, 9) / 10,
            Person::Unknown if dpd <= 30 => min_payment * source.within(0, 3),
            _ => 0,
        };
        let lates = Self::lates(person, dpd, source);
        let income = source.in_thousand(if person == Person::Unable { 300 } else { 30 });
        let hard = person == Person::Unable;
        let mut account = Self {
            person,
            dpd,
            to_due: (!source.in_thousand(2)).then(|| source.below(30)),
            balance,
            overdue,
            limit: (!source.in_thousand(3)).then_some(limit),
            min_payment,
            paid_last_cycle: paid,
            cycles_unpaid: if paid > 0 { 0 } else { dpd / 30 },
            lates,
            income: income
                .then(|| (source.below(240), min_payment * source.within(2, if hard { 12 } else { 40 }) / 10)),
            inflow: if source.in_thousand(50) { source.within(10_000, 1_200_000) } else { 0 },
            payday: source.in_thousand(600).then(|| source.below(31)),
            occupation: source
                .one_of(&[
                    (150, None),
                    (350, Some("office")),
                    (60, Some("shift_worker")),
                    (70, Some("shopkeeper")),
                    (370, Some("unknown")),
                ])
                .flatten(),
            cause: Self::cause(person, source),
            numbers: Self::numbers(person, source),
            marks: Self::marks(person, dpd, source),
            refuses: Self::refuses(source),
            stated: source.in_thousand(20).then(|| (source.within(9, 17) * 60, source.within(18, 21) * 60)),
            zone: source.one_of(&[(990, None), (6, Some("Asia/Tokyo")), (4, Some("Europe/London"))]).flatten(),
            plan: (dpd > 0 && source.in_thousand(if hard { 250 } else { 15 }))
                .then(|| i64::from(source.in_thousand(150))),
            work: Work::default(),
        };
        account.work = Work::of(&account, source);
        account
    }

    /// What is owed, and the least payment that the next due date asks for.
    fn debt(person: Person, dpd: i64, limit: i64, source: &mut Source) -> (i64, i64) {
        let share = match person {
            _ if dpd == 0 => source.one_of(&[(20, 1), (20, 2), (48, 3), (12, 4)]).unwrap_or(1),
            Person::Unable => 4,
            _ => source.within(2, 4),
        };
        let balance = match share {
            1 if source.in_thousand(80) => -source.within(100, 20_000),
            1 if dpd == 0 => 0,
            2 => limit * source.within(1, 30) / 100,
            3 => limit * source.within(20, 80) / 100,
            4 => limit * source.within(85, 104) / 100,
            _ => limit * source.within(5, 60) / 100,
        };
        // Some of the late are so for a sum that is hardly worth a word.
        let balance = if dpd > 0 && source.in_thousand(30) { source.within(100, 5_000) } else { balance };
        (balance, if balance > 0 { (balance / 10).max(balance.min(10_000)) } else { 0 })
    }

    fn lates(person: Person, dpd: i64, source: &mut Source) -> (i64, Option<i64>) {
        let now = i64::from(dpd > 0);
        let before = match person {
            Person::Forgets => 0,
            Person::Habitual => source.within(3, 8),
            _ if dpd > 0 => source.within(0, 4),
            _ => source.one_of(&[(76, 0), (14, 1), (6, 2), (4, 4)]).unwrap_or(0),
        };
        // Late payments lie over the year; the one that leaves it first is the oldest.
        let oldest = (0..before).map(|_| source.within(31, 364)).max();
        let drops = oldest.or_else(|| (now > 0).then_some(dpd)).map(|age| 365 - age);
        (before + now, drops.filter(|_| !source.in_thousand(10)))
    }

    fn cause(person: Person, source: &mut Source) -> &'static str {
        let known: &[(i64, &str)] = match person {
            Person::Unable => &[(45, "unknown"), (40, "unemployment"), (15, "illness")],
            Person::Forgets => &[(90, "unknown"), (10, "forgot")],
            _ => &[(100, "unknown")],
        };
        source.one_of(known).unwrap_or("unknown")
    }

    fn numbers(person: Person, source: &mut Source) -> [&'static str; 3] {
        let mobile: &[(i64, &str)] = match person {
            Person::Vanished => &[(60, "dead"), (40, "wrong")],
            _ => &[(955, "valid"), (20, "wrong"), (20, "dead"), (5, "objected")],
        };
        let other = [(55, "none"), (42, "valid"), (3, "wrong")];
        let mut one = |of: &[(i64, &'static str)]| source.one_of(of).unwrap_or("none");
        [one(mobile), one(&other), one(&[(80, "none"), (20, "valid")])]
    }

    fn marks(person: Person, dpd: i64, source: &mut Source) -> Vec<&'static str> {
        let late = dpd > 0;
        let mut marks = Vec::new();
        for (often, mark) in [
            (1, "deceased"),
            (1, "bankrupt"),
            (0, "minor"),
            (if late { 6 } else { 1 }, "dispute"),
            (2, "fraud"),
            (if late { 5 } else { 1 }, "complaint_open"),
            (if late { 4 } else { 0 }, "represented"),
            (if late { 4 } else { 1 }, "cease_contact"),
            (if late { 25 } else { 0 }, "payment_in_flight"),
            (2, "vulnerable"),
            (if late { 2 } else { 0 }, "hazard"),
            (3, "closed"),
            (if person == Person::Unable { 300 } else { 0 }, "hardship"),
            (if person == Person::Vanished { 700 } else { 0 }, "lost_contact"),
        ] {
            if source.in_thousand(often) {
                marks.push(mark);
            }
        }
        marks
    }

    fn refuses(source: &mut Source) -> Vec<&'static str> {
        let each = [
            (30, "push"),
            (10, "in_app"),
            (25, "sms"),
            (3, "letter"),
            (15, "ivr"),
            (8, "phone"),
            (10, "visit"),
            (1, "branch"),
        ];
        each.into_iter().filter(|(often, _)| source.in_thousand(*often)).map(|(_, channel)| channel).collect()
    }

    /// Whether something is marked on the account.
    pub(super) fn is(&self, mark: &str) -> bool {
        self.marks.contains(&mark)
    }

    /// Whether it is late by more than a rounding.
    pub(super) const fn is_late(&self) -> bool {
        self.dpd > 0 && self.overdue > 1_000
    }
}

impl Person {
    fn of(dpd: i64, source: &mut Source) -> Self {
        let of: &[(i64, Self)] = match dpd {
            0 => &[(85, Self::Forgets), (10, Self::Habitual), (5, Self::Unknown)],
            1..=30 => &[
                (45, Self::Forgets),
                (25, Self::Habitual),
                (22, Self::Unknown),
                (7, Self::Unable),
                (1, Self::Vanished),
            ],
            31..=60 => &[
                (10, Self::Habitual),
                (45, Self::Unknown),
                (20, Self::Stalls),
                (20, Self::Unable),
                (3, Self::Vanished),
                (2, Self::Refuses),
            ],
            _ => {
                &[(35, Self::Unknown), (20, Self::Stalls), (25, Self::Unable), (8, Self::Vanished), (12, Self::Refuses)]
            }
        };
        source.one_of(of).unwrap_or(Self::Unknown)
    }
}
