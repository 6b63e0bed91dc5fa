//! What was done on an account in this episode of arrears: night after night a rough hand at
//! the policy's own rhythm, and what came of its calls.

use super::account::{Account, Person};
use super::source::Source;
use std::collections::BTreeMap;

/// What came of the work, each thing by the days since it happened.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// By what happened (a channel, a result, a letter's text): how many days ago, each time.
    pub(super) happened: BTreeMap<&'static str, Vec<i64>>,
    /// By treatment: how many days ago it was last used, how often it counted, how often not.
    pub(super) used: BTreeMap<&'static str, (i64, i64, i64)>,
    pub(super) calls: i64,
    pub(super) unanswered: i64,
    /// The stage of last night, days in it, the rung and days on that.
    pub(super) before: Option<(&'static str, i64, &'static str, i64)>,
    /// Days until a promise falls due, and whether it was made yesterday and only the state knows.
    pub(super) promise: Option<(i64, bool)>,
    pub(super) broken: i64,
    pub(super) pause_left: Option<i64>,
    pub(super) callback_in: Option<i64>,
    /// Until when an attempt may be made again, of which treatment.
    pub(super) retry: Option<(i64, &'static str)>,
    /// The treatment that was last chosen, and days since.
    pub(super) last: Option<(&'static str, i64)>,
}

/// A treatment as the hand knows it: after how many days again, how often, and what for.
struct Step {
    name: &'static str,
    every: i64,
    most: i64,
    channel: &'static str,
}

const fn step(name: &'static str, every: i64, most: i64, channel: &'static str) -> Step {
    Step { name, every, most, channel }
}

/// What a call comes to, in hundredths.
const RESULTS: [(i64, &str); 12] = [
    (50, "no_answer"),
    (8, "busy"),
    (10, "voicemail_left"),
    (1, "wrong_number"),
    (10, "rpc"),
    (9, "rpc_promise"),
    (5, "vague_promise"),
    (2, "rpc_callback"),
    (2, "claims_no_money"),
    (1, "refused"),
    (1, "rpc_hostile"),
    (1, "third_party"),
];

impl Work {
    /// Works an account from the first day late to last night.
    pub(super) fn of(account: &Account, source: &mut Source) -> Self {
        let mut work = Self::default();
        let mut entered: (&str, i64) = ("current", source.within(5, 400));
        for ago in (1..account.dpd).rev() {
            let dpd = account.dpd - ago;
            let stage = stage(account, dpd, work.calls);
            if entered.0 != stage {
                entered = (stage, ago);
            }
            work.write(account, dpd, ago);
            work.night(account, stage, ago, source);
        }
        if account.dpd == 0 {
            work.before_due(account, source);
        }
        if account.dpd < 2 && account.overdue == 0 && account.to_due.is_some_and(|days| days < 3) {
            entered = ("pre_due", 2 - account.to_due.unwrap_or(0).min(1));
        }
        // One in two hundred came to the book today.
        if !source.in_thousand(5) {
            let (stage, ago) = entered;
            work.before = Some(match stage {
                "plan" | "support" => {
                    (stage, ago, if account.dpd > 60 { "firm" } else { "reminder" }, source.within(1, 20))
                }
                _ => (stage, ago, stage, ago),
            });
        }
        work
    }

    /// Slips are followed by a lesson; who is due soon was reminded.
    fn before_due(&mut self, account: &Account, source: &mut Source) {
        if account.lates.0 >= 1 && source.in_thousand(600) {
            let ago = source.within(1, 200);
            self.used.insert("teach_the_card", (ago, 0, 0));
            self.last = Some(("teach_the_card", ago));
        }
        let remind = if account.lates.0 >= 2 { ("early_word", 7, "sms") } else { ("due_reminder", 3, "push") };
        if let Some(ago) = account.to_due.map(|days| remind.1 - days).filter(|ago| *ago > 0 && account.balance > 0) {
            let ago = (ago - 1) % 3 + 1;
            self.used.insert(remind.0, (ago, 1, 0));
            self.happened.entry(remind.2).or_default().push(ago);
            self.last = Some((remind.0, ago));
        }
    }

    /// Letters that are owed.
    fn write(&mut self, account: &Account, dpd: i64, ago: i64) {
        let mut letter = |text| self.happened.entry(text).or_default().push(ago);
        match dpd {
            5 => letter("overdue_notice"),
            65 => letter("formal_demand"),
            9 if account.person == Person::Unable => letter("ways_out"),
            _ => return,
        }
        self.happened.entry("letter").or_default().push(ago);
    }

    fn night(&mut self, account: &Account, stage: &str, ago: i64, source: &mut Source) {
        let promised = self.promise.is_some_and(|(due, _)| due >= 0);
        if let Some((due, _)) = &mut self.promise {
            *due -= 1;
            if *due == -1 {
                let kept = source.in_thousand(250);
                self.happened.entry(if kept { "promise_kept" } else { "promise_broken" }).or_default().push(ago);
                self.broken += i64::from(!kept);
            }
        }
        for days in [&mut self.pause_left, &mut self.callback_in].into_iter().flatten() {
            *days -= 1;
        }
        if let Some((days, _)) = &mut self.retry {
            *days -= 1;
        }
        let waits = [self.pause_left, self.callback_in].into_iter().flatten().any(|days| days > 0);
        // Not everything that is decided is carried out.
        if promised || waits || account.is("cease_contact") || source.in_thousand(200) {
            return;
        }
        for step in steps(account, stage) {
            let (last, counted, _) = self.used.get(step.name).copied().unwrap_or((i64::MAX, 0, 0));
            if counted >= step.most {
                continue;
            }
            let again = self.retry.is_some_and(|(days, which)| which == step.name && days <= 0);
            if last != i64::MAX && last - ago < step.every && !again {
                return;
            }
            let counts = step.channel != "phone" || self.call(account, step.name, ago, source);
            let used = self.used.entry(step.name).or_insert((ago, 0, 0));
            *used = (ago, used.1 + i64::from(counts), used.2 + i64::from(!counts));
            self.happened.entry(step.channel).or_default().push(ago);
            self.last = Some((step.name, ago));
            return;
        }
    }

    /// Makes a call; whether it counts as an attempt.
    fn call(&mut self, account: &Account, treatment: &'static str, ago: i64, source: &mut Source) -> bool {
        self.calls += 1;
        let result = match account.person {
            Person::Vanished => "no_answer",
            Person::Refuses if source.in_thousand(60) => "refused",
            Person::Stalls if source.in_thousand(100) => "vague_promise",
            Person::Unable if source.in_thousand(60) => "claims_no_money",
            _ => source.one_of(&RESULTS).unwrap_or("no_answer"),
        };
        self.happened.entry(result).or_default().push(ago);
        match result {
            "no_answer" | "busy" | "third_party" => {
                self.unanswered += 1;
                self.retry = Some((1, treatment));
                return false;
            }
            "voicemail_left" => {
                self.unanswered += 1;
                self.pause_left = Some(2);
            }
            "rpc_callback" => {
                let days = source.within(1, 3);
                self.callback_in = Some(days);
                self.retry = Some((days, treatment));
            }
            "rpc_promise" => self.promise = Some((source.within(2, 7), ago == 1)),
            "rpc_hostile" => self.pause_left = Some(3),
            _ => {}
        }
        if !matches!(result, "voicemail_left" | "wrong_number" | "rpc") {
            self.happened.entry("rpc").or_default().push(ago);
        }
        true
    }

    /// How many days ago something last happened.
    pub(super) fn since(&self, what: &str) -> Option<i64> {
        self.happened.get(what)?.iter().copied().min()
    }

    /// How often it happened in so many days, and in how many days the first of them falls out.
    pub(super) fn times(&self, what: &str, days: i64) -> (i64, Option<i64>) {
        let within = || self.happened.get(what).into_iter().flatten().filter(|ago| **ago < days);
        (i64::try_from(within().count()).unwrap_or(0), within().max().map(|ago| days - ago))
    }
}

/// The stage of a night on which the account was so late.
fn stage(account: &Account, dpd: i64, calls: i64) -> &'static str {
    if account.plan == Some(0) {
        return "plan";
    }
    if !account.is_late() {
        return "current";
    }
    if account.cause != "unknown" || account.is("hardship") {
        return "support";
    }
    match dpd {
        ..=3 => "grace",
        4..=30 => "reminder",
        31..=60 => "firm",
        91.. if calls >= 3 && account.overdue >= 500_000 && !account.is("lost_contact") => "visit",
        _ => "warning",
    }
}

