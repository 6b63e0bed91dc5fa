//! The names that a random policy declares, fixed before its conditions are written.

use super::choices::Choices;
use arrears::Kind;
use rust_decimal::Decimal;

/// The names that a policy declares.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Decimals of the currency.
    pub(super) digits: u32,
    /// The currency's code.
    pub(super) currency: &'static str,
    /// Whether conditions may say what to take for a missing fact (`??`, `known`).
    pub(super) defaults: bool,
    /// Stages in order of severity, with whether they stand beside the ladder.
    pub(super) stages: Vec<(&'static str, bool)>,
    /// Debtor types; the last is `otherwise`.
    pub(super) types: Vec<&'static str>,
    /// Treatments.
    pub(super) treatments: Vec<&'static str>,
    /// Duties.
    pub(super) duties: Vec<&'static str>,
    /// Thresholds with their kinds and values.
    pub(super) thresholds: Vec<(&'static str, Kind, Decimal)>,
    /// Facts of the bank's own.
    pub(super) own: Vec<(&'static str, Kind)>,
    /// Conditions with a name that have been written so far.
    pub(super) defines: Vec<&'static str>,
    /// Whether a sign speaks to willingness, and to ability.
    pub(super) axes: [bool; 2],
}

const STAGES: [&str; 5] = ["s1", "s2", "s3", "s4", "s5"];
const TYPES: [&str; 4] = ["ta", "tb", "tc", "td"];
const TREATMENTS: [&str; 7] = ["w1", "w 2", "w3", "w-4", "w5", "w6", "w7"];
const DUTIES: [&str; 2] = ["notice", "statement of account"];
const THRESHOLDS: [&str; 5] = ["t_days", "t_count", "t_money", "t_ratio", "t_rest"];
const OWN: [(&str, Kind); 6] = [
    ("own_days", Kind::Days),
    ("own_count", Kind::Count),
    ("own_money", Kind::Money),
    ("own_ratio", Kind::Ratio),
    ("own_flag", Kind::Flag),
    ("own_word", Kind::Category),
];
pub(super) const OWN_WORDS: [&str; 3] = ["red", "green", "blue"];

impl Shape {
    /// A random shape.
    pub(super) fn random(choices: &mut Choices, defaults: bool) -> Self {
        let (currency, digits) = choices.pick(&[("EUR", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3)], ("EUR", 2));
        let stages = 1 + choices.below(STAGES.len());
        let types = choices.below(TYPES.len() + 1);
        let treatments = 1 + choices.below(TREATMENTS.len());
        let duties = choices.below(DUTIES.len() + 1);
        let mut shape = Self {
            digits,
            currency,
            defaults,
            stages: Vec::new(),
            types: TYPES.into_iter().take(types).collect(),
            treatments: TREATMENTS.into_iter().take(treatments).collect(),
            duties: DUTIES.into_iter().take(duties).collect(),
            thresholds: Vec::new(),
            own: OWN.into_iter().filter(|_| choices.chance(40)).collect(),
            defines: Vec::new(),
            axes: [choices.chance(40), choices.chance(40)],
        };
        let mut rungs = 0;
        for stage in STAGES.into_iter().take(stages) {
            let beside = choices.chance(20) || rungs == 4;
            rungs += usize::from(!beside);
            shape.stages.push((stage, beside));
        }
        for name in THRESHOLDS {
            if choices.chance(50) {
                let kind = match name {
                    "t_count" => Kind::Count,
                    "t_money" => Kind::Money,
                    "t_ratio" => Kind::Ratio,
                    _ => Kind::Days,
                };
                let value = shape.literal(choices, kind);
                shape.thresholds.push((name, kind, value));
            }
        }
        shape
    }

    /// A number of a kind from a small set, so that conditions and rows meet.
    pub(super) fn literal(&self, choices: &mut Choices, kind: Kind) -> Decimal {
        match kind {
            Kind::Money => Decimal::new(choices.pick(&[0, 1000, 10_000, 5_050, 25_000, -1000], 0), self.digits),
            Kind::Ratio => Decimal::new(choices.pick(&[50, 5, 25, 100, 0, 150], 50), 2),
            Kind::Count => Decimal::from(choices.pick(&[1_i64, 0, 2, 3, 4, 5], 1)),
            Kind::Days | Kind::Flag | Kind::Category => {
                Decimal::from(choices.pick(&[1_i64, 0, 3, 5, 7, 14, 30, 31, 60, 90], 1))
            }
        }
    }

    /// Rungs of the ladder, mildest first.
    pub(super) fn rungs(&self) -> Vec<&'static str> {
        self.stages.iter().filter(|(_, beside)| !beside).map(|(name, _)| *name).collect()
    }
}
