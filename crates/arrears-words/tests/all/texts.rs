//! What a decision writes to a person, and what it does not write.

use arrears::policy::Row;
use arrears::{Cell, Decision, Law, Money, Policy, decide};
use arrears_words::brief::HouseWords;
use arrears_words::house::House;
use arrears_words::said::{Said, Texts};
use arrears_words::template::Templates;
use arrears_words::told::Told;
use arrears_words::{Encoding, Language};
use chrono::NaiveDate;
use std::path::Path;

fn as_of() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

fn policy(name: &str) -> Policy {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/policies/{name}.rhai"));
    arrears_rules::load(&path, &[]).unwrap().policy.unwrap()
}

/// A quiet account with some facts, in the units of its cells, as the policy decides it.
fn decided(policy: &Policy, facts: &[(&str, i64)]) -> (Row, Decision) {
    let mut cells = arrears::trial::quiet_account(policy);
    let usual = [("overdue", 300_000), ("balance", 800_000), ("credit_limit", 1_000_000)];
    for (name, value) in usual.iter().chain(facts) {
        let id = policy.find_input(name).unwrap();
        cells[id.index()] = Cell::number(*value);
    }
    let product = policy.find_input("product").unwrap();
    cells[product.index()] = policy.input(product).unwrap().word("card").unwrap();
    let row = policy.row(cells).unwrap();
    let decision = decide(policy, &row, &Law::none("test").unwrap(), as_of());
    (row, decision)
}

fn house() -> House {
    House::from_json(
        r#"{
        "format": "arrears-house/1",
        "voices": {
            "en": {"creditor": "Harbour Bank", "phone": "95588", "verify_at": "95588"},
            "zh": {"creditor": "海港银行", "phone": "95588"}
        },
        "sms_parts": 2
    }"#,
    )
    .unwrap()
}

fn words() -> HouseWords {
    house().words(Templates::shipped_with::<&str, &str>([]).unwrap())
}

fn texts(words: &HouseWords, policy: &Policy, facts: &[(&str, i64)], language: Language) -> Texts {
    let (row, decision) = decided(policy, facts);
    let told = house().told(language, as_of()).unwrap().owing_by(policy, &row);
    Texts::of(words, policy, &decision, &told)
}

fn unsaid(texts: &Texts) -> Vec<String> {
    texts.unsaid.iter().map(|one| format!("{}: {}", one.by, one.why)).collect()
}

#[test]
fn a_decision_to_text_is_written_and_counted() {
    let policy = policy("cn-card");
    let texts = texts(&words(), &policy, &[("dpd", 12), ("days_since_overdue_notice", 1)], Language::Chinese);
    assert_eq!(unsaid(&texts), [""; 0]);
    let [said] = texts.said.as_slice() else { panic!("{texts:?}") };
    assert_eq!((said.by.as_str(), said.template.as_str(), said.preview), ("treatment courtesy_text", "gentle", false));
    assert_eq!(said.text, "海港银行：您还有3,000.00元未还，请最迟于2026年11月27日还款。如已还款，谢谢。");
    let message = said.short_message.as_ref().unwrap();
    assert_eq!((message.encoding(), message.parts().len()), (Encoding::Ucs2, 1));
    assert_eq!(said.checked, ["forbidden_phrases", "disclosures", "length"]);
}

#[test]
fn a_duty_that_is_due_is_written_beside_what_is_decided() {
    let policy = policy("cn-card");
    let texts = texts(&words(), &policy, &[("dpd", 12)], Language::English);
    let by: Vec<(&str, &str)> = texts.said.iter().map(|said| (said.by.as_str(), said.template.as_str())).collect();
    assert_eq!(by, [("treatment courtesy_text", "gentle"), ("duty overdue_notice", "overdue_notice")]);
}

