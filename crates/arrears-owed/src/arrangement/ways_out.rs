//! Everything that can be arranged for an account on a day.

use super::means::{Affordable, Means};
use super::menu::{Menu, Offer};
use super::performance::Performance;
use super::plan::PlanError;
use super::roll::Roll;
use super::rules::OfferRules;
use super::settlement::{Settlement, SettlementError};
use crate::delay::{Arranged, Behaviour, Delay, DelayError};
use crate::statement::{OwedError, Statement};
use crate::terms::Terms;
use arrears::Currency;
use arrears::account::{Account, ArrangementStanding, Conventions};
use arrears::document::Fault;
use chrono::NaiveDate;
use serde::Serialize;

/// Days from today for which the cost of delay is shown.
const USUAL_DAYS: [u32; 4] = [0, 30, 60, 90];

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct WaysOutAsked<'a> {
    /// The account's history.
    pub account: &'a Account,
    /// The terms of its product.
    pub terms: &'a Terms,
    /// How the bank counts.
    pub conventions: &'a Conventions,
    /// What the bank offers.
    pub rules: &'a OfferRules,
    /// What the person states of a month; none: not known, and no plan is offered.
    pub means: Option<&'a Means>,
    /// The share of what is owed that is to be let go, in millionths; none: the most that each role may.
    pub share: Option<i64>,
    /// An instalment that the person proposes, in minor units; none: none is. Its plan needs what can be afforded.
    pub each: Option<i64>,
}

/// Everything that can be arranged for an account on a day, as it is known on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WaysOut {
    /// The account.
    pub account_id: String,
    /// The currency.
    pub currency: Currency,
    /// The day.
    pub as_of: NaiveDate,
    /// What is owed in all, in minor units: what a plan repays, and a settlement settles.
    pub total: i64,
    /// The least that brings the account up to date today.
    pub to_be_current: i64,
    /// When the account rolls into the next worse bucket, and what stops it; none: it does not.
    pub roll: Option<Roll>,
    /// What can be paid each month; none: nothing is stated.
    pub affordable: Option<Affordable>,
    /// Plans to choose from; none: none are offered, or what can be afforded is not known.
    pub menu: Option<Menu>,
    /// The plan of the instalment that was proposed; none: none was.
    pub proposed: Option<Offer>,
    /// Settlements: what was asked for, or the most that each role may let go.
    pub settlements: Vec<Settlement>,
    /// Why there is no settlement, where one was asked for.
    pub no_settlement: Option<String>,
    /// What delay costs, with a row for each plan that is offered or proposed, until its last day.
    pub delay: Delay,
    /// The arrangements of the history, and how each is kept.
    pub arrangements: Vec<ArrangementStanding>,
    /// How each of them performs, in the same order, by the rule of the plans that are offered.
    pub performance: Vec<Performance>,
}

