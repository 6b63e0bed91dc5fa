//! What is known of one account: what is given, what the policy assumes where nothing
//! is given, what the last decision left, and what is computed from other facts.

use super::columns::{column, history_of, kind_of, written};
use super::draft::{all, column_part, find, option, own_work, texts, whole};
use super::exact::Exact;
use super::value::Value;
use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword, Statement};
use arrears::facts::{Role, StateDefault, table};
use arrears::{Facts, Kind, Value as Given};

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
        self.with_what_was_learned(name, self.own_value(name))
    }

    /// What is known of a fact but for what results of contacts taught.
    fn own_value(&self, name: &str) -> Value {
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
            && (name == "previous_stage" || self.value("previous_stage").word().is_none())
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
                _ => None,
            };
        }
        if let Some(nothing) = self.nothing_learned(name) {
            return Some(nothing);
        }
        let mut names = all(self.draft, Keyword::Treatment).into_iter().map(Statement::name_text);
        let counts = |treatment: &str| {
            let treatment = column_part(treatment);
            name == format!("episode_count_{treatment}") || name == format!("retries_{treatment}")
        };
        if names.any(counts) {
            return Some(zero(Kind::Count));
        }
        let mut signs = all(self.draft, Keyword::Sign).into_iter().map(Statement::name_text);
        if signs.any(|sign| name == format!("days_since_sign_{}", column_part(sign))) {
            return Some(Value::Never);
        }
        let own = own_work(self.draft).into_iter().any(|work| name == format!("days_since_{}", column_part(work)));
        (own && history_of(name).is_none()).then_some(Value::Never)
    }
}
