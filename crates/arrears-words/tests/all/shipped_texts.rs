//! Every text that the example policies name, as their houses write it: golden files, checked under the law that
//! binds them. `ARREARS_BLESS=1` writes them anew.

use arrears::{Law, Money, Policy};
use arrears_words::brief::HouseWords;
use arrears_words::house::House;
use arrears_words::message::wanted_templates;
use arrears_words::said::{Refusal, Said};
use arrears_words::template::{TemplateKind, Templates};
use arrears_words::told::{Offer, Told};
use arrears_words::{Encoding, Language};
use chrono::NaiveDate;
use std::fs;
use std::path::{Path, PathBuf};

/// A policy, its house, and the currency of the account.
const HOUSES: [(&str, &str, &str); 2] = [("cn-card", "house-cn", "CNY"), ("us-card-agency", "house-us-agency", "USD")];

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

fn as_of() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

fn law() -> Law {
    arrears_rules::shipped_law()
}

fn policy(name: &str) -> Policy {
    let loaded = arrears_rules::load(&examples().join(format!("policies/{name}.rhai")), &[]).unwrap();
    loaded.policy.unwrap().under(&law(), as_of()).unwrap()
}

fn house(name: &str) -> House {
    House::from_json(&fs::read_to_string(examples().join(format!("words/{name}.json"))).unwrap()).unwrap()
}

/// What the house says, held against the law of the policy.
fn words(house: &House, policy: &Policy) -> HouseWords {
    let mut words = house.words(Templates::shipped_with::<&str, &str>([]).unwrap());
    words.checks = words.checks.under(&law(), policy.head().jurisdiction.as_deref().unwrap(), as_of());
    words
}

fn told(house: &House, language: Language, currency: &str) -> Told {
    let document = fs::read_to_string(examples().join(format!("words/told-{currency}.{language}.json").to_lowercase()));
    house.told(language, as_of()).unwrap().with_json(&document.unwrap()).unwrap()
}

/// Each text of each policy in each language.
fn every_text(mut see: impl FnMut(&str, &Policy, &HouseWords, &Told, TemplateKind, &str)) {
    for (name, of, currency) in HOUSES {
        let (policy, house) = (policy(name), house(of));
        let words = words(&house, &policy);
        for language in Language::ALL {
            let told = told(&house, language, currency);
            for wanted in wanted_templates(&policy) {
                let mut told = told.clone();
                if wanted.text == "less_than_the_balance" {
                    // What is taken in full settlement is less than what is owed.
                    told.offers.iter_mut().for_each(settle_for_half);
                }
                see(name, &policy, &words, &told, wanted.kind, &wanted.text);
            }
        }
    }
}

fn settle_for_half(offer: &mut Offer) {
    let half = |money: Money| Money::from_minor(money.minor() / 2, money.currency());
    (offer.payment, offer.last, offer.total) = (half(offer.payment), offer.last.map(half), half(offer.total));
}

fn written(policy: &Policy, words: &HouseWords, told: &Told, kind: TemplateKind, text: &str) -> Result<Said, String> {
    let asked = format!("{}/{text}", kind.word());
    Said::preview(words, policy, &arrears::Decision::empty(), told, &asked).map_err(|why| why.to_string())
}

#[test]
fn no_text_that_a_policy_names_is_lacking() {
    for (name, of, _) in HOUSES {
        let (policy, house) = (policy(name), house(of));
        for language in Language::ALL {
            assert_eq!(words(&house, &policy).templates.lacking(&policy, language), [], "{name} {language}");
        }
    }
}

#[test]
fn the_shipped_templates_hold_against_the_law_and_the_house_of_each_policy() {
    for (name, of, _) in HOUSES {
        let (policy, house) = (policy(name), house(of));
        let words = words(&house, &policy);
        let mut faults = words.checks.of(&words.templates);
        // A letter that the agency never writes need not say what an agency must.
        faults.retain(|fault| !words.templates.is_unused(&policy, &fault.template));
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{name}\n{}", faults.join("\n"));
    }
}

