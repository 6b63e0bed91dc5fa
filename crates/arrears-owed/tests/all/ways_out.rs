//! What can be arranged for an account: the example of an invented household, and what is said where nothing can be.

use arrears::account::{Account, Conventions};
use arrears_owed::arrangement::{Means, OfferRules, Stated, WaysOut, WaysOutAsked, WaysOutError};
use arrears_owed::terms::Terms;
use chrono::NaiveDate;

fn read(name: &str) -> String {
    std::fs::read_to_string(format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

struct Given {
    account: Account,
    terms: Terms,
    rules: OfferRules,
    means: Means,
    conventions: Conventions,
}

fn given() -> Given {
    Given {
        account: Account::from_json(&read("data/owed/loan-late.json")).unwrap(),
        terms: Terms::from_json(&read("terms/instalment-loan.json")).unwrap(),
        rules: OfferRules::from_json(&read("offers/instalment-loan.json")).unwrap(),
        means: Means::from_json(&read("offers/means.json")).unwrap(),
        conventions: Conventions::default(),
    }
}

fn ways(given: &Given, means: bool, share: Option<i64>, on: &str) -> WaysOut {
    proposing(given, means, (share, None), on).unwrap()
}

fn proposing(
    given: &Given,
    means: bool,
    (share, each): (Option<i64>, Option<i64>),
    on: &str,
) -> Result<WaysOut, WaysOutError> {
    let asked = WaysOutAsked {
        account: &given.account,
        terms: &given.terms,
        conventions: &given.conventions,
        rules: &given.rules,
        means: means.then_some(&given.means),
        share,
        each,
    };
    WaysOut::of(&asked, on.parse::<NaiveDate>().unwrap())
}

#[test]
fn each_plan_that_is_offered_ends_its_row_with_its_own_cost() {
    let found = ways(&given(), true, None, "2027-06-30");
    let menu = found.menu.unwrap();
    assert_eq!(menu.offers.len(), 3);
    for offer in &menu.offers {
        let name = format!("plan_of_{}_months", offer.months);
        let row = found.delay.rows.iter().find(|row| row.behaviour == name).unwrap();
        let last = row.cells.last().unwrap();
        assert_eq!((last.cost, last.paid, last.owed), (offer.plan.cost, offer.plan.total, 0));
        assert_eq!(last.on, offer.plan.instalments.last().unwrap().due_on);
        assert_eq!(offer.plan.amount, found.total);
    }
}

#[test]
fn what_is_not_stated_offers_no_plan_and_what_falls_short_offers_none_either() {
    let mut given = given();
    let unknown = ways(&given, false, None, "2027-06-30");
    assert_eq!((unknown.affordable, unknown.menu), (None, None));
    given.means.living_costs.push(Stated { what: "a new roof".to_owned(), amount: 100_000 });
    let short = ways(&given, true, None, "2027-06-30");
    // 1890.00 less 2295.00 less 60.00.
    assert_eq!(short.affordable.unwrap().short_by, 46_500);
    let menu = short.menu.unwrap();
    assert!(menu.offers.is_empty());
    assert_eq!(menu.refused.len(), 6, "every term says why");
}

#[test]
fn settlements_are_the_most_that_each_role_may_or_the_one_that_is_asked_for() {
    let given = given();
    let all = ways(&given, false, None, "2027-06-30").settlements;
    assert_eq!(all.iter().map(|one| one.authority.as_str()).collect::<Vec<_>>(), ["collector", "manager"]);
    let asked = ways(&given, false, Some(200_000), "2027-06-30");
    assert_eq!(asked.settlements.len(), 1);
    assert_eq!((asked.settlements[0].accepted, asked.settlements[0].let_go), (61_744, 15_435));
    let above = ways(&given, false, Some(500_000), "2027-06-30");
    assert!(above.settlements.is_empty());
    assert!(above.no_settlement.unwrap().contains("nobody may let go of more than 308.71 EUR, as `manager` may"));
}

#[test]
fn where_nothing_is_owed_nothing_is_offered() {
    let found = ways(&given(), true, Some(200_000), "2027-01-01");
    assert_eq!((found.total, &found.menu, found.settlements.len(), &found.roll), (0, &None, 0, &None));
    assert_eq!(found.no_settlement.as_deref(), Some("nothing is owed"));
}

#[test]
fn documents_of_another_currency_are_refused_together() {
    let given = given();
    let rules = OfferRules::from_json(&read("offers/cn-card.json")).unwrap();
    let means = Means { currency: "USD".parse().unwrap(), ..given.means.clone() };
    let asked = WaysOutAsked {
        account: &given.account,
        terms: &given.terms,
        conventions: &given.conventions,
        rules: &rules,
        means: Some(&means),
        share: None,
        each: None,
    };
    assert_eq!(
        WaysOut::of(&asked, "2027-06-30".parse().unwrap()).unwrap_err().to_string(),
        "offers.currency: found CNY: expected EUR, the account's currency; \
         means.currency: found USD: expected EUR, the account's currency"
    );
}

#[test]
fn an_instalment_that_is_proposed_is_a_plan_that_repays_and_has_its_row_of_the_cost_of_delay() {
    let found = proposing(&given(), true, (None, Some(20_000)), "2027-06-30").unwrap();
    let proposed = found.proposed.unwrap();
    let instalments = &proposed.plan.instalments;
    assert!(instalments.iter().rev().skip(1).all(|one| one.amount == 20_000), "{instalments:?}");
    assert!(instalments.last().unwrap().amount <= 20_000 && instalments.last().unwrap().left == 0);
    assert_eq!(usize::try_from(proposed.months).unwrap(), instalments.len());
    assert_eq!(instalments.iter().map(|one| one.principal).sum::<i64>(), found.total);
    let row = found.delay.rows.iter().find(|row| row.behaviour == "plan_proposed").unwrap();
    let last = row.cells.last().unwrap();
    assert_eq!((last.cost, last.paid, last.owed), (proposed.plan.cost, proposed.plan.total, 0));
}

#[test]
fn an_instalment_that_cannot_be_is_refused_with_every_limit_that_it_breaks() {
    let given = given();
    let why =
        |means: bool, each: i64, on: &str| proposing(&given, means, (None, Some(each)), on).unwrap_err().to_string();
    // Of 1890.00 are kept 1450.00 for living, and 60.00 go to another debt; instalments are of 25.00 or more, in halves.
    assert_eq!(
        why(true, 38_025, "2027-06-30"),
        "no plan can be made: each: found 380.25: 380.00 a month can be afforded of what is stated; each: found 380.25: expected a whole multiple of 0.50"
    );
    assert_eq!(why(true, 2_400, "2027-06-30"), "no plan can be made: each: found 24.00: the least instalment is 25.00");
    assert_eq!(why(true, 0, "2027-06-30"), "no plan can be made: each: found 0.00: expected an instalment above zero");
    assert_eq!(
        why(false, 20_000, "2027-06-30"),
        "each: what can be afforded is not known: no plan is offered without it"
    );
    let never = why(true, 2_500, "2027-06-30");
    assert!(never.starts_with("25.00 EUR a month never repays 771.79 EUR in "), "{never}");
}
