//! Briefs for every debtor type of two example policies, in both languages, on accounts that the policies
//! really take for the type. Golden files; `ARREARS_BLESS=1` writes them anew.

use arrears::{Facts, Law, Money, Policy, table};
use arrears_words::brief::{Brief, BriefProblem, HouseWords};
use arrears_words::disclosure::Disclosure;
use arrears_words::phrase::PhraseList;
use arrears_words::practice::{Practice, Scenario};
use arrears_words::template::TemplateKind;
use arrears_words::told::{Offer, Told};
use arrears_words::{Language, written};
use chrono::NaiveDate;
use std::fs;
use std::path::Path;

const POLICIES: [(&str, &str); 2] = [("cn-card", "CNY"), ("us-card-agency", "USD")];

fn repository() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn as_of() -> NaiveDate {
    "2026-11-27".parse().unwrap()
}

fn policy(name: &str) -> Policy {
    let path = repository().join(format!("examples/policies/{name}.rhai"));
    let loaded = arrears_rules::load(&path, &[]).unwrap();
    loaded.policy.unwrap()
}

fn given(currency: &str) -> Facts {
    let money = |minor| Money::from_minor(minor, currency.parse().unwrap());
    Facts::new("practice", currency.parse().unwrap())
        .with(table::PRODUCT, "card")
        .with(table::DPD, 75)
        .with(table::OVERDUE, money(300_000))
        .with(table::BALANCE, money(800_000))
        .with(table::MIN_PAYMENT, money(100_000))
        .with(table::CREDIT_LIMIT, money(1_000_000))
}

fn told(currency: &str, language: Language) -> Told {
    let english = language == Language::English;
    let text = |en: &str, zh: &str| Some(if english { en } else { zh }.to_owned());
    let bank = if english { "Harbour Bank" } else { "海港银行" };
    let money = |minor| Money::from_minor(minor, currency.parse().unwrap());
    let mut told = Told::new(language, as_of(), bank);
    told.speaker = text("Li Na", "李娜");
    told.name = text("Mr Wang", "王先生");
    told.product = text("credit card", "信用卡");
    told.offers = vec![Offer {
        name: text("Three payments", "分三期").unwrap(),
        payments: 3,
        payment: money(101_000),
        last: None,
        first_on: "2026-12-15".parse().unwrap(),
        total: money(303_000),
        cost: money(3_000),
    }];
    told
}

fn words() -> HouseWords {
    let says = fs::read_to_string(repository().join("examples/words/sayings.zh.json")).unwrap();
    HouseWords::shipped().unwrap().saying(Language::Chinese, &says).unwrap()
}

fn practice(name: &str, currency: &str, language: Language) -> Vec<Scenario> {
    let mut words = words();
    if name == "us-card-agency" && language == Language::English {
        words.disclosures.push(Disclosure {
            name: "collector".to_owned(),
            language,
            kinds: vec![TemplateKind::Brief],
            words: "This is an attempt to collect a debt, and any information obtained will be used for that purpose."
                .to_owned(),
            cites: "12 CFR 1006.18(e)(1)".to_owned(),
        });
    }
    let policy = policy(name);
    let law = Law::none("practice").unwrap();
    let found = Practice::of(&policy, &given(currency), &law, as_of(), &words, &told(currency, language));
    let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{name} {language}\n{}", problems.join("\n"));
    let types: Vec<&str> = policy.debtor_types().iter().map(|kind| kind.name.as_str()).collect();
    assert_eq!(found.scenarios.iter().map(|one| one.debtor_type.as_str()).collect::<Vec<_>>(), types);
    found.scenarios
}

