//! Cases of the kind `contact_permission`: may this contact be made?

mod case;
mod compare;
mod review;
mod standing;
mod stops;

use crate::comparison::Difference;
use crate::contact::debts::Debts;
use crate::contact::local;
use crate::judge::Asked;
use crate::law::{close, troubles};
use crate::typed::typed;
use arrears::guardrail::Case;
use case::{Expected, Given};

/// Judges a case.
pub(crate) fn judge(asked: &Asked<'_>) -> Result<Vec<Difference>, String> {
    let mut given: Given = typed("given", asked.given)?;
    let expected: Expected = typed("expect", asked.expect)?;
    let proposed = asked.proposed.ok_or("proposed: missing, expected the contact to be judged")?;
    let proposed = typed("proposed", proposed)?;
    let debts = Debts::of(given.debts.take())?;
    given.check(&debts, &proposed)?;
    let zone = local::zone(&given.zones)?;
    let packs = asked.world.binding(asked.jurisdiction)?;
    let (mut standing, contact) = standing::told(asked.jurisdiction, &given, &debts, &proposed, zone);
    close(&mut standing, &packs);
    let law = review::law(asked.world, &given)?;
    let case = Case::new(&law, &standing, proposed.at).map_err(troubles)?;
    let permission = case.permission(&contact).map_err(troubles)?;
    let on = local::date(proposed.at, zone);
    let counting = asked.world.presumptions(asked.jurisdiction, on);
    compare::compare(&proposed, &expected, &permission, &counting.calls)
}
