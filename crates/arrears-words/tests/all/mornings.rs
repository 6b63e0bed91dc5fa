//! Morning briefings as golden files. `ARREARS_BLESS=1` writes them anew.

use arrears::Money;
use arrears_words::Language;
use arrears_words::morning::{Approval, Counted, Figure, Inflow, Morning, Promised, Target, Task, Visit, visit_needs};
use std::fs;
use std::path::Path;

fn cny(minor: i64) -> Money {
    Money::from_minor(minor, "CNY".parse().unwrap())
}

pub(crate) fn morning(language: Language) -> Morning {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/policies/cn-card.rhai");
    let policy = arrears_rules::load(&path, &[]).unwrap().policy.unwrap();
    let visit = policy.treatments().iter().find(|treatment| treatment.name == "home_visit").unwrap();
    let day = |text: &str| text.parse().unwrap();
    let mut morning = Morning::new(language, day("2026-11-27"), "Team 3", cny(0).currency());
    morning.due_today = (1..=60)
        .map(|number| Task {
            account: format!("A-{number:03}"),
            action: if number % 3 == 0 { "phone" } else { "sms" }.to_owned(),
            slot: (number % 3 == 0).then(|| "15:00-17:00".to_owned()),
            amount: (number % 5 != 0).then(|| cny(number * 12_345)),
            why: "courtesy_text".to_owned(),
        })
        .collect();
    morning.promises_today = vec![
        Promised { account: "A-101".to_owned(), amount: Some(cny(50_000)), broken_before: 0 },
        Promised { account: "A-102".to_owned(), amount: None, broken_before: 2 },
    ];
    morning.broken_yesterday =
        vec![Promised { account: "A-103".to_owned(), amount: Some(cny(80_000)), broken_before: 1 }];
    morning.inflows = vec![Inflow {
        account: "A-104".to_owned(),
        amount: cny(500_000),
        overdue: Some(cny(300_000)),
        on: day("2026-11-26"),
    }];
    morning.visits = vec![
        Visit {
            area: "Pudong".to_owned(),
            account: "A-106".to_owned(),
            slot: Some("18:30-20:00".to_owned()),
            needs: visit_needs(visit, language),
            hazard: false,
        },
        Visit {
            area: "Minhang".to_owned(),
            account: "A-107".to_owned(),
            slot: None,
            needs: visit_needs(visit, language),
            hazard: true,
        },
    ];
    morning.approvals = vec![Approval {
        account: "A-108".to_owned(),
        what: "litigation".to_owned(),
        role: "manager".to_owned(),
        since: Some(day("2026-11-25")),
    }];
    morning.targets = vec![
        Target {
            name: "cured in 30 days".to_owned(),
            wanted: Figure::Share { part: 1, of: 2 },
            reached: Figure::Share { part: 43, of: 90 },
        },
        Target {
            name: "received".to_owned(),
            wanted: Figure::Money(cny(100_000_000)),
            reached: Figure::Money(cny(61_230_050)),
        },
    ];
    morning.yesterday = vec![
        Counted { name: "talks".to_owned(), figure: Figure::Count(37) },
        Counted { name: "promises".to_owned(), figure: Figure::Share { part: 12, of: 37 } },
        Counted { name: "visits".to_owned(), figure: Figure::Share { part: 0, of: 0 } },
    ];
    morning
}

#[test]
fn a_morning_is_one_page_in_text_markdown_and_html() {
    let mut differ = Vec::new();
    for language in Language::ALL {
        let morning = morning(language);
        for (end, found) in [("txt", morning.text()), ("md", morning.markdown()), ("html", morning.html())] {
            let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/mornings/morning.{language}.{end}"));
            if std::env::var_os("ARREARS_BLESS").is_some() {
                fs::create_dir_all(golden.parent().unwrap()).unwrap();
                fs::write(&golden, &found).unwrap();
            }
            if fs::read_to_string(&golden).unwrap_or_default() != found {
                differ.push(format!("{}\n{found}", golden.display()));
            }
        }
        assert!(morning.text().lines().count() <= 80);
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn what_stands_in_a_cell_is_text_whatever_it_holds() {
    let mut morning = Morning::new(Language::English, "2026-11-27".parse().unwrap(), "<b>&\"'", cny(0).currency());
    morning.yesterday = vec![Counted { name: "<script>alert(1)</script>|x\n# y".to_owned(), figure: Figure::Count(1) }];
    let html = morning.html();
    assert!(!html.contains("<script") && !html.contains("<b>"));
    assert!(html.contains("&lt;script&gt;") && html.contains("&lt;b&gt;&amp;&quot;&#39;"));
    let markdown = morning.markdown();
    assert!(markdown.contains("| \\<script\\>alert(1)\\</script\\>\\|x \\# y | 1 |"), "{markdown}");
}

#[test]
fn a_page_needs_nothing_from_elsewhere() {
    let html = morning(Language::English).html();
    for outside in ["http", "src=", "href=", "url(", "@import", "<script"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn a_morning_without_work_says_so() {
    let day = "2026-11-27".parse().unwrap();
    assert_eq!(
        Morning::new(Language::English, day, "Team 3", cny(0).currency()).text(),
        "Morning briefing, Team 3: 27 November 2026\n\nNothing is due today.\n"
    );
    assert!(Morning::new(Language::Chinese, day, "三组", cny(0).currency()).html().contains("今天没有待办事项。"));
}