#[test]
fn every_debtor_type_has_a_case_that_the_policy_takes_for_it_and_a_brief() {
    let mut differ = Vec::new();
    for (name, currency) in POLICIES {
        for language in Language::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/briefs").join(name);
            for scenario in practice(name, currency, language) {
                let golden = folder.join(format!("{}.{language}.txt", scenario.debtor_type));
                let found = scenario.text();
                if std::env::var_os("ARREARS_BLESS").is_some() {
                    fs::create_dir_all(&folder).unwrap();
                    fs::write(&golden, &found).unwrap();
                }
                if fs::read_to_string(&golden).unwrap_or_default() != found {
                    differ.push(format!("{}\n{found}", golden.display()));
                }
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn a_brief_that_asks_has_amount_and_day_within_eighty_characters_and_one_that_rests_has_no_amount() {
    let (mut asking, mut resting) = (0, 0);
    for (name, currency) in POLICIES {
        for language in Language::ALL {
            for scenario in practice(name, currency, language) {
                let brief = &scenario.brief;
                let all = brief.spoken().join("\n");
                if brief.asks {
                    asking += 1;
                    let start: String = brief.opening.chars().take(80).collect();
                    // Nothing is overdue on a good customer's account: the least payment falls due in three days.
                    let (amount, day) = match scenario.facts.get("overdue") {
                        Some(arrears::Value::Money(money)) if money.minor() > 0 => (*money, as_of()),
                        _ => (Money::from_minor(100_000, currency.parse().unwrap()), as_of() + chrono::Days::new(3)),
                    };
                    assert!(start.contains(&written::amount(amount, language)), "{start}");
                    assert!(start.contains(&written::day(day, language)), "{start}");
                } else {
                    resting += 1;
                    assert!(!scenario.record.held_by.is_empty());
                    assert!(!all.contains(if language == Language::English { currency } else { ".00" }), "{all}");
                }
            }
        }
    }
    assert!(asking >= 30 && resting >= 8, "{asking} {resting}");
}

#[test]
fn a_brief_is_short_enough_and_says_nothing_forbidden_and_nothing_of_the_debt_before_the_identity_check() {
    for (name, currency) in POLICIES {
        for language in Language::ALL {
            for scenario in practice(name, currency, language) {
                let brief = &scenario.brief;
                assert!(brief.seconds <= brief.most_seconds && brief.seconds > 5);
                assert_eq!(brief.spoken()[0], brief.identity);
                assert!(PhraseList::of_debt(language).find(&brief.identity).is_empty(), "{}", brief.identity);
                let all = format!("{}\n{}", brief.spoken().join("\n"), brief.not_to_say.join("\n"));
                assert_eq!(PhraseList::forbidden(language).find(&all), [], "{all}");
                assert!(brief.untranslated.is_empty(), "{:?}", brief.untranslated);
                assert!(!brief.record.is_empty() && !brief.points.is_empty());
            }
        }
    }
}

#[test]
fn every_point_of_both_policies_has_words_in_chinese() {
    let set = words();
    let sayings = &set.sayings[&Language::Chinese];
    let mut missing = Vec::new();
    for (name, _) in POLICIES {
        let policy = policy(name);
        let of_types = policy.debtor_types().iter().flat_map(|kind| kind.say.clone());
        let of_stages = policy.stages().iter().flat_map(|stage| stage.say.clone());
        let of_treatments = policy.treatments().iter().filter_map(|treatment| treatment.details.get("say"));
        let of_treatments = of_treatments.flat_map(|say| match say {
            arrears::policy::Detail::List(points) => points.clone(),
            other => vec![other.clone()],
        });
        let of_treatments = of_treatments.filter_map(|point| match point {
            arrears::policy::Detail::Text(text) => Some(text),
            _ => None,
        });
        for point in of_types.chain(of_stages).chain(of_treatments) {
            let written = set.templates.has(TemplateKind::Brief, &format!("say/{point}"), Language::Chinese);
            if !written && !sayings.contains_key(&point) {
                missing.push(format!("{name}: {point}"));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

fn briefed(words: &HouseWords, told: &Told) -> Result<Brief, Vec<BriefProblem>> {
    let policy = policy("cn-card");
    let row = policy.bind(&given("CNY")).unwrap();
    let decision = arrears::decide(&policy, &row, &Law::none("test").unwrap(), as_of());
    Brief::of(words, &policy, &decision, told)
}

fn refused(words: &HouseWords, told: &Told) -> Vec<String> {
    briefed(words, told).unwrap_err().iter().map(ToString::to_string).collect()
}

fn owing(language: Language) -> Told {
    let mut told = told("CNY", language);
    told.amount = Some(Money::from_minor(300_000, "CNY".parse().unwrap()));
    told.due_on = Some(as_of());
    told
}

#[test]
fn a_brief_that_takes_too_long_says_by_how_much() {
    let mut words = words();
    words.most_seconds = 30;
    assert_eq!(
        refused(&words, &owing(Language::English)),
        ["takes 47 seconds to say, 17 more than 30: leave something out"]
    );
}

#[test]
fn an_opening_that_comes_to_the_amount_late_is_refused() {
    let own = [(
        "brief/opening.en.txt",
        "I hope that you are well and that your family is well, too; it is about {{ amount }}.",
    )];
    let mut words = HouseWords::of(arrears_words::template::Templates::shipped_with(own).unwrap());
    words.most_seconds = 200;
    assert_eq!(
        refused(&words, &owing(Language::English)),
        [
            "the amount (CNY 3,000.00) ends at character 84 of the opening: it must stand within the first 80 characters after the identity check",
            "the day (27 November 2026) is not said in the opening: it must stand within the first 80 characters after the identity check",
        ]
    );
}

#[test]
fn offers_for_which_there_is_no_time_are_left_out_the_last_first_and_said_to_be() {
    for (language, said) in [
        (Language::English, "(9 more choices, if they ask: there is no time for all.)"),
        (Language::Chinese, "（另有9个方案，时间所限不逐一说明，客户问起再提。）"),
    ] {
        let (mut told, mut words) = (owing(language), words());
        let offers: Vec<Offer> = (2..14).map(|payments| Offer { payments, ..told.offers[0].clone() }).collect();
        told.offers = offers[..3].to_vec();
        words.most_seconds = briefed(&words, &told).unwrap().seconds;
        told.offers = offers;
        let made = briefed(&words, &told).unwrap();
        assert_eq!((made.offers.len(), made.offers_left_out, made.seconds), (3, 9, words.most_seconds));
        assert!(made.text().contains(said), "{}", made.text());
        words.most_seconds = 1;
        assert_eq!(briefed(&words, &told).unwrap_err().len(), 1, "one offer is said even so, and that takes too long");
    }
}

#[test]
fn an_identity_question_that_speaks_of_the_debt_is_refused_and_so_is_what_is_forbidden() {
    let mut told = owing(Language::English);
    told.identity_question = Some("What are the last digits of your card?".to_owned());
    told.offers[0].name = "Pay, or go to jail".to_owned();
    assert_eq!(
        refused(&words(), &told),
        [
            "brief/identity.en.txt:1:87: `card` is a word of the debt",
            "brief/(as a whole).en.txt:4:9: `go to jail` (false_claim): no contact may claim what law does not provide for, or what only a court can order",
        ]
    );
}

#[test]
fn a_call_has_a_message_for_a_voicemail_where_law_says_what_it_holds() {
    let policy = policy("us-card-agency");
    let row = policy.bind(&given("USD")).unwrap();
    let mut decision = arrears::decide(&policy, &row, &Law::none("test").unwrap(), as_of());
    decision.channel = Some(arrears::Channel::Phone);
    let mut told = Told {
        neutral_name: Some("Northgate".to_owned()),
        phone: Some("212-555-0100".to_owned()),
        ..told("USD", Language::English)
    };
    (told.amount, told.due_on) = (Some(Money::from_minor(300_000, "USD".parse().unwrap())), Some(as_of()));
    let left = |words: &HouseWords, told: &Told| {
        arrears_words::brief::Brief::of(words, &policy, &decision, told).unwrap().voicemail
    };
    let mut bound = words();
    bound.checks = bound.checks.under(&arrears_rules::shipped_law(), "US", as_of());
    let message = "This is Li Na from Northgate for Mr Wang. Please call me back at 212-555-0100. Thank you.";
    assert_eq!(left(&bound, &told).as_deref(), Some(message));
    assert_eq!(left(&bound, &Told { neutral_name: None, ..told.clone() }), None);
    assert_eq!(left(&words(), &told), None);
}

#[test]
fn an_amount_that_is_not_told_is_named() {
    let mut told = owing(Language::Chinese);
    told.amount = None;
    assert_eq!(
        refused(&words(), &told),
        ["brief/opening.zh.txt:1:59: `amount` is not told: what is asked for now; zero: nothing"]
    );
}
