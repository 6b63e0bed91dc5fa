//! Decisions under a law: what packs and a bank's own guardrails do to a policy's treatments.

use arrears::decide::{Action, VetoBy};
use arrears::facts::Value;
use arrears::number::Money;
use arrears::policy::Pack;
use arrears::{Decision, Facts, Law, Policy, decide};
use arrears_rules::{load_pack_source, load_source};

const PACK: &str = r#"
    pack "us-test" #{ title: "A test", version: "1", jurisdiction: "US", calendar: "holidays" };
    contact "call" when direction == "out" && channel == "phone" && !(result in ["busy", "not_in_service"]) #{ same: ["person", "debt"] };
    contact "talk" when channel == "phone" && conversation #{ same: ["person", "debt"], about: "discussed" };
    guardrail "hours" when channel in ["phone", "sms"] do keep_hours(#{ every_day: "08:00-21:00", sun: "none" })
        #{ cites: "1", basis: "primary", says: "between 8 and 21 o'clock, never on Sunday", not_covered: "letters" };
    guardrail "three calls" when channel == "phone" do at_most(#{ times: 3, of: "call", days: 7 })
        #{ cites: "2", basis: "primary", says: "three calls in seven days", not_covered: "texts" };
    guardrail "rest" when channel == "phone" do rest(#{ after: "talk", days: 7 })
        #{ cites: "3", basis: "primary", says: "a rest after a conversation", not_covered: "texts" };
    guardrail "no postcards" when channel == "postcard" do refuse()
        #{ cites: "4", basis: "primary", says: "no postcards", not_covered: "letters" };
    guardrail "strangers" when recipient == "third_party" && recipient_opted_out do refuse()
        #{ cites: "5", basis: "primary", says: "no strangers", not_covered: "nothing" };
    guardrail "represented" when represented && attorney_known do refuse()
        #{ cites: "6", basis: "primary", says: "the attorney is written to", not_covered: "nothing" };
    guardrail "opt-out" when channel == "sms" && !opt_out_notice do refuse()
        #{ cites: "7", basis: "primary", says: "a text says how to refuse further ones", not_covered: "nothing" };
    duty "notice" when dpd >= 1 && not_yet(days_since("validation_notice"))
        do letter(#{ text: "validation_notice", within: 5, from: "initial_communication" })
        #{ cites: "8", basis: "primary", says: "a notice is due", not_covered: "nothing" };
"#;

const BELOW: &str = r#"
    pack "us-ma-test" #{ title: "A test", version: "1", jurisdiction: "US-MA" };
    guardrail "no texts" when channel == "sms" do refuse()
        #{ cites: "9", basis: "primary", says: "no texts here", not_covered: "nothing" };
"#;

fn pack(text: &str) -> Pack {
    let loaded = load_pack_source("pack.rhai", text, &[]);
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.pack.unwrap()
}

fn law() -> Law {
    let holidays: [(chrono::NaiveDate, &str); 0] = [];
    Law::of([pack(PACK), pack(BELOW)]).with_calendar(arrears::calendar::Calendar::of_days("holidays", holidays))
}

fn policy(head: &str, more: &str) -> Policy {
    let text = format!(
        r#"policy "card" #{{ version: "1", currency: "USD", zone: "America/New_York" {head} }};
        stage "late" when dpd >= 1;
        assume opted_out("phone") = false #{{ why: "a test" }};
        assume opted_out("sms") = false #{{ why: "a test" }};
        assume opted_out("letter") = false #{{ why: "a test" }};
        assume opted_out("postcard") = false #{{ why: "a test" }};
        assume contacts = "none" #{{ why: "a test" }};
        assume days_since("validation_notice") = 3 #{{ why: "a test" }};
        assume days_since("initial_communication") = 3 #{{ why: "a test" }};
        assume closed = false #{{ why: "a test" }};
        {more}"#
    );
    let loaded = load_source("card.rhai", &text, &[]);
    assert!(!loaded.problems.iter().any(arrears::Problem::is_error), "{:?}", loaded.problems);
    loaded.policy.unwrap()
}

const CALL: &str = "treatment \"call\" in [\"late\"] do phone();";
const US: &str = ", jurisdiction: \"US\"";

/// Of whom nothing stands against a contact, but for what is said.
fn facts(told: &[(&str, Value)]) -> Facts {
    let usd = "USD".parse().unwrap();
    let mut facts = Facts::new("A-1", usd).with(arrears::table::DPD, 12);
    facts.set("overdue", Value::Money(Money::from_minor(5000, usd))).unwrap();
    for fact in ["represented", "attorney_known"] {
        facts.set(fact, Value::Flag(false)).unwrap();
    }
    for (fact, value) in told {
        facts.set(fact, value.clone()).unwrap();
    }
    facts
}

fn decided(policy: &Policy, law: &Law, told: &[(&str, Value)], day: &str) -> Decision {
    let day = day.parse().unwrap();
    let policy = policy.under(law, day).unwrap();
    let row = policy.bind(&facts(told)).unwrap();
    decide(&policy, &row, law, day)
}

fn vetoes(policy: &Policy, law: &Law, decision: &Decision, day: &str) -> Vec<String> {
    let policy = policy.under(law, day.parse().unwrap()).unwrap();
    decision.record(&policy, "A-1").vetoed_by
}

const MONDAY: &str = "2026-11-30";
const SUNDAY: &str = "2026-11-29";

#[test]
fn the_hours_of_the_law_are_the_slot_of_a_treatment_that_names_none() {
    let decision = decided(&policy(US, CALL), &law(), &[], MONDAY);
    assert_eq!(decision.slot.unwrap().written(), "2026-11-30T08:00-05:00/2026-11-30T21:00-05:00");
    let early = policy(US, "treatment \"call\" in [\"late\"] do phone(#{ at: \"06:00-09:00\" });");
    let decision = decided(&early, &law(), &[], MONDAY);
    assert_eq!(decision.slot.unwrap().written(), "2026-11-30T08:00-05:00/2026-11-30T09:00-05:00");
    let night = policy(US, "treatment \"call\" in [\"late\"] do phone(#{ at: \"22:00\" });");
    let decision = decided(&night, &law(), &[], MONDAY);
    assert_eq!(decision.slot.unwrap().written(), "2026-11-30T20:00-05:00/2026-11-30T21:00-05:00");
}

#[test]
fn a_day_without_hours_refuses_and_is_looked_at_again_on_the_next_that_has_some() {
    let policy = policy(US, CALL);
    let decision = decided(&policy, &law(), &[], SUNDAY);
    assert_eq!(decision.action, Action::Wait);
    assert_eq!(vetoes(&policy, &law(), &decision, SUNDAY), ["call: rule hours"]);
    assert_eq!(decision.next_review_on, Some(MONDAY.parse().unwrap()));
    assert!(decision.review_exact);
}

#[test]
fn a_cap_refuses_when_it_is_full_and_what_follows_may_not_be_stronger() {
    let policy =
        policy(US, "treatment \"call\" in [\"late\"] do phone(); treatment \"visit\" in [\"late\"] do letter();");
    let full = [("times_contact_us_test_call_7", Value::Count(3))];
    let decision = decided(&policy, &law(), &full, MONDAY);
    assert_eq!(decision.channel.map(|channel| channel.word()), Some("letter"));
    assert_eq!(vetoes(&policy, &law(), &decision, MONDAY), ["call: rule three calls"]);
    let one_left = [("times_contact_us_test_call_7", Value::Count(2))];
    assert_eq!(decided(&policy, &law(), &one_left, MONDAY).channel.map(|channel| channel.word()), Some("phone"));
}

#[test]
fn a_rest_after_a_conversation_ends_on_its_day_and_the_review_says_so() {
    let policy = policy(US, CALL);
    let talked = [("days_since_contact_us_test_talk", Value::Days(2))];
    let decision = decided(&policy, &law(), &talked, MONDAY);
    assert_eq!(vetoes(&policy, &law(), &decision, MONDAY), ["call: rule rest"]);
    assert_eq!(decision.next_review_on, Some("2026-12-05".parse().unwrap()));
    let rested = [("days_since_contact_us_test_talk", Value::Days(7))];
    assert_eq!(decided(&policy, &law(), &rested, MONDAY).channel.map(|channel| channel.word()), Some("phone"));
}

#[test]
fn what_is_refused_without_end_gives_its_turn_to_the_next_however_strong() {
    let policy =
        policy(US, "treatment \"card\" in [\"late\"] do postcard(); treatment \"call\" in [\"late\"] do phone();");
    let decision = decided(&policy, &law(), &[], MONDAY);
    assert_eq!(decision.channel.map(|channel| channel.word()), Some("phone"));
    let (_, by) = decision.vetoed_by.first().unwrap();
    assert!(matches!(by, VetoBy::Rule(_)));
}

#[test]
fn what_a_row_leaves_unknown_of_a_rule_is_for_a_person_and_named_as_missing() {
    let policy = policy(US, CALL);
    let unknown = [("represented", Value::Flag(true)), ("attorney_known", Value::Unknown)];
    let decision = decided(&policy, &law(), &unknown, MONDAY);
    assert_eq!(decision.action, Action::Review);
    assert_eq!(vetoes(&policy, &law(), &decision, MONDAY), ["call: rule represented?"]);
    let under = policy.under(&law(), MONDAY.parse().unwrap()).unwrap();
    assert_eq!(decision.record(&under, "A-1").missing, ["attorney_known"]);
    let known = [("represented", Value::Flag(true)), ("attorney_known", Value::Flag(true))];
    assert_eq!(decided(&policy, &law(), &known, MONDAY).action, Action::Nothing);
}

#[test]
fn a_text_must_say_how_to_refuse_further_ones_and_the_policy_must_say_that_it_does() {
    let silent = policy(US, "treatment \"text\" in [\"late\"] do sms();");
    assert_eq!(decided(&silent, &law(), &[], MONDAY).action, Action::Review);
    let says = policy(US, "treatment \"text\" in [\"late\"] do sms(#{ opt_out_notice: true });");
    assert_eq!(decided(&says, &law(), &[], MONDAY).channel.map(|channel| channel.word()), Some("sms"));
}

#[test]
fn facts_that_cannot_matter_for_a_planned_contact_are_not_asked_for() {
    let under = policy(US, CALL).under(&law(), MONDAY.parse().unwrap()).unwrap();
    assert!(under.find_input("recipient_opted_out").is_none());
    assert!(under.find_input("represented").is_some());
    let absent = under.absent(&|column| ["dpd", "overdue"].contains(&column));
    let names: Vec<&str> = absent.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names, ["represented", "attorney_known"]);
}

#[test]
fn house_rules_bind_under_every_law_and_under_none_and_can_only_add() {
    let house = r#"
        contact "call" when direction == "out" && channel == "phone";
        guardrail "afternoon" when channel == "phone" do keep_hours(#{ every_day: "12:00-18:00" }) #{ why: "people are in" };
        guardrail "one a day" when channel == "phone" do at_most(#{ times: calls_a_day, of: "call", days: 1 });
        threshold calls_a_day = 1 #{ from: 1, to: 3, why: "a test" };
        guardrail "no Mondays" when channel == "letter" && weekday == "mon" do refuse();
    "#;
    let none = Law::none("a test").unwrap();
    let policy = policy(US, &format!("{CALL}{house}"));
    let decision = decided(&policy, &none, &[], MONDAY);
    assert_eq!(decision.slot.unwrap().written(), "2026-11-30T12:00-05:00/2026-11-30T18:00-05:00");
    let called = [("times_contact_card__house_rules_call_1", Value::Count(1))];
    let refused = decided(&policy, &none, &called, MONDAY);
    assert_eq!(vetoes(&policy, &none, &refused, MONDAY), ["call: rule one a day"]);
    let both = decided(&policy, &law(), &[], MONDAY);
    assert_eq!(both.slot.unwrap().written(), "2026-11-30T12:00-05:00/2026-11-30T18:00-05:00");
    let looser = policy.with_thresholds(&[("calls_a_day".to_owned(), 2.into())]).unwrap();
    assert_eq!(decided(&looser, &none, &called, MONDAY).channel.map(|channel| channel.word()), Some("phone"));
}

#[test]
fn a_rule_of_a_day_of_the_week_leaves_that_day_no_hours() {
    let house = "treatment \"write\" in [\"late\"] do letter(); guardrail \"no Mondays\" when channel == \"letter\" && weekday == \"mon\" do refuse();";
    let none = Law::none("a test").unwrap();
    let policy = policy(US, house);
    let monday = decided(&policy, &none, &[], MONDAY);
    assert_eq!(vetoes(&policy, &none, &monday, MONDAY), ["write: rule no Mondays"]);
    assert_eq!(monday.next_review_on, Some("2026-12-01".parse().unwrap()));
    assert_eq!(decided(&policy, &none, &[], SUNDAY).channel.map(|channel| channel.word()), Some("letter"));
}

#[test]
fn a_policy_that_no_law_binds_lets_no_contact_go_out() {
    for head in ["", ", jurisdiction: \"CN\""] {
        let decision = decided(&policy(head, CALL), &law(), &[], MONDAY);
        assert_eq!(decision.action, Action::Review, "{head}");
        assert_eq!(decision.vetoed_by.first().map(|(_, by)| *by), Some(VetoBy::NoLaw));
    }
    let empty = decided(&policy(US, CALL), &Law::of([]), &[], MONDAY);
    assert_eq!(empty.action, Action::Review);
}

#[test]
fn a_law_under_which_the_policy_was_not_read_lets_no_contact_go_out() {
    let policy = policy(US, CALL);
    let row = policy.bind(&facts(&[])).unwrap();
    let decision = decide(&policy, &row, &law(), MONDAY.parse().unwrap());
    assert_eq!((decision.action, decision.slot), (Action::Review, None));
}

#[test]
fn a_pack_of_a_jurisdiction_below_binds_the_rows_that_lie_there() {
    let text = policy(US, "treatment \"text\" in [\"late\"] do sms(#{ opt_out_notice: true });");
    let there = |place: &str| decided(&text, &law(), &[("jurisdiction", Value::Word(place.into()))], MONDAY);
    assert_eq!(there("US-MA").action, Action::Nothing);
    assert_eq!(there("US-TX").channel.map(|channel| channel.word()), Some("sms"));
    assert_eq!(there("US").channel.map(|channel| channel.word()), Some("sms"));
    let under = text.under(&law(), MONDAY.parse().unwrap()).unwrap();
    let elsewhere = under.bind(&facts(&[("jurisdiction", Value::Word("CN".into()))]));
    let problems = elsewhere.unwrap_err();
    assert!(problems.iter().any(|problem| problem.to_string().contains("law of another jurisdiction")), "{problems:?}");
}

#[test]
fn an_empty_zone_is_not_known_and_permits_nothing_where_the_law_keeps_hours() {
    let named = format!("values zones = [\"America/Los_Angeles\", \"America/New_York\"]; {CALL}");
    for unknown in [Value::Unknown, Value::Word("Mars/Olympus".into())] {
        let told = [("zones", unknown)];
        assert_eq!(decided(&policy(US, CALL), &law(), &told, MONDAY).action, Action::Wait);
    }
    let decision = decided(&policy(US, &named), &law(), &[("zones", Value::Unknown)], MONDAY);
    assert_eq!(decision.action, Action::Wait);
    let west = decided(&policy(US, &named), &law(), &[("zones", Value::Word("America/Los_Angeles".into()))], MONDAY);
    assert_eq!(west.slot.unwrap().written(), "2026-11-30T11:00-05:00/2026-12-01T00:00-05:00");
}

#[test]
fn duties_of_the_law_stand_beside_the_policys_own() {
    let policy = policy(US, CALL);
    let due = [("days_since_validation_notice", Value::Never), ("days_since_initial_communication", Value::Days(2))];
    let decision = decided(&policy, &law(), &due, MONDAY);
    let under = policy.under(&law(), MONDAY.parse().unwrap()).unwrap();
    assert_eq!(decision.record(&under, "A-1").duties, ["notice (within 3 days)"]);
    assert!(decided(&policy, &law(), &[], MONDAY).duties.is_empty());
}

#[test]
fn the_law_is_part_of_what_identifies_a_policy_and_is_stamped_on_its_decisions() {
    let policy = policy(US, CALL);
    let under = policy.under(&law(), MONDAY.parse().unwrap()).unwrap();
    assert_ne!(policy.hash(), under.hash());
    let stamp = decided(&policy, &law(), &[], MONDAY).record(&under, "A-1").law;
    assert!(stamp.starts_with("us-test 1 ") && stamp.contains("us-ma-test 1 "), "{stamp}");
}