/// What is done in a stage, mildest first.
fn steps(account: &Account, stage: &str) -> Vec<Step> {
    const ENDLESS: i64 = 1_000;
    let call = |name| step(name, 2, ENDLESS, "phone");
    if account.is("lost_contact") {
        return vec![step("letter_to_last_address", 30, 2, "letter"), step("trace_own_records", 14, ENDLESS, "system")];
    }
    match (stage, account.person) {
        ("grace", _) => vec![step("grace_note", 2, 2, "push")],
        ("reminder", _) if account.overdue < 200_000 => {
            vec![step("small_sum_note", 3, 4, "push"), step("afternoon_call", 3, ENDLESS, "phone")]
        }
        ("reminder", Person::Forgets) => {
            vec![step("courtesy_text", 3, 3, "sms"), step("afternoon_call", 3, ENDLESS, "phone")]
        }
        ("reminder", Person::Habitual) => vec![step("recorded_call", 5, ENDLESS, "ivr")],
        ("reminder", _) => vec![step("afternoon_call", 3, ENDLESS, "phone")],
        ("firm" | "warning", Person::Stalls) => vec![call("pin_down_call")],
        ("firm" | "warning", _) if account.overdue >= 1_000_000 => vec![call("senior_call")],
        ("firm", _) => vec![call("firm_call")],
        ("warning", _) => vec![call("warning_call")],
        ("visit", _) => vec![step("home_visit", 14, 3, "visit")],
        ("support", _) => vec![step("instalment_menu", 14, 3, "offer")],
        _ => Vec::new(),
    }
}