#[test]
fn a_decision_that_makes_no_contact_writes_nothing_and_says_why() {
    let policy = policy("cn-card");
    let noted = ("days_since_overdue_notice", 1);
    let cases: [(&[(&str, i64)], &str); 3] = [
        (&[("dpd", 12), noted, ("dispute", 1)], "the decision: `held`: no contact is made (held by dispute"),
        (
            &[("dpd", 12), noted, ("days_since_courtesy_text", 1), ("episode_count_courtesy_text", 1)],
            "the decision: `wait`: no contact is made",
        ),
        (
            &[("dpd", 20), noted, ("days_since_rpc", 8)],
            "treatment afternoon_call: `phone` is not done in writing: a brief says what to say",
        ),
    ];
    for (facts, begins) in cases {
        let texts = texts(&words(), &policy, facts, Language::English);
        assert_eq!(texts.said, []);
        let why = unsaid(&texts);
        assert!(why.len() == 1 && why[0].starts_with(begins), "{why:?}");
    }
}

#[test]
fn a_held_account_gets_no_demand_not_even_by_a_duty_or_as_a_preview() {
    let policy = policy("cn-card");
    let (row, decision) = decided(&policy, &[("dpd", 12), ("dispute", 1)]);
    let told = house().told(Language::English, as_of()).unwrap().owing_by(&policy, &row);
    let texts = Texts::of(&words(), &policy, &decision, &told);
    assert_eq!(texts.said, []);
    let why = unsaid(&texts);
    assert!(why[1].starts_with("duty overdue_notice: `overdue_notice` asks for money, and it is held by dispute: letter/overdue_notice.en.txt:"), "{why:?}");
    let refused = Said::preview(&words(), &policy, &decision, &told, "sms/gentle").unwrap_err();
    assert!(refused.to_string().starts_with("`gentle` asks for money, and it is held by dispute"), "{refused}");
    let stated = Said::preview(
        &words(),
        &policy,
        &decision,
        &Told { speaker: Some("Li Na".to_owned()), ..told },
        "please_call_us",
    );
    assert!(stated.unwrap().preview);
}

#[test]
fn nothing_is_asked_for_where_the_amount_is_zero() {
    let policy = policy("cn-card");
    let (_, decision) = decided(&policy, &[("dpd", 12)]);
    let mut told = house().told(Language::English, as_of()).unwrap();
    (told.amount, told.due_on) = (Some(Money::from_minor(0, "CNY".parse().unwrap())), Some(as_of()));
    let refused = Said::preview(&words(), &policy, &decision, &told, "sms/gentle").unwrap_err();
    assert!(refused.to_string().starts_with("`gentle` asks for money, and nothing is asked for"), "{refused}");
}

#[test]
fn offers_are_not_made_where_none_is_told() {
    let policy = policy("cn-card");
    let texts =
        texts(&words(), &policy, &[("dpd", 75), ("hardship", 1), ("days_since_overdue_notice", 1)], Language::English);
    assert!(unsaid(&texts)[0].contains("offers a way out and none is told: expected `offers`"), "{texts:?}");
}

#[test]
fn a_preview_of_a_text_that_nobody_wrote_names_the_one_that_was_meant() {
    let policy = policy("cn-card");
    let (row, decision) = decided(&policy, &[("dpd", 12)]);
    let told = house().told(Language::English, as_of()).unwrap().owing_by(&policy, &row);
    let refused = Said::preview(&words(), &policy, &decision, &told, "gentel").unwrap_err().to_string();
    assert!(refused.starts_with("gentel:0:0: no text of this name in `en` (did you mean `gentle`?)"), "{refused}");
}

