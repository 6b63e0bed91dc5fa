//! `never` and `always`, proved of every account or broken by one.

use crate::policy;
use arrears_workbench::analysis::Options;
use arrears_workbench::proof::{Account, Standing, prove};

fn standing(body: &str) -> Standing {
    let verdicts = prove(&policy(body), &Options::default()).unwrap();
    verdicts.into_iter().next().unwrap().standing
}

fn broken(body: &str) -> Account {
    match standing(body) {
        Standing::Broken { account, .. } => account,
        other => panic!("{body}: {other:?}"),
    }
}

fn value<'a>(account: &'a Account, fact: &str) -> Option<&'a str> {
    account.facts.iter().find(|given| given.fact == fact).map(|given| given.value.as_str())
}

#[test]
fn what_follows_from_the_policy_is_proved() {
    let proved = [
        (
            "a hold stops what it names",
            r#"
            hold "dispute" when dispute #{ stops: ["contact"] };
            stage "reminder" when dpd >= 1;
            treatment "call" in ["reminder"] do phone(#{});
            never "no call in a dispute" when dispute && channel == "phone";"#,
        ),
        (
            "one fact against another, round a circle",
            r#"
            stage "reminder" when overdue < balance && balance < principal && principal < overdue;
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] do phone(#{});
            never "nobody is called" when action == "phone";"#,
        ),
        (
            "a bucket is a band of days",
            r#"
            stage "reminder" when bucket >= 2 && known(dpd);
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] do phone(#{});
            never "nobody is called in the first month" when dpd <= 30 && action == "phone";"#,
        ),
        (
            "never and unknown are no numbers",
            r#"
            stage "reminder" when not_yet(days_since_demand) || days_since_demand > 9;
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] when days_since_demand >= 0 do phone(#{});
            never "nobody is called within nine days" when days_since_demand <= 9 && action == "phone";"#,
        ),
        (
            "what a missing fact stands for",
            r#"
            stage "reminder" when (promises_broken ?? 0) >= 2;
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] do phone(#{});
            always "a call has a reason" when action == "phone" then known(promises_broken);"#,
        ),
        (
            "a share of an amount",
            r#"
            stage "reminder" when overdue * 0.5 >= 100.00;
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] do phone(#{});
            never "small sums are not called for" when overdue < 199.00 && action == "phone";"#,
        ),
        (
            "the used share of a limit",
            r#"
            stage "reminder" when utilisation >= 0.90;
            escalate #{ mode: "free" };
            treatment "call" in ["reminder"] when known(balance) && known(credit_limit) && credit_limit > 0.00 do phone(#{});
            never "nobody is called who owes half of the limit or less"
                when credit_limit > 0.00 && balance + balance <= credit_limit && action == "phone";"#,
        ),
        (
            "the axes are sums of signs",
            r#"
            sign "kept" when times("promise_kept", 90) >= 1 #{ willingness: 1 };
            sign "talked" when times("rpc", 90) >= 1 #{ willingness: 1 };
            stage "reminder" when dpd >= 1;
            treatment "call" in ["reminder"] when times("rpc", 90) >= 1 && times("promise_kept", 90) >= 1 do phone(#{});
            never "nobody who talks is called before a promise is kept" when times("promise_kept", 90) == 0 && action == "phone";"#,
        ),
        (
            "sequential stages are climbed one by one",
            r#"
            stage "a" when dpd >= 1;
            stage "b" when dpd >= 30;
            stage "c" when dpd >= 60;
            treatment "letter" in ["c"] do letter(#{});
            never "nobody jumps to the last stage" when previous_stage == "a" && current_stage == "c" && previous_rung == "a";"#,
        ),
        (
            "a stage waits for its days",
            r#"
            stage "a" when dpd >= 1;
            stage "b" when dpd >= 30 #{ dwell: 14 };
            never "no step before fourteen days"
                when previous_stage == "a" && previous_rung == "a" && days_on_rung < 14 && current_stage == "b";"#,
        ),
    ];
    for (what, body) in proved {
        assert_eq!(standing(body), Standing::Proved, "{what}");
    }
}

#[test]
fn an_account_that_breaks_it_differs_from_the_quiet_one_in_what_matters() {
    let account = broken(
        r#"
        stage "reminder" when dpd >= 5 && overdue > 10.00;
        treatment "text" in ["reminder"] do sms(#{});
        treatment "call" in ["reminder"] when hardship do phone(#{});
        never "nobody hears of us within a week" when dpd <= 7 && action == "sms";"#,
    );
    assert_eq!(value(&account, "dpd"), Some("5"));
    assert_eq!(value(&account, "overdue"), Some("10.01 EUR"));
    assert_eq!(account.facts.len(), 2, "{account:?}");
}

#[test]
fn a_stage_that_was_entered_is_kept_and_breaks_what_forgets_it() {
    let account = broken(
        r#"
        stage "reminder" when dpd >= 5;
        treatment "text" in ["reminder"] do sms(#{});
        never "nobody hears of us who is not late" when dpd == 0 && action == "sms";"#,
    );
    assert_eq!(value(&account, "previous_stage"), Some("reminder"));
}

#[test]
fn a_statement_that_cannot_be_read_is_not_proved() {
    let body = r#"
        stage "reminder" when dpd >= 5;
        treatment "text" in ["reminder"] when !known(balance) || balance > 0.00 do sms(#{});
        never "no text where nothing is owed" when balance <= 0.00 && action == "sms";"#;
    assert!(matches!(standing(body), Standing::Broken { unread: true, .. }), "{:?}", standing(body));
}

#[test]
fn an_account_of_another_product_breaks_nothing() {
    let body = |applies: &str| {
        format!(
            r#"
        {applies}
        stage "reminder" when dpd >= 5;
        treatment "text" in ["reminder"] do sms(#{{}});
        never "loans are not for us" when product == "loan" && action == "sms";"#
        )
    };
    assert!(matches!(standing(&body("")), Standing::Broken { .. }));
    assert_eq!(standing(&body(r#"applies when product == "card";"#)), Standing::Proved);
}