#[test]
fn every_text_that_a_policy_names_reads_as_it_should() {
    let mut differ = Vec::new();
    every_text(|name, policy, words, told, kind, text| {
        let said = written(policy, words, told, kind, text);
        let found = match said {
            Ok(said) => said.page(),
            Err(why) => return differ.push(format!("{name} {} {text} {}: {why}", kind.word(), told.language)),
        };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/texts").join(name);
        let golden = folder.join(format!("{}-{text}.{}.txt", kind.word(), told.language));
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, &found).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != found {
            differ.push(format!("{}\n{found}", golden.display()));
        }
    });
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn a_short_message_takes_one_part_in_english_and_at_most_two_in_chinese() {
    let mut counted = 0;
    every_text(|name, policy, words, told, kind, text| {
        if kind == TemplateKind::Sms {
            let message = written(policy, words, told, kind, text).unwrap().short_message.unwrap();
            let (encoding, most) = match told.language {
                Language::English => (Encoding::Gsm7, 1),
                Language::Chinese => (Encoding::Ucs2, 2),
            };
            assert_eq!(message.encoding(), encoding, "{name} {text}");
            assert!(message.parts().len() <= most, "{name} {text}: {:?}", message.parts());
            counted += 1;
        }
    });
    assert!(counted >= 10, "{counted}");
}

#[test]
fn no_text_asks_a_held_account_for_anything() {
    let held = arrears::Decision { held_by: vec![(0, arrears::condition::Truth::True)], ..arrears::Decision::empty() };
    let (mut refused, mut stated) = (0, 0);
    every_text(|name, policy, words, told, kind, text| {
        let sum = |minor| Some(Money::from_minor(minor, policy.head().currency));
        let day = |text: &str| Some(text.parse().unwrap());
        let told = Told {
            amount: sum(7_777_777),
            instalment: sum(8_888_888),
            due_on: day("2031-05-17"),
            instalment_on: day("2031-05-18"),
            ..told.clone()
        };
        match Said::preview(words, policy, &held, &told, &format!("{}/{text}", kind.word())) {
            Ok(said) => {
                stated += 1;
                for asked in ["77,777.77", "88,888.88", "2031", "165.20"] {
                    assert!(!said.page().contains(asked), "{name} {text}: {}", said.page());
                }
            }
            Err(Refusal::AsksForNothing { .. }) => refused += 1,
            Err(other) => panic!("{name} {text}: {other}"),
        }
    });
    assert!(refused > 25 && stated > 15, "{refused} {stated}");
}

#[test]
fn a_notice_of_validation_is_not_written_without_an_item_that_law_asks_for() {
    let (policy, house) = (policy("us-card-agency"), house("house-us-agency"));
    let words = words(&house, &policy);
    let none = house.told(Language::English, as_of()).unwrap();
    let why = written(&policy, &words, &Told { write_to: None, ..none }, TemplateKind::Letter, "initial_communication");
    let why = why.unwrap_err();
    for item in [
        "write_to",
        "name",
        "address",
        "account_ending",
        "itemised_on",
        "creditor_then",
        "itemised",
        "interest_since",
        "fees_since",
        "payments_since",
        "credits_since",
        "total",
        "dispute_by",
    ] {
        assert!(why.contains(&format!("`{item}` is not told")), "{item}: {why}");
    }
}

#[test]
fn a_demand_in_china_is_not_written_without_what_the_measures_ask_for() {
    let (policy, house) = (policy("cn-card"), house("house-cn"));
    let words = words(&house, &policy);
    let bare = Told::new(Language::Chinese, as_of(), "海港银行");
    let why = written(&policy, &words, &bare, TemplateKind::Letter, "formal_demand").unwrap_err();
    for item in ["name", "amount", "total", "pay_at", "phone", "write_to", "regulations"] {
        assert!(why.contains(&format!("`{item}` is not told")), "{item}: {why}");
    }
}
