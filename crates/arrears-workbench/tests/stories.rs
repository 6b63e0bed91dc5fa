//! The ten example histories tell what they say they tell, and their timelines and pictures hold.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use arrears::Facts;
use arrears::account::{Account, Conventions};
use arrears::nights::KnownBy;
use arrears_workbench::picture::picture;
use arrears_workbench::timeline::{Timeline, TimelineError, Window};
use chrono::NaiveDate;
use std::fs;
use std::path::{Path, PathBuf};

const STORIES: [&str; 10] = [
    "forgetful",
    "staller",
    "bounced-payment",
    "late-pause",
    "plan-that-breaks",
    "refund",
    "wrong-number",
    "hardship",
    "late-by-habit",
    "charged-off",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/histories")
}

fn story(name: &str) -> Account {
    Account::from_json(&fs::read_to_string(folder().join(format!("{name}.json"))).unwrap()).unwrap()
}

fn conventions() -> Conventions {
    Conventions::from_json(&fs::read_to_string(folder().join("conventions.json")).unwrap()).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn window(known_by: KnownBy) -> Window {
    Window { from: None, to: None, known_by }
}

/// Some facts of a day as they were known on another, as text.
fn seen_by(name: &str, on: &str, known_by: &str, facts: &[&str]) -> String {
    let told = Facts::of(&story(name), date(on), date(known_by), &conventions());
    let show = |fact: &&str| told.get(fact).map_or_else(|| "absent".to_owned(), ToString::to_string);
    facts.iter().map(show).collect::<Vec<_>>().join(" ")
}

fn seen(name: &str, on: &str, facts: &[&str]) -> String {
    seen_by(name, on, on, facts)
}

#[test]
fn every_story_is_a_history_of_fifteen_to_sixty_events_and_reads_back_the_same() {
    let files = fs::read_dir(folder())
        .unwrap()
        .filter(|file| file.as_ref().is_ok_and(|file| file.path().extension().is_some_and(|end| end == "json")));
    assert_eq!(files.count(), STORIES.len() + 1);
    for name in STORIES {
        let account = story(name);
        assert!((15..=60).contains(&account.events().len()), "{name}: {}", account.events().len());
        assert_eq!(Account::from_json(&account.to_json().unwrap()), Ok(account), "{name}");
    }
}

#[test]
fn the_forgetful_pays_two_days_after_a_text() {
    assert_eq!(seen("forgetful", "2025-10-11", &["dpd", "overdue", "rpc_count"]), "4 2380.00 CNY 0");
    assert_eq!(seen("forgetful", "2025-10-13", &["dpd", "overdue", "late_count_12m", "cause"]), "0 0.00 CNY 1 absent");
}

#[test]
fn the_staller_breaks_two_promises_and_keeps_the_third() {
    let names = ["dpd", "promises_made", "promises_broken", "promise_vague"];
    assert_eq!(seen("staller", "2026-03-01", &names), "50 2 2 false");
    assert_eq!(seen("staller", "2026-03-04", &names), "53 2 2 true");
    assert_eq!(seen("staller", "2026-03-15", &["dpd", "promise_open", "inflow_3d"]), "64 true 14200.00 CNY");
    assert_eq!(seen("staller", "2026-03-16", &["dpd", "days_since_cure"]), "0 0");
}

#[test]
fn a_payment_that_bounces_never_cured_the_account() {
    let names = ["dpd", "overdue", "max_dpd_12m"];
    assert_eq!(seen("bounced-payment", "2025-11-27", &names), "0 0.00 CNY 15");
    assert_eq!(seen("bounced-payment", "2025-11-28", &names), "23 2000.00 CNY 23");
}

#[test]
fn a_pause_that_was_entered_late_stops_days_that_were_counted_before() {
    assert_eq!(seen("late-pause", "2026-06-09", &["dpd", "days_delinquent", "vulnerable"]), "28 28 false");
    let later = seen_by("late-pause", "2026-06-09", "2026-06-10", &["dpd", "days_delinquent", "vulnerable"]);
    assert_eq!(later, "28 0 true");
    assert_eq!(seen("late-pause", "2026-06-10", &["overdue"]), "3000.00 CNY");
    assert_eq!(seen_by("late-pause", "2026-06-10", "2026-06-11", &["overdue"]), "1500.00 CNY");
}

#[test]
fn a_plan_is_kept_for_three_months_and_breaks_in_the_fourth() {
    let names = ["arrangement_active", "arrangement_missed"];
    for kept in ["2025-09-02", "2025-10-02", "2025-11-02", "2025-12-02"] {
        assert_eq!(seen("plan-that-breaks", kept, &names), "true 0", "{kept}");
    }
    assert_eq!(seen("plan-that-breaks", "2025-12-03", &names), "true 1");
    assert_eq!(seen("plan-that-breaks", "2026-01-05", &names), "false 0");
}

#[test]
fn a_refund_reopens_an_old_debt_with_its_old_date() {
    assert_eq!(seen("refund", "2026-01-18", &["dpd", "overdue", "max_dpd_12m"]), "0 0.00 CNY 0");
    assert_eq!(seen("refund", "2026-01-19", &["dpd", "overdue", "unpaid_items"]), "129 1260.00 CNY 1");
}

#[test]
fn a_wrong_number_is_known_and_a_danger_at_the_door_stays_known() {
    let names = ["number_mobile", "number_work", "valid_numbers", "hazard"];
    assert_eq!(seen("wrong-number", "2026-01-18", &names), "valid valid 2 false");
    assert_eq!(seen("wrong-number", "2026-01-19", &names), "wrong valid 1 false");
    assert_eq!(seen("wrong-number", "2026-04-30", &names), "wrong objected 0 true");
}

#[test]
fn protections_and_evidence_of_hardship_end_on_their_day() {
    let names = ["hardship", "vulnerable", "affordable_monthly", "income_evidence_age"];
    assert_eq!(seen("hardship", "2025-12-09", &names), "true true 650.00 CNY 0");
    assert_eq!(seen("hardship", "2026-03-01", &names), "true false 650.00 CNY 82");
    assert_eq!(seen("hardship", "2026-06-10", &names), "false false not known 183");
    assert_eq!(seen("hardship", "2026-07-08", &["dpd", "arrangement_active"]), "0 false");
}

#[test]
fn who_is_late_by_habit_pays_when_the_salary_is_there() {
    assert_eq!(seen("late-by-habit", "2025-11-09", &["late_count_12m", "days_to_payday"]), "8 1");
    assert_eq!(seen("late-by-habit", "2025-11-10", &["dpd", "inflow_3d", "days_to_payday"]), "0 11800.00 CNY 0");
    assert_eq!(seen("late-by-habit", "2026-01-12", &["dpd", "days_since_cure"]), "0 63");
}

#[test]
fn a_charged_off_account_is_placed_and_taken_back() {
    let names = ["charged_off", "worked_by", "placement_days_left"];
    assert_eq!(seen("charged-off", "2026-01-11", &names), "true bank never");
    assert_eq!(seen("charged-off", "2026-03-22", &names), "true huaxin_agency 111");
    assert_eq!(seen("charged-off", "2026-03-23", &names), "true bank never");
}

#[test]
fn a_day_on_which_nothing_happens_changes_nothing_but_the_count_of_days() {
    for name in STORIES {
        let timeline = Timeline::of(&story(name), &conventions(), window(KnownBy::EachNight)).unwrap();
        for (before, day) in timeline.days.iter().zip(timeline.days.iter().skip(1)) {
            if day.is_eventful() {
                continue;
            }
            let mut moved = before.facts.clone();
            moved.dpd = day.facts.dpd;
            moved.days_delinquent = day.facts.days_delinquent;
            if let Some(promise) = &mut moved.promise {
                promise.due_in -= 1;
            }
            assert_eq!(moved, day.facts, "{name} on {}", day.on);
            assert_eq!(
                day.facts.dpd,
                if before.facts.dpd > 0 { before.facts.dpd + 1 } else { 0 },
                "{name} on {}",
                day.on
            );
        }
    }
}

#[test]
fn every_event_that_is_known_is_told_once_and_on_its_day_or_on_the_day_it_became_known() {
    for name in STORIES {
        let account = story(name);
        let timeline = Timeline::of(&account, &conventions(), window(KnownBy::EachNight)).unwrap();
        for event in account.events() {
            let on = |day: NaiveDate| timeline.days.iter().find(move |shown| shown.on == day).unwrap();
            let told = timeline.days.iter().flat_map(|day| day.happened.iter().chain(&day.learned));
            assert_eq!(told.filter(|told| told.id == event.id).count(), 1, "{name}: {}", event.id);
            let day = on(event.occurred_on.max(event.known_on));
            let list = if event.known_on > event.occurred_on { &day.learned } else { &day.happened };
            assert!(list.iter().any(|told| told.id == event.id), "{name}: {}", event.id);
        }
    }
}

#[test]
fn where_nothing_was_entered_late_each_day_is_as_it_is_known_now() {
    for name in STORIES {
        let account = story(name);
        let shown = |known_by| Timeline::of(&account, &conventions(), window(known_by)).unwrap().days;
        let (then, now) = (shown(KnownBy::EachNight), shown(KnownBy::Day(date("2026-11-26"))));
        let differs = then.iter().zip(&now).any(|(then, now)| then.facts != now.facts);
        assert_eq!(differs, name == "late-pause", "{name}");
        assert!(now.iter().all(|day| day.learned.is_empty()), "{name}");
    }
}

#[test]
fn a_window_without_days_or_of_more_than_a_hundred_years_is_refused() {
    let account = story("refund");
    let of = |from: &str, to: &str| {
        let window = Window { from: Some(date(from)), to: Some(date(to)), known_by: KnownBy::EachNight };
        Timeline::of(&account, &conventions(), window)
    };
    assert!(matches!(of("2026-02-02", "2026-02-01"), Err(TimelineError::NoDays { .. })));
    assert!(matches!(of("1900-01-01", "2026-02-01"), Err(TimelineError::TooManyDays { days: 46_053, .. })));
    assert_eq!(of("2026-02-01", "2026-02-01").unwrap().days.len(), 1);
}

#[test]
fn an_account_without_events_has_a_timeline_and_a_picture() {
    let account = Account::new("A", "JPY".parse().unwrap(), date("2026-02-01"));
    let timeline = Timeline::of(&account, &conventions(), window(KnownBy::EachNight)).unwrap();
    assert_eq!(timeline.days.len(), 15);
    assert_eq!(timeline.eventful().count(), 1);
    well_formed(&picture(&account, &timeline));
}

/// Elements are closed in the order in which they were opened; texts hold no raw mark.
fn well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        assert!(!text.contains('>'), "{text}");
        for entity in text.split('&').skip(1).chain(tag.split('&').skip(1)) {
            assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known)), "{entity}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert_eq!(open, Vec::<&str>::new());
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
}