/// Why it cannot be said what can be arranged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WaysOutError {
    /// What is owed cannot be reckoned.
    #[error(transparent)]
    Owed(#[from] OwedError),
    /// What delay costs cannot be.
    #[error(transparent)]
    Delay(#[from] DelayError),
    /// A plan cannot be made.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The rules of settlement contradict themselves.
    #[error(transparent)]
    Settlement(#[from] SettlementError),
    /// What is given does not fit together.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Given(Vec<Fault>),
}

impl WaysOut {
    /// Everything that can be arranged for an account on a day.
    ///
    /// Where nothing is owed, nothing is offered. An instalment that is proposed where no plan can be is an error.
    ///
    /// # Errors
    ///
    /// [`WaysOutError`] if what is given does not fit together, or an amount cannot be held.
    pub fn of(asked: &WaysOutAsked<'_>, as_of: NaiveDate) -> Result<Self, WaysOutError> {
        let WaysOutAsked { account, terms, conventions, rules, means, share, each } = *asked;
        asked.fit()?;
        let owed = Statement::of(account, terms, as_of, as_of)?;
        let affordable = means.map(Means::affordable).transpose().map_err(WaysOutError::Given)?;
        let (menu, proposed) = match (&rules.plans, &affordable) {
            (Some(plans), Some(affordable)) if owed.total > 0 => {
                let made_of = plans.terms(rules.currency, owed.total, as_of);
                let made_of = made_of.map_err(|fault| WaysOutError::Given(vec![fault]))?;
                let proposed = each.map(|each| Offer::proposed(&made_of, &plans.limits, affordable, each));
                (Some(Menu::of(&made_of, &plans.limits, affordable)?), proposed.transpose()?)
            }
            _ => (None, None),
        };
        if each.is_some() && proposed.is_none() {
            let why = match (&rules.plans, &affordable) {
                (None, _) => "no plans are offered",
                (_, None) => "what can be afforded is not known: no plan is offered without it",
                _ => "nothing is owed",
            };
            return Err(WaysOutError::Given(vec![Fault::new("each", why)]));
        }
        let (settlements, no_settlement) = settlements(rules, owed.total, share, as_of)?;
        let delay = delay(asked, (menu.as_ref(), proposed.as_ref()), as_of)?;
        let arrangements = account.standing(as_of, as_of, conventions).arrangements;
        let broken_after = rules.plans.as_ref().and_then(|plans| plans.broken_after);
        let performance: Result<Vec<Performance>, Fault> =
            arrangements.iter().map(|one| Performance::of(one, rules.currency, broken_after)).collect();
        let performance = performance.map_err(|fault| WaysOutError::Given(vec![fault]))?;
        Ok(Self {
            account_id: account.id().to_owned(),
            currency: owed.currency,
            as_of,
            total: owed.total,
            to_be_current: owed.to_be_current,
            roll: Roll::of(account, as_of, conventions).map_err(WaysOutError::Given)?,
            affordable,
            menu,
            proposed,
            settlements,
            no_settlement,
            delay,
            arrangements,
            performance,
        })
    }
}

impl WaysOutAsked<'_> {
    /// Everything is in one currency.
    fn fit(&self) -> Result<(), WaysOutError> {
        let currency = self.account.currency();
        let mut faults = Vec::new();
        let given = [("offers", Some(self.rules.currency)), ("means", self.means.map(|means| means.currency))];
        for (name, found) in given {
            if let Some(found) = found.filter(|found| *found != currency) {
                let message = format!("found {found}: expected {currency}, the account's currency");
                faults.push(Fault::new(format!("{name}.currency"), message));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(WaysOutError::Given(faults)) }
    }
}

/// The settlement that was asked for, or what each role may let go; why there is none.
fn settlements(
    rules: &OfferRules,
    owed: i64,
    share: Option<i64>,
    as_of: NaiveDate,
) -> Result<(Vec<Settlement>, Option<String>), WaysOutError> {
    let Some(how) = rules.settlement.as_ref().filter(|_| owed > 0) else {
        let why = if owed > 0 { "no settlement is offered" } else { "nothing is owed" };
        return Ok((Vec::new(), share.map(|_| why.to_owned())));
    };
    let shares: Vec<i64> = match share {
        Some(share) => vec![share],
        None => how.authority.iter().map(|authority| authority.upto).filter(|upto| *upto > 0).collect(),
    };
    let mut offered: Vec<Settlement> = Vec::new();
    for share in shares {
        match Settlement::of(how, rules.currency, owed, share, as_of) {
            Ok(settlement) => offered.push(settlement),
            Err(error @ SettlementError::AboveAuthority { .. }) => return Ok((Vec::new(), Some(error.to_string()))),
            Err(error) => return Err(error.into()),
        }
    }
    // Of two roles that come to the same offer, the lower one is named.
    offered.dedup_by(|later, earlier| later.accepted == earlier.accepted);
    offered.retain(|offer| offer.let_go > 0);
    Ok((offered, None))
}

/// What delay costs on the usual days; of each plan until its last day.
fn delay(
    asked: &WaysOutAsked<'_>,
    (menu, proposed): (Option<&Menu>, Option<&Offer>),
    as_of: NaiveDate,
) -> Result<Delay, DelayError> {
    let table =
        |days: &[u32], behaviours: &[Behaviour]| Delay::table(asked.account, asked.terms, as_of, days, behaviours);
    let mut delay = table(&USUAL_DAYS, &Behaviour::USUAL)?;
    let offers = menu.iter().flat_map(|menu| &menu.offers);
    let named = offers.map(|offer| (format!("plan_of_{}_months", offer.months), offer));
    for (name, offer) in named.chain(proposed.map(|offer| ("plan_proposed".to_owned(), offer))) {
        let last = offer.plan.instalments.last().map(|last| last.due_on.signed_duration_since(as_of).num_days());
        let last = last.and_then(|days| u32::try_from(days).ok()).unwrap_or_default();
        let days: Vec<u32> = USUAL_DAYS.into_iter().filter(|days| *days < last).chain([last]).collect();
        let arranged = Behaviour::Arranged(Box::new(Arranged { name, plan: offer.plan.clone() }));
        delay.rows.extend(table(&days, &[arranged])?.rows);
    }
    Ok(delay)
}