#[test]
fn what_must_be_disclosed_is_written_where_the_text_does_not_say_it_by_itself() {
    let policy = policy("cn-card");
    let mut words = words();
    let disclosure = arrears_words::disclosure::Disclosure {
        name: "recorded".to_owned(),
        language: Language::English,
        kinds: vec![arrears_words::template::TemplateKind::Sms],
        words: "Calls are recorded.".to_owned(),
        cites: "our own rule".to_owned(),
    };
    words.disclosures.push(disclosure.clone());
    words.checks = words.checks.disclosing([disclosure]);
    let own = [("sms/gentle.en.txt", "{{ creditor }}: {{ amount }} by {{ due_on }}.")];
    for (templates, written) in [
        (Templates::shipped_with(own), None),
        (
            Templates::shipped_with([(own[0].0, "Calls are recorded. {{ amount }} by {{ due_on }}.")]),
            Some("Calls are recorded. CNY 3,000.00 by 27 November 2026."),
        ),
        (
            Templates::shipped_with([(
                own[0].0,
                "{{ amount }} by {{ due_on }}. {% for one in disclosures %}{{ one.words }}{% endfor %}",
            )]),
            Some("CNY 3,000.00 by 27 November 2026. Calls are recorded."),
        ),
    ] {
        let words = HouseWords { templates: templates.unwrap(), ..words.clone() };
        let (row, decision) = decided(&policy, &[("dpd", 12)]);
        let told = house().told(Language::English, as_of()).unwrap().owing_by(&policy, &row);
        match (Said::preview(&words, &policy, &decision, &told, "sms/gentle"), written) {
            (Ok(said), Some(written)) => {
                assert_eq!(
                    (said.text.as_str(), said.disclosures.as_slice()),
                    (written, ["recorded".to_owned()].as_slice())
                );
            }
            (Err(refused), None) => assert!(refused.to_string().contains("lacks `recorded`"), "{refused}"),
            (found, written) => panic!("{found:?} {written:?}"),
        }
    }
}

#[test]
fn a_letter_that_asks_at_once_leaves_the_days_that_the_house_gives() {
    let policy = policy("cn-card");
    let mut words = words();
    words.pay_within.insert(arrears_words::template::TemplateKind::Sms, 3);
    let (row, decision) = decided(&policy, &[("dpd", 12)]);
    let told = house().told(Language::English, as_of()).unwrap().owing_by(&policy, &row);
    let text = |told: &Told| Said::preview(&words, &policy, &decision, told, "sms/gentle").unwrap().text;
    assert!(text(&told).contains("by 30 November 2026"), "{}", text(&told));
    let later = Told { due_on: Some("2026-12-24".parse().unwrap()), ..told.clone() };
    assert!(text(&later).contains("by 24 December 2026"), "{}", text(&later));
    let due_today = Told { overdue: Some(Money::from_minor(0, "CNY".parse().unwrap())), ..told };
    assert!(text(&due_today).contains("by 27 November 2026"), "{}", text(&due_today));
}

#[test]
fn a_proof_that_is_owed_is_sent_although_the_dispute_holds_every_demand() {
    let policy = policy("us-card-agency");
    let facts = [
        ("dpd", 60),
        ("dispute", 1),
        ("dispute_written", 1),
        ("dispute_in_period", 1),
        ("days_since_validation_notice", 20),
    ];
    let (row, decision) = decided(&policy, &facts);
    let told = house().told(Language::English, as_of()).unwrap().owing_by(&policy, &row);
    let told = Told { enclosed: Some("your statements".to_owned()), write_to: Some("PO Box 1".to_owned()), ..told };
    let texts = Texts::of(&words(), &policy, &decision, &told);
    let by: Vec<&str> = texts.said.iter().map(|said| said.by.as_str()).collect();
    assert_eq!(by, ["duty verification"], "{:?}", texts.unsaid);
    assert!(texts.said[0].text.contains("Enclosed: your statements."), "{}", texts.said[0].text);
}

#[test]
fn a_decision_for_a_person_to_look_asks_for_one() {
    let policy = policy("us-card-agency");
    let facts = [("dpd", 60), ("inconvenient_times", 1), ("days_since_validation_notice", 60)];
    let texts = texts(&words(), &policy, &facts, Language::English);
    assert!(texts.said.is_empty() && texts.unsaid[0].why.asks_for_a_person(), "{texts:?}");
    assert!(!texts.unsaid[0].why.is_a_mistake());
}
