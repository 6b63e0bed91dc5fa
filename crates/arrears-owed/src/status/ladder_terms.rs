//! The classes of a ladder, as a regime says them.

use crate::regime::{Positive, text, worded};
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, refuse};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Classes by days past due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderTerms {
    pub(crate) rule: String,
    pub(super) classes: Vec<String>, // INVARIANT: at least two, unique, the best first.
    pub(super) counts: Counts,
    pub(super) best_allowed: bool,
    pub(super) technical_days: u32,
    pub(super) steps: Steps,
    pub(super) upgrade: Option<Upgrade>,
    pub(super) charge_off: Option<ChargeOffTerms>,
}

/// From when on days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// The due date itself is not late: the day behind it is the first.
    AfterDueDate,
    /// The due date itself is the first late day, with no days behind it.
    FromDueDate,
}

/// The steps: the same for every product, or by product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Steps {
    Every(Vec<Step>),
    ByProduct(BTreeMap<String, Vec<Step>>),
}

/// A class, and the first day of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) class: String,
    pub(super) first_day: u32,
}

/// When an account leaves some classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Upgrade {
    pub(super) rule: String,
    pub(super) from: Vec<String>,
}

/// Which class is charged off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChargeOffTerms {
    pub(super) rule: String,
    pub(super) class: String,
}

impl LadderTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        let upgrade = self.upgrade.as_ref().map(|upgrade| upgrade.rule.as_str());
        let charge_off = self.charge_off.as_ref().map(|charge_off| charge_off.rule.as_str());
        [Some(self.rule.as_str()), upgrade, charge_off].into_iter().flatten().collect()
    }
}

impl Readable for LadderTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let classes: Option<Classes> = fields.required("classes");
        let counts = worded(&mut fields, "counts", &["after_due_date", "from_due_date"], |word| {
            Some(if word == "from_due_date" { Counts::FromDueDate } else { Counts::AfterDueDate })
        });
        let best_allowed = fields.optional("best_allowed");
        let technical_days = fields.optional("technical_days");
        let every: Option<Vec<Step>> = fields.given("steps");
        let by_product: Option<BTreeMap<String, Vec<Step>>> = fields.given("products");
        let steps = match (fields.has("steps"), fields.has("products")) {
            (true, false) => every.map(Steps::Every),
            (false, true) => by_product.map(Steps::ByProduct),
            (true, true) => {
                fields.report("products", "stands beside `steps`: expected steps for every product, or by product");
                None
            }
            (false, false) => {
                fields.report("steps", "missing: expected steps for every product, or `products` with those of each");
                None
            }
        };
        let upgrade: Option<Option<Upgrade>> = fields.optional("upgrade");
        let charge_off: Option<Option<ChargeOffTerms>> = fields.optional("charge_off");
        if let (Some(Classes(classes)), Some(counts), Some(steps)) = (&classes, counts, &steps) {
            let first = u32::from(counts == Counts::AfterDueDate);
            for (place, steps) in steps.by_place() {
                rising(&mut fields, &place, classes, steps, first);
            }
            for class in upgrade.iter().flatten().flat_map(|upgrade| &upgrade.from) {
                known(&mut fields, "upgrade.from", classes, class);
            }
            for charge_off in charge_off.iter().flatten() {
                known(&mut fields, "charge_off.class", classes, &charge_off.class);
            }
        }
        fields.finish();
        Some(Self {
            rule: rule?,
            classes: classes?.0,
            counts: counts?,
            best_allowed: best_allowed?,
            technical_days: technical_days?,
            steps: steps?,
            upgrade: upgrade?,
            charge_off: charge_off?,
        })
    }
}

impl Steps {
    fn by_place(&self) -> Vec<(String, &[Step])> {
        match self {
            Self::Every(steps) => vec![("steps".to_owned(), steps)],
            Self::ByProduct(products) => {
                products.iter().map(|(product, steps)| (format!("products.{product}"), steps.as_slice())).collect()
            }
        }
    }
}

/// Reports steps that do not rise, in days and in classes.
fn rising(fields: &mut Fields<'_>, place: &str, classes: &[String], steps: &[Step], first: u32) {
    if steps.is_empty() {
        fields.report(place, "empty: expected at least one step");
    }
    let (mut day, mut rank) = (None, 0);
    for (index, step) in steps.iter().enumerate() {
        let here = format!("{place}[{index}]");
        let Some(found) = known(fields, &format!("{here}.class"), classes, &step.class) else { continue };
        if found <= rank {
            let message =
                format!("`{}` is not worse than the class before it: expected classes that worsen", step.class);
            fields.report(&format!("{here}.class"), message);
        }
        if let Some(before) = day.filter(|before| *before >= step.first_day) {
            let message = format!(
                "begins on day {}, the step before it on day {before}: expected days that rise",
                step.first_day
            );
            fields.report(&here, message);
        }
        if step.first_day < first {
            fields.report(&here, format!("begins on day {}: the first late day is day {first}", step.first_day));
        }
        (day, rank) = (Some(step.first_day), found);
    }
}

/// The place of a class, or a report that there is none.
fn known(fields: &mut Fields<'_>, place: &str, classes: &[String], class: &str) -> Option<usize> {
    let found = classes.iter().position(|known| known == class);
    if found.is_none() {
        let names = classes.iter().map(String::as_str);
        let message = format!("`{class}` is no class{}: expected one of {}", meant(class, names), classes.join(", "));
        fields.report(place, message);
    }
    found
}

/// Names of classes, the best first.
#[derive(Debug)]
pub(super) struct Classes(pub(super) Vec<String>);

impl Readable for Classes {
    const EXPECTED: &str = "at least two names of classes, the best first, none of them twice";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let classes: Vec<String> = Readable::read(value, path, problems)?;
        let unique: BTreeSet<&String> = classes.iter().collect();
        if classes.len() < 2 || unique.len() < classes.len() || classes.iter().any(String::is_empty) {
            return refuse(path, value, Self::EXPECTED, problems);
        }
        Some(Self(classes))
    }
}

impl Readable for Step {
    const EXPECTED: &str = "a step, as in {\"class\": \"loss\", \"at_least\": 180}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let class = text(&mut fields, "class");
        let at_least: Option<u32> = fields.given("at_least");
        let more_than: Option<u32> = fields.given("more_than");
        let first_day = match (fields.has("at_least"), fields.has("more_than")) {
            (true, false) => at_least,
            (false, true) => more_than.map(|days| days.saturating_add(1)),
            _ => {
                fields.report("at_least", "expected either `at_least` or `more_than`, with a number of days");
                None
            }
        };
        fields.finish();
        Some(Self { class: class?, first_day: first_day? })
    }
}

impl Readable for Upgrade {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let from: Option<Vec<String>> = fields.required("from");
        let needs = worded(&mut fields, "needs", &["all_arrears_paid"], |_| Some(()));
        fields.finish();
        // What it needs says what is checked, and nothing that is kept.
        let _: Option<()> = needs;
        Some(Self { rule: rule?, from: from? })
    }
}

impl Readable for ChargeOffTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (rule, class) = (text(&mut fields, "rule"), text(&mut fields, "class"));
        let by = worded(&mut fields, "by", &["month_end"], |_| Some(()));
        fields.finish();
        let _: Option<()> = by;
        Some(Self { rule: rule?, class: class? })
    }
}

/// A number of days or months that a threshold of a regime is.
pub(super) fn positive(fields: &mut Fields<'_>, key: &'static str) -> Option<u32> {
    fields.required::<Positive>(key).map(|Positive(number)| number)
}
