//! A case as text.

use super::{Practice, Scenario};
use crate::Language;
use arrears::{Facts, Policy, Value};
use serde::{Serialize, Serializer};

/// The facts as people read them: name, value, what it means. What says nothing against anyone is left out.
pub(super) fn shown(policy: &Policy, facts: &Facts) -> Vec<(String, String, String)> {
    let told = |value: &Value| match value {
        Value::Unknown | Value::Never | Value::Flag(false) => false,
        Value::Days(number) | Value::Count(number) | Value::Ratio(number) => *number != 0,
        Value::Money(money) => money.minor() != 0,
        Value::Word(word) => !matches!(word.as_ref(), "another word" | "unknown" | "not_yet_known" | "none"),
        Value::Flag(true) => true,
    };
    let of = |name: &str, value: &Value| {
        let doc = policy.find_input(name).and_then(|id| policy.input(id)).map(|input| input.doc.clone());
        (name.to_owned(), value.to_string(), doc.unwrap_or_default())
    };
    facts.iter().filter(|(_, value)| told(value)).map(|(name, value)| of(name, value)).collect()
}

impl Scenario {
    /// The facts that say something, with what each means: the case as it is read out before the practice.
    pub fn case(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.shown.iter().map(|(name, value, doc)| (name.as_str(), value.as_str(), doc.as_str()))
    }

    /// The case, what the policy does, and the brief.
    pub fn text(&self) -> String {
        let (practice, case, does) = match self.brief.language {
            Language::English => ("Practice", "The account", "What the policy does"),
            Language::Chinese => ("演练", "账户情况", "政策的处理"),
        };
        let mut out = format!("{practice}: {}\n{}\n\n{case}\n", self.brief.debtor_type, self.why);
        for (name, value, _) in self.case() {
            out.push_str(&format!("   {name} = {value}\n"));
        }
        let record = &self.record;
        out.push_str(&format!("\n{does}\n   stage {}, action {}", record.stage, record.action));
        if let Some(treatment) = &record.treatment {
            out.push_str(&format!(", treatment {treatment}"));
        }
        for held in &record.held_by {
            out.push_str(&format!(", held by {held}"));
        }
        out.push_str(&format!("\n\n{}", self.brief.text()));
        out
    }
}

/// One fact of a case, as programs read it.
#[derive(Serialize)]
struct Shown<'a> {
    fact: &'a str,
    value: &'a str,
    meaning: &'a str,
}

/// Both as programs read them; what is missing is said in words.
impl Serialize for Practice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            scenarios: &'a [Scenario],
            problems: Vec<String>,
        }
        let problems = self.problems.iter().map(ToString::to_string).collect();
        Whole { scenarios: &self.scenarios, problems }.serialize(serializer)
    }
}

/// The case without what only programs in Rust need.
impl Serialize for Scenario {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            debtor_type: &'a str,
            why: &'a str,
            case: Vec<Shown<'a>>,
            record: &'a arrears::Record,
            brief: &'a crate::brief::Brief,
        }
        let case = self.case().map(|(fact, value, meaning)| Shown { fact, value, meaning }).collect();
        let Self { debtor_type, why, record, brief, .. } = self;
        Whole { debtor_type, why, case, record, brief }.serialize(serializer)
    }
}
