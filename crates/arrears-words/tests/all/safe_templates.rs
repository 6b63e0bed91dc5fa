//! Templates are somebody else's text: none may run for ever, grow without end or make the writer panic.

use arrears::Money;
use arrears_words::Language;
use arrears_words::checks::Checks;
use arrears_words::template::{Limits, TemplateKind, Templates, shipped_templates};
use arrears_words::told::{Later, Offer, Told, VariableKind, variables};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn told(offers: usize) -> Told {
    let mut told = Told::new(Language::English, "2026-11-27".parse().unwrap(), "Harbour Bank");
    let eur = |minor| Money::from_minor(minor, "EUR".parse().unwrap());
    let offer = Offer {
        name: "x".to_owned(),
        payments: 3,
        payment: eur(1),
        last: None,
        first_on: told.today,
        total: eur(3),
        cost: eur(0),
    };
    told.offers = vec![offer; offers];
    told.later = vec![Later { days: 30, on: told.today, owed: eur(5), more: eur(1), lawsuit: false }];
    told
}

fn said(set: &[(&str, String)], limits: Limits, told: &Told) -> Vec<String> {
    let set = Templates::read_within(set.iter().map(|(name, text)| (*name, text.as_str())), limits).unwrap();
    let faults = set.write(TemplateKind::Letter, "a", told).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn loops_inside_each_other_end_at_the_limit_of_steps() {
    let open: String = (0..12).map(|depth| format!("{{% for a{depth} in offers %}}")).collect();
    let set = [("letter/a.en.txt", format!("{open}.{}", "{% endfor %}".repeat(12)))];
    assert_eq!(
        said(&set, Limits::default(), &told(9)),
        ["letter/a.en.txt:1:0: stopped after 100000 steps: it goes through too much"]
    );
}

#[test]
fn parts_that_include_parts_end_at_a_limit_too() {
    let mut set = vec![("letter/a.en.txt", "{% include \"part/p0.en.txt\" %}".repeat(8))];
    let names: Vec<String> = (0..7).map(|number| format!("part/p{number}.en.txt")).collect();
    for (number, name) in names.iter().enumerate() {
        let next = names
            .get(number + 1)
            .map_or_else(|| "x".to_owned(), |next| format!("{{% include \"{next}\" %}}").repeat(8));
        set.push((name.as_str(), next));
    }
    let faults = said(&set, Limits::default(), &told(1));
    assert!(
        faults.len() == 1 && faults[0].ends_with("stopped after 100000 steps: it goes through too much"),
        "{faults:?}"
    );
}

#[test]
fn templates_lie_at_most_eight_below_each_other() {
    let set = |length: usize| {
        let text = |number: usize| match number {
            _ if number == length => "x".to_owned(),
            _ => format!("{{% include \"part/p{}.en.txt\" %}}", number + 1),
        };
        Templates::read((0..=length).map(|number| (format!("part/p{number}.en.txt"), text(number))))
    };
    assert_eq!(set(8).unwrap().write(TemplateKind::Part, "p0", &told(0)).unwrap(), "x");
    let faults = set(9).unwrap_err();
    assert_eq!(faults[0].to_string(), "part/p0.en.txt:0:0: more than 8 templates lie below it by includes");
}

#[test]
fn what_is_not_told_in_an_included_part_is_named_there() {
    let set = [
        ("letter/a.en.txt", "{{ name }}\n{% include \"part/b.en.txt\" %}".to_owned()),
        ("part/b.en.txt", "one\ntwo {{ phone }}".to_owned()),
    ];
    assert_eq!(
        said(&set, Limits::default(), &told(0)),
        [
            "letter/a.en.txt:1:4: `name` is not told: how the person is addressed",
            "part/b.en.txt:2:8: `phone` is not told: the number to call back",
        ]
    );
}

#[test]
fn a_letter_of_megabytes_is_stopped() {
    let mut told = told(9);
    told.offers[0].name = "x".repeat(3_000);
    let text = "{% for offer in offers %}{{ offer.name }}{{ creditor }}{% endfor %}".repeat(30);
    let limits = Limits { bytes: 50_000, ..Limits::default() };
    assert_eq!(
        said(&[("letter/a.en.txt", text)], limits, &told),
        ["letter/a.en.txt:0:0: stopped: it writes more than 50000 bytes"]
    );
}

#[test]
fn everything_that_is_not_told_is_said_at_once_with_its_place() {
    let text = "Dear {{ name }},\n{{ amount }} by {{ due_on }}\n{% if product %}x{% endif %}\n{% if fees is defined %}{{ fees }}{% endif %}";
    assert_eq!(
        said(&[("letter/a.en.txt", text.to_owned())], Limits::default(), &told(0)),
        [
            "letter/a.en.txt:1:9: `name` is not told: how the person is addressed",
            "letter/a.en.txt:2:4: `amount` is not told: what is asked for now; zero: nothing",
            "letter/a.en.txt:2:20: `due_on` is not told: the day by which it is asked for, or on which it falls due",
            "letter/a.en.txt:3:7: `product` is not told: the product, in the customer's words",
        ]
    );
}

#[test]
fn what_a_template_asks_about_is_not_said_to_be_missing() {
    let text = "{{ amount }}{% if product is defined %} on {{ product }}{% endif %}, {{ speaker|default(\"-\") }}";
    assert_eq!(
        said(&[("letter/a.en.txt", text.to_owned())], Limits::default(), &told(0)),
        ["letter/a.en.txt:1:4: `amount` is not told: what is asked for now; zero: nothing"]
    );
    // It is, where it is used before anybody asked.
    let text = "{{ product }}{% if product is defined %}, {{ product }}{% endif %}";
    assert_eq!(
        said(&[("letter/a.en.txt", text.to_owned())], Limits::default(), &told(0)),
        ["letter/a.en.txt:1:4: `product` is not told: the product, in the customer's words"]
    );
}

#[test]
fn a_short_message_that_is_too_long_is_refused_with_its_length() {
    let set = Templates::read([("sms/a.en.txt", "x".repeat(500))]).unwrap();
    let faults = set.write(TemplateKind::Sms, "a", &told(0)).unwrap_err();
    assert_eq!(faults[0].to_string(), "sms/a.en.txt:0:0: 4 parts (500 septets), at most 3");
    let faults = set.write(TemplateKind::Sms, "b", &told(0)).unwrap_err();
    assert_eq!(faults[0].to_string(), "sms/b.en.txt:0:0: no such template in the set (did you mean `sms/a.en.txt`?)");
}

/// An account of which everything is told.
fn everything(language: Language) -> Told {
    let mut all = serde_json::Map::new();
    for one in variables() {
        let value = match one.kind {
            VariableKind::Text => "Li Na".into(),
            VariableKind::Amount => "1234.50".into(),
            VariableKind::Day => "2026-11-27".into(),
            VariableKind::Number => 75.into(),
            VariableKind::Flag => true.into(),
            VariableKind::List(_) => continue,
        };
        all.insert(one.name.to_owned(), value);
    }
    for (name, text) in [("format", "arrears-told/1"), ("currency", "EUR"), ("language", language.tag())] {
        all.insert(name.to_owned(), text.into());
    }
    let Told { offers, later, .. } = told(2);
    Told { offers, later, ..Told::from_json(&serde_json::Value::from(all).to_string()).unwrap() }
}

#[test]
fn every_shipped_template_can_be_written() {
    let set = Templates::read(shipped_templates().iter().copied()).unwrap();
    for language in Language::ALL {
        let told = everything(language);
        for (name, _) in shipped_templates().iter().filter(|(name, _)| name.ends_with(&format!(".{language}.txt"))) {
            let (folder, file) = name.split_once('/').unwrap();
            let kind = TemplateKind::ALL.into_iter().find(|kind| kind.word() == folder).unwrap();
            let stem = file.strip_suffix(&format!(".{language}.txt")).unwrap();
            let written = set.write(kind, stem, &told).unwrap();
            assert!(!written.contains("{{") && !written.contains("None"), "{name}: {written}");
            assert!(Checks::default().of_text(name, language, &written).is_empty(), "{name}: {written}");
        }
    }
}

/// Pieces of which bad templates are made.
fn piece() -> impl Strategy<Value = String> {
    let names: Vec<String> = variables().iter().map(|variable| variable.name.to_owned()).collect();
    let words = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-",
        "if",
        "else",
        "elif",
        "endif",
        "for",
        "in",
        "endfor",
        "include",
        "set",
        "block",
        "raw",
        "endraw",
        "macro",
        "not",
        "is",
        "defined",
        "|",
        "default",
        "length",
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        "\"part/p.en.txt\"",
        "\"",
        "'",
        "\\",
        "offer",
        "offer.payment",
        "loop.index",
        "1",
        "==",
        "~",
        "*",
        "+",
        "\n",
        " ",
        "元",
        "\u{0}",
        "{",
        "}",
        "%",
        "self",
        "loop(",
        "range(9)",
    ]);
    prop_oneof![prop::sample::select(names), words.prop_map(str::to_owned), "\\PC{0,6}"]
}

