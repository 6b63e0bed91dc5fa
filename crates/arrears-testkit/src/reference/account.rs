//! What is known of one account: what is given, what the policy assumes where nothing
//! is given, what the last decision left, and what is computed from other facts.

use super::draft::{all, column_part, find, flag, option, own_work, text, texts, whole};
use super::exact::Exact;
use super::reading::Reading;
use super::value::{Truth, Value, all as both, any, not};
use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword, Statement};
use arrears::facts::{Channel, EVENTS, History, ParametricKind, Role, StateDefault, is_outcome, table};
use arrears::{Facts, Kind, Value as Given};

const BUCKETS: [i64; 7] = [1, 31, 61, 91, 121, 151, 181];

/// One account before a policy as written.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The policy as written.
    pub draft: &'a Draft,
    /// What is given.
    pub facts: &'a Facts,
}

impl Account<'_> {
    /// Decimals of the policy's currency.
    pub fn digits(&self) -> u32 {
        self.facts.currency().digits()
    }

    /// What is known of a fact by its column.
    pub fn value(&self, name: &str) -> Value {
        let mut value = match self.facts.get(name) {
            Some(given) => self.given(name, given),
            None => self.absent(name),
        };
        if self.has_expired(name) {
            value = Value::Unknown;
        }
        if !value.is_unknown() {
            return value;
        }
        if let Some(default) = self.state_default(name)
            && name != "previous_stage"
            && self.value("previous_stage").is_unknown()
        {
            return default;
        }
        self.computed(name)
    }

    fn given(&self, name: &str, given: &Given) -> Value {
        let number = |units: i64, kind| Value::Number(Exact::of(units, kind, self.digits()));
        match given {
            Given::Unknown => Value::Unknown,
            Given::Never => Value::Never,
            Given::Days(days) => number(*days, Kind::Days),
            Given::Count(count) => number(*count, Kind::Count),
            Given::Money(money) => number(money.minor(), Kind::Money),
            Given::Ratio(millionths) => number(*millionths, Kind::Ratio),
            Given::Flag(set) => Value::Flag(*set),
            Given::Word(word) => Value::Word(self.renamed(name, word)),
        }
    }

    /// Stages and debtor types may have had other names in earlier versions.
    fn renamed(&self, name: &str, word: &str) -> String {
        let keyword = match name {
            "previous_stage" | "previous_rung" => Keyword::Stage,
            "previous_type" => Keyword::Debtor,
            _ => return word.to_owned(),
        };
        if find(self.draft, keyword, word).is_some() {
            return word.to_owned();
        }
        let renamed = all(self.draft, keyword)
            .into_iter()
            .find(|statement| texts(&statement.options, "formerly").contains(&word));
        renamed.map_or(word, Statement::name_text).to_owned()
    }

    /// What a fact is where nothing is given.
    fn absent(&self, name: &str) -> Value {
        if let Some(assumed) = self.assumed(name) {
            return assumed;
        }
        if let Some(history) = history_of(name) {
            let empty =
                all(self.draft, Keyword::Assume).iter().any(|statement| statement.name_text() == history.word());
            if empty {
                return self.nothing_happened(name);
            }
        }
        match self.state_default(name) {
            Some(default) => default,
            None if name == "closed" => Value::Flag(false),
            None => Value::Unknown,
        }
    }

    fn assumed(&self, name: &str) -> Option<Value> {
        let statement = all(self.draft, Keyword::Assume).into_iter().find(|statement| match &statement.subject {
            Some(Term { kind: TermKind::Call(function, arguments), .. }) => {
                column(&function.text, arguments).as_deref() == Some(name)
            }
            _ => statement.name_text() == name,
        })?;
        let value = statement.value.as_ref()?;
        Some(match &value.kind {
            TermKind::Flag(set) => Value::Flag(*set),
            TermKind::Text(word) if word == "never" => Value::Never,
            TermKind::Text(word) => Value::Word(word.clone()),
            _ => Value::Number(written(value)?.measuring(kind_of(self.draft, name))),
        })
    }

    fn nothing_happened(&self, name: &str) -> Value {
        let (kind, never) = match table::find(name) {
            Some(fact) => (fact.kind, fact.never),
            None if name.starts_with("times_") => (Kind::Count, false),
            None => (Kind::Days, true),
        };
        match kind {
            _ if never => Value::Never,
            Kind::Flag => Value::Flag(false),
            Kind::Category => Value::Unknown,
            kind => Value::Number(Exact::of(0, kind, self.digits())),
        }
    }

    /// A fact of the bank's own is unknown when it is older than the policy lets it be.
    fn has_expired(&self, name: &str) -> bool {
        let own = find(self.draft, Keyword::Fact, name);
        let Some(days) = own.and_then(|own| option(&own.options, "valid_days")).and_then(whole) else {
            return false;
        };
        self.value(&format!("{name}_age")).whole().is_none_or(|age| age > days)
    }

    /// What a fact that travels from decision to decision is before the first one.
    fn state_default(&self, name: &str) -> Option<Value> {
        let zero = |kind| Value::Number(Exact::whole(0, kind));
        if let Some(fact) = table::find(name) {
            return match fact.role {
                Role::State(StateDefault::Zero) => Some(zero(fact.kind)),
                Role::State(StateDefault::Never) => Some(Value::Never),
                Role::State(StateDefault::Unknown) => Some(Value::Unknown),
                _ => None,
            };
        }
        let mut names = all(self.draft, Keyword::Treatment).into_iter().map(Statement::name_text);
        if names.any(|treatment| name == format!("episode_count_{}", column_part(treatment))) {
            return Some(zero(Kind::Count));
        }
        let mut signs = all(self.draft, Keyword::Sign).into_iter().map(Statement::name_text);
        if signs.any(|sign| name == format!("days_since_sign_{}", column_part(sign))) {
            return Some(Value::Never);
        }
        let own = own_work(self.draft).into_iter().any(|work| name == format!("days_since_{}", column_part(work)));
        (own && history_of(name).is_none()).then_some(Value::Never)
    }

    /// The definitions of facts that are computed from others.
    fn computed(&self, name: &str) -> Value {
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

/// A written number.
pub(super) fn written(term: &Term) -> Option<Exact> {
    match &term.kind {
        TermKind::Number(number) => Some(Exact::written(*number)),
        TermKind::Negate(inner) => written(inner).map(Exact::negated),
        _ => None,
    }
}

/// What a fact measures.
pub fn kind_of(draft: &Draft, name: &str) -> Option<Kind> {
    if let Some(fact) = table::find(name) {
        return Some(fact.kind);
    }
    if let Some(own) = find(draft, Keyword::Fact, name) {
        return text(&own.options, "kind").and_then(Kind::from_word);
    }
    if name.starts_with("times_") || name.starts_with("months_since_") || name.starts_with("episode_count_") {
        return Some(Kind::Count);
    }
    let flags = ["consent_", "opted_out_", "tag_"];
    Some(if flags.iter().any(|family| name.starts_with(family)) { Kind::Flag } else { Kind::Days })
}

/// Whether a fact may be *never*.
pub fn may_be_never(draft: &Draft, name: &str) -> bool {
    match (table::find(name), find(draft, Keyword::Fact, name)) {
        (Some(fact), _) => fact.never,
        (None, Some(own)) => flag(&own.options, "never"),
        (None, None) => kind_of(draft, name) == Some(Kind::Days) || name.starts_with("months_since_"),
    }
}

/// The column of a fact with a parameter.
pub(super) fn column(function: &str, arguments: &[Term]) -> Option<String> {
    ParametricKind::from_word(function)?;
    let what = column_part(arguments.first()?.as_text()?);
    Some(match arguments.get(1).and_then(whole) {
        Some(days) => format!("{function}_{what}_{days}"),
        None => format!("{function}_{what}"),
    })
}

/// The history from which a fact is counted.
fn history_of(name: &str) -> Option<History> {
    if let Some(fact) = table::find(name) {
        return fact.history;
    }
    let times = name.strip_prefix("times_").and_then(|rest| rest.rsplit_once('_')).map(|(what, _)| what);
    let since = name.strip_prefix("days_since_").or_else(|| name.strip_prefix("months_since_"));
    match times.or(since)? {
        "payment" => Some(History::Payments),
        "promise" | "promise_kept" | "promise_broken" => Some(History::Promises),
        what if EVENTS.contains(&what) => None,
        what if is_outcome(what) || Channel::from_word(what).is_some() => Some(History::Contacts),
        _ => None,
    }
}