#[test]
fn a_picture_is_the_same_bytes_for_the_same_timeline_and_every_mark_lies_within_it() {
    for name in STORIES {
        let account = story(name);
        let draw = || picture(&account, &Timeline::of(&account, &conventions(), window(KnownBy::EachNight)).unwrap());
        let svg = draw();
        assert_eq!(svg, draw(), "{name}");
        well_formed(&svg);
        let size = |name: &str| number(&svg, name).unwrap();
        let (width, height) = (size("width"), size("height"));
        for part in svg.split('<') {
            for (names, most) in [(["x", "cx", "x1", "x2"], width), (["y", "cy", "y1", "y2"], height)] {
                let places = names.iter().filter_map(|name| number(part, name));
                assert!(places.into_iter().all(|place| (0..=most).contains(&place)), "{name}: {part}");
            }
        }
    }
}

/// The whole part of an attribute.
fn number(element: &str, name: &str) -> Option<i64> {
    let rest = element.split_once(&format!(" {name}=\""))?.1;
    rest.split(['"', '.']).next()?.parse().ok()
}

#[test]
fn names_cannot_break_out_of_a_picture() {
    let text = r#"{"format": "arrears-history/1", "account_id": "<script>alert('&')</script>\u0007", "currency": "CNY",
        "opened_on": "2026-01-01", "complete": ["placements", "contacts"], "events": [
        {"id": "i", "occurred_on": "2026-01-02", "event": "invoice", "item": "\"/><script>", "amount": "10.00"},
        {"id": "c", "occurred_on": "2026-01-03", "event": "contact", "channel": "sms", "text": "</title><script>"},
        {"id": "p", "occurred_on": "2026-01-04", "event": "placement", "hand": "<b>agency</b> of a very long name & sons 有限公司"}]}"#;
    let account = Account::from_json(text).unwrap();
    let timeline = Timeline::of(&account, &Conventions::default(), window(KnownBy::EachNight)).unwrap();
    let svg = picture(&account, &timeline);
    well_formed(&svg);
    assert!(!svg.contains("<script") && !svg.contains('\u{7}') && !svg.contains("<b>"), "{svg}");
    assert!(svg.contains("&lt;script&gt;"));
}

