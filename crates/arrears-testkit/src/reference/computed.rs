//! The definitions of facts that are computed from others.

use super::account::Account;
use super::draft::{all, column_part, option, whole};
use super::exact::Exact;
use super::reading::Reading;
use super::value::{Truth, Value, all as both, any, not};
use arrears::Kind;
use arrears::draft::{Keyword, Statement};

const BUCKETS: [i64; 7] = [1, 31, 61, 91, 121, 151, 181];

impl Account<'_> {
    /// A fact by its definition.
    pub(super) fn computed(&self, name: &str) -> Value {
        match name {
            "bucket" => self.bucket(),
            "utilisation" => match (self.value("balance").number(), self.value("credit_limit").number()) {
                (Some(balance), Some(limit)) => {
                    balance.over(limit, self.digits()).map_or(Value::Unknown, Value::Number)
                }
                _ => Value::Unknown,
            },
            "reachable" => self.reachable().map_or(Value::Unknown, Value::Flag),
            "willingness" | "ability" => self.axis(name),
            "quadrant" => self.quadrant(),
            _ => Value::Unknown,
        }
    }

    fn bucket(&self) -> Value {
        let Some(dpd) = self.value("dpd").whole() else {
            return Value::Unknown;
        };
        let head = all(self.draft, Keyword::Policy);
        let edges = head.first().and_then(|head| option(&head.options, "buckets"));
        let edges = edges.map_or(BUCKETS.to_vec(), |edges| edges.parts().into_iter().filter_map(whole).collect());
        let passed = edges.iter().filter(|edge| dpd >= **edge).count();
        Value::Number(Exact::whole(i64::try_from(passed).unwrap_or(0), Kind::Count))
    }

    fn reachable(&self) -> Truth {
        let valid = |name: &str| self.value(name).word().map(|word| word == "valid");
        let numbers = ["number_mobile", "number_work", "number_home"].map(valid);
        both([any(numbers), not(self.value("lost_contact").flag())])
    }

    /// An axis of the assessment: every way in which the signs that cannot be read might
    /// turn out is tried; only if all of them agree, the axis is known.
    fn axis(&self, axis: &str) -> Value {
        let signs = all(self.draft, Keyword::Sign);
        let speaking: Vec<(&Statement, i64)> =
            signs.into_iter().filter_map(|sign| Some((sign, option(&sign.options, axis).and_then(whole)?))).collect();
        if speaking.is_empty() {
            return Value::Unknown;
        }
        let reading = Reading::before_the_decision(*self);
        let read: Vec<(Truth, i64)> =
            speaking.iter().map(|(sign, points)| (self.counts(sign, &reading), *points)).collect();
        let mut levels: Vec<&str> = Vec::new();
        let doubtful = read.iter().filter(|(truth, _)| truth.is_none()).count();
        for way in 0..1_u64 << doubtful {
            let mut doubts = 0;
            let mut seen: Vec<i64> = Vec::new();
            for (truth, points) in &read {
                let counts = truth.unwrap_or_else(|| {
                    doubts += 1;
                    way >> (doubts - 1) & 1 == 1
                });
                if counts {
                    seen.push(*points);
                }
            }
            levels.push(level(&seen));
        }
        match levels.split_first() {
            Some((first, rest)) if rest.iter().all(|level| level == first) => Value::Word((*first).to_owned()),
            _ => Value::Unknown,
        }
    }

    /// Whether a sign counts: it is seen, or was seen within its life.
    pub(super) fn counts(&self, sign: &Statement, reading: &Reading<'_>) -> Truth {
        let seen = sign.when.as_ref().map_or(Some(false), |when| reading.truth(when));
        let lasts = option(&sign.options, "lasts").and_then(whole).unwrap_or(0);
        if lasts == 0 {
            return seen;
        }
        let since = self.value(&format!("days_since_sign_{}", column_part(sign.name_text())));
        let lives = match since {
            Value::Never => Some(false),
            since => since.whole().map(|days| days <= lasts),
        };
        any([seen, lives])
    }

    fn quadrant(&self) -> Value {
        let (willing, able) = (self.value("willingness"), self.value("ability"));
        let (Some(willing), Some(able)) = (willing.word(), able.word()) else {
            return Value::Unknown;
        };
        let word = match (willing, able) {
            ("high", "high") => "willing_able",
            ("high", "low") => "willing_unable",
            ("high", _) => "willing_unclear",
            ("low", "high") => "unwilling_able",
            ("low", "low") => "neither",
            ("low", _) => "unwilling_unclear",
            (_, "high") => "unclear_able",
            (_, "low") => "unclear_unable",
            _ => "unclear",
        };
        Value::Word(word.to_owned())
    }
}

/// Fewer than two signs say nothing; two points either way decide.
fn level(points: &[i64]) -> &'static str {
    match (points.len(), points.iter().sum::<i64>()) {
        (0 | 1, _) => "not_yet_known",
        (_, 2..) => "high",
        (_, ..=-2) => "low",
        _ => "medium",
    }
}
