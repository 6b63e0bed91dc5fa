//! What a policy writes to people, by the templates that it names.

use arrears::{Facts, Law, Money, Policy, decide, table};
use arrears_words::Language;
use arrears_words::message::{template_of, wanted_templates};
use arrears_words::template::{TemplateKind, Templates, shipped_templates};
use arrears_words::told::Told;
use std::path::Path;

fn policy(name: &str) -> Policy {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/policies/{name}.rhai"));
    arrears_rules::load(&path, &[]).unwrap().policy.unwrap()
}

#[test]
fn a_decision_to_text_writes_the_text_that_its_treatment_names() {
    let policy = policy("cn-card");
    let day = "2026-11-27".parse().unwrap();
    let cny = |minor| Money::from_minor(minor, "CNY".parse().unwrap());
    let mut facts = Facts::new("A-1", "CNY".parse().unwrap())
        .with(table::PRODUCT, "card")
        .with(table::DPD, 12)
        .with(table::OVERDUE, cny(300_000))
        .with(table::BALANCE, cny(800_000))
        .with(table::MIN_PAYMENT, cny(100_000))
        .with(table::CREDIT_LIMIT, cny(1_000_000))
        .with(table::LATE_COUNT_12M, 0);
    for (input, cell) in policy.inputs().iter().zip(arrears::trial::quiet_account(&policy)) {
        // What the bank does not know of this account is as on a quiet one.
        if facts.get(&input.name).is_none() && cell != input.absent() && cell.get() == Some(0) {
            let value = match input.kind {
                arrears::Kind::Money => arrears::Value::Money(cny(0)),
                arrears::Kind::Count => arrears::Value::Count(0),
                arrears::Kind::Days => arrears::Value::Days(0),
                arrears::Kind::Flag => arrears::Value::Flag(false),
                _ => continue,
            };
            facts.set(&input.name, value).unwrap();
        }
    }
    let decision = decide(&policy, &policy.bind(&facts).unwrap(), &Law::none("test").unwrap(), day);
    assert_eq!(template_of(&policy, &decision), Some((TemplateKind::Sms, "gentle".to_owned())));
    let set = Templates::read(shipped_templates().iter().copied()).unwrap();
    let mut told = Told::new(Language::Chinese, day, "海港银行");
    (told.amount, told.due_on) = (Some(cny(300_000)), Some(day));
    let written = set.write(TemplateKind::Sms, "gentle", &told).unwrap();
    assert_eq!(written, "海港银行：您还有3,000.00元未还，请最迟于2026年11月27日还款。如已还款，谢谢。");
}

#[test]
fn what_a_policy_wants_and_a_set_does_not_have_is_listed_with_who_asks() {
    let policy = policy("cn-card");
    let few =
        |name: &str| ["sms/gentle.en.txt", "letter/overdue_notice.en.txt"].contains(&name) || name.starts_with("part/");
    let set = Templates::read(shipped_templates().iter().filter(|(name, _)| few(name)).copied()).unwrap();
    let lacking = set.lacking(&policy, Language::English);
    let demand = lacking.iter().find(|one| one.text == "formal_demand").unwrap();
    assert_eq!((demand.kind, demand.by.as_str()), (TemplateKind::Letter, "formal_demand"));
    assert!(lacking.len() < wanted_templates(&policy).len());
    assert!(!lacking.iter().any(|one| one.text == "gentle" || one.text == "overdue_notice"));
    let full =
        wanted_templates(&policy).into_iter().map(|one| (format!("{}/{}.en.txt", one.kind.word(), one.text), "x"));
    let full: std::collections::BTreeMap<String, &str> = full.collect();
    assert_eq!(Templates::read(full).unwrap().lacking(&policy, Language::English), []);
}