#[test]
fn an_event_recorded_in_error_is_shown_until_that_is_known() {
    let text = r#"{"format": "arrears-history/1", "account_id": "A", "currency": "CNY", "opened_on": "2026-01-01", "complete": ["flags"], "events": [
        {"id": "f", "occurred_on": "2026-01-05", "event": "flag", "flag": "deceased"},
        {"id": "w", "occurred_on": "2026-01-09", "event": "withdrawn", "of": "f"}]}"#;
    let account = Account::from_json(text).unwrap();
    let told = |known_by| {
        let timeline = Timeline::of(&account, &Conventions::default(), window(known_by)).unwrap();
        let days = timeline.days.iter().filter(|day| day.is_eventful());
        let lines = days.flat_map(|day| {
            let said = day.happened.iter().map(|event| event.words.clone()).chain(day.changed.iter().cloned());
            said.map(|words| format!("{} {words}", day.on)).collect::<Vec<_>>()
        });
        lines.collect::<Vec<_>>()
    };
    let withdrawn = "2026-01-09 recorded in error on 2026-01-05: deceased";
    assert_eq!(told(KnownBy::EachNight), ["2026-01-05 deceased", withdrawn]);
    assert_eq!(told(KnownBy::Day(date("2026-01-09"))), [withdrawn]);
}