fn tag() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(variables().iter().map(|variable| variable.name).collect::<Vec<_>>());
    let good = prop_oneof![
        name().prop_map(|name| format!("{{{{ {name} }}}}")),
        name().prop_map(|name| format!("{{% if {name} is defined %}}{{{{ {name}|default(\"-\") }}}}{{% endif %}}")),
        Just("{% for offer in offers %}{{ offer.payment }}{{ loop.index }}{% endfor %}".to_owned()),
        Just("{% include \"part/p.en.txt\" %}".to_owned()),
        "[a-z .]{0,12}",
    ];
    prop_oneof![good, prop::collection::vec(piece(), 0..6).prop_map(|pieces| pieces.join(" "))]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn no_template_and_no_account_makes_the_writer_panic(
        own in prop::collection::vec(tag(), 0..8),
        part in prop::collection::vec(tag(), 0..3),
        offers in 0_usize..3,
        given in prop::option::of("\\PC{0,20}"),
        minor in any::<i64>(),
    ) {
        let read = Templates::read([("letter/a.en.txt", own.concat()), ("part/p.en.txt", part.concat())]);
        let mut told = told(offers);
        told.name = given.clone();
        told.product = given;
        told.amount = Some(Money::from_minor(minor, "EUR".parse().unwrap()));
        match read {
            Ok(set) => {
                let _ = Checks::default().of(&set);
                if let Err(faults) = set.write(TemplateKind::Letter, "a", &told) {
                    prop_assert!(!faults.is_empty());
                    let names: BTreeSet<&str> = faults.iter().map(|fault| fault.template.as_str()).collect();
                    prop_assert!(names.is_subset(&BTreeSet::from(["letter/a.en.txt", "part/p.en.txt"])));
                }
            }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
