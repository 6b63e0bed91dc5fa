//! What checks find in templates, and that the shipped ones hold against them.

use arrears::Law;
use arrears_words::checks::Checks;
use arrears_words::disclosure::Disclosure;
use arrears_words::template::{TemplateKind, Templates, shipped_templates};
use arrears_words::{Language, phrase::PhraseList};
use std::collections::BTreeSet;
use std::path::Path;

fn found(checks: &Checks, set: &[(&str, &str)]) -> Vec<String> {
    let set = Templates::read(set.iter().copied()).unwrap();
    checks.of(&set).iter().map(ToString::to_string).collect()
}

/// The checks with the forms of the shipped pack for US debt collectors.
fn under_regulation_f() -> Checks {
    let pack = arrears_rules::shipped_pack("us-regf").unwrap();
    Checks::default().with_forms(pack.messages())
}

#[test]
fn the_shipped_templates_hold_against_every_check() {
    let set = Templates::read(shipped_templates().iter().copied()).unwrap();
    let faults: Vec<String> = under_regulation_f().of(&set).iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_shipped_template_exists_in_both_languages_and_none_lies_unlisted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut open = vec![root.clone()];
    let mut files = BTreeSet::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let listed: BTreeSet<String> = shipped_templates().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(files, listed);
    for name in &listed {
        let other = if name.ends_with(".en.txt") { name.replace(".en.", ".zh.") } else { name.replace(".zh.", ".en.") };
        assert!(listed.contains(&other), "{name}");
    }
}

#[test]
fn what_others_may_hear_says_nothing_of_the_debt_even_by_an_include() {
    let set = [
        ("voicemail/a.en.txt", "Hello {{ name }}, this is {{ speaker }}.\n{% include \"part/b.en.txt\" %}"),
        ("part/b.en.txt", "It is about your a c c o u n t with {{ creditor }}."),
        ("third_party/c.zh.txt", "请转告{{ name }}尽快还 款。"),
    ];
    assert_eq!(
        found(&Checks::default(), &set),
        [
            "part/b.en.txt:1:18: `account` is a word of the debt, and others than the person may hear or read this",
            "part/b.en.txt:1:40: `creditor` is about the creditor, and others than the person may hear or read this",
            "third_party/c.zh.txt:1:16: `还款` is a word of the debt, and others than the person may hear or read this",
        ]
    );
}

#[test]
fn nobody_hears_of_a_debt_before_being_identified() {
    let set = [
        ("ivr/late.en.txt", "{{ amount }} is late. {{ identity_question }} Press one to pay."),
        ("ivr/right.en.txt", "{{ identity_question }} {{ amount }} is late."),
        ("brief/identity.en.txt", "Are you the holder of the card? {{ identity_question }}"),
    ];
    assert_eq!(
        found(&Checks::default(), &set),
        [
            "brief/identity.en.txt:1:27: `card` is a word of the debt, and the person is not identified yet",
            "ivr/late.en.txt:1:4: `amount` is about the debt, and `identity_question` does not stand before it",
        ]
    );
}

#[test]
fn a_limited_content_message_holds_what_the_pack_asks_for_and_nothing_else() {
    let set = [
        ("voicemail/short.en.txt", "This is {{ speaker }}. Call me back."),
        (
            "voicemail/long.en.txt",
            "This is {{ speaker }} of {{ neutral_name }}. Please call {{ phone }}. {{ stop_word }}",
        ),
    ];
    let cites = "12 CFR 1006.2(j); comments 2(j)-1, -2, 2(j)(1)-1, 2(j)(2)-1, -2";
    assert_eq!(
        found(&under_regulation_f(), &set),
        [
            format!("voicemail/long.en.txt:1:74: `stop_word` does not belong into `limited_content_message` ({cites})"),
            format!(
                "voicemail/short.en.txt:0:0: lacks `business_name_neutral` of `limited_content_message`: expected `{{{{ neutral_name }}}}` ({cites})"
            ),
            format!(
                "voicemail/short.en.txt:0:0: lacks `phone_number` of `limited_content_message`: expected `{{{{ phone }}}}` ({cites})"
            ),
        ]
    );
}

#[test]
fn what_must_be_disclosed_is_asked_of_the_kinds_that_must_hold_it() {
    let checks = Checks::default().disclosing([Disclosure {
        name: "who_collects".to_owned(),
        language: Language::English,
        kinds: vec![TemplateKind::Letter],
        words: "This is from a collector of debts".to_owned(),
        cites: "the agency's contract, clause 4".to_owned(),
    }]);
    let set = [
        ("letter/with.en.txt", "Hello.\n{% include \"part/close.en.txt\" %}"),
        ("part/close.en.txt", "THIS is from a\ncollector of debts."),
        ("letter/without.en.txt", "Hello."),
        ("sms/without.en.txt", "Hello."),
    ];
    assert_eq!(
        found(&checks, &set),
        [
            "letter/without.en.txt:0:0: lacks `who_collects`: expected \"This is from a collector of debts\" (the agency's contract, clause 4)"
        ]
    );
}

#[test]
fn a_bank_forbids_more() {
    let own = r#"[{"phrase": "pay up", "class": "threat", "why": "our tone is another"}]"#;
    let checks = Checks::default().forbidding(PhraseList::from_json(Language::English, own).unwrap());
    assert_eq!(
        found(&checks, &[("sms/a.en.txt", "Please\n  PAY {% if name is defined %}up{% endif %}, or  ELSE")]),
        [
            "sms/a.en.txt:2:3: `pay up` (threat): our tone is another",
            "sms/a.en.txt:2:46: `or else` (threat): a threat; a contact asks and explains"
        ]
    );
    let bad = PhraseList::from_json(Language::English, r#"[{"phrase": "?!", "class": "threats"}]"#).unwrap_err();
    let bad: Vec<String> = bad.iter().map(ToString::to_string).collect();
    assert_eq!(
        bad,
        [
            "[0].why: missing: expected a text",
            "[0].phrase: has neither a letter nor a digit: it would be found nowhere",
            "[0].class: found \"threats\" (did you mean `threat`?): expected one of threat, insult, false_claim, shame, jargon, debt",
        ]
    );
}

#[test]
fn a_form_binds_where_its_pack_does() {
    let law = Law::of([arrears_rules::shipped_pack("us-regf").unwrap()]);
    let day = "2026-11-27".parse().unwrap();
    let set = Templates::read([("voicemail/short.en.txt", "This is {{ speaker }}. Call me back.")]).unwrap();
    assert_eq!(Checks::default().under(&law, "US-NY", day).of(&set).len(), 2);
    assert_eq!(Checks::default().under(&law, "CN", day).of(&set), []);
    let before_the_rule = "2020-11-27".parse().unwrap();
    assert_eq!(Checks::default().under(&law, "US-NY", before_the_rule).of(&set), []);
}
