//! What stops contact for a time: disputes, notices, attorneys, moratoria, agreements.

use super::case::{Agreement, Given};
use crate::contact::debts::Debts;
use crate::contact::local;
use arrears::guardrail::{Debt, Edge, Spell, Told};
use chrono::NaiveDate;
use chrono_tz::Tz;

/// The facts that hold for a time, as of a date.
pub(super) fn spells(given: &Given, debts: &Debts, on: NaiveDate) -> Vec<Spell> {
    let mut spells = Vec::new();
    if let Some(dispute) = &given.dispute {
        // Contact may resume from the first of what ends it; what was ended before stops nothing.
        let ended = [dispute.verification_sent_at, dispute.resolved_at].into_iter().flatten().min();
        if ended.is_none_or(|ended| dispute.received_at < ended) {
            spells.push(Spell {
                fact: "dispute".to_owned(),
                from: Some(Edge::At(dispute.received_at)),
                to: ended.map(Edge::At),
                debts: dispute.debts.clone(),
            });
        }
    }
    if let Some(cease) = &given.cease {
        let from = Some(Edge::At(cease.received_at));
        spells.push(Spell { fact: "cease_contact".to_owned(), from, to: None, debts: cease.debts.clone() });
    }
    if let Some(attorney) = &given.attorney {
        spells.push(Spell { fact: "represented".to_owned(), from: None, to: None, debts: attorney.debts.clone() });
    }
    if let Some(moratorium) = &given.moratorium {
        spells.push(Spell {
            fact: "moratorium".to_owned(),
            from: Some(Edge::On(moratorium.start)),
            to: Some(Edge::On(moratorium.end)),
            debts: Some(debts.in_moratorium()),
        });
    }
    if let Some(agreement) = agreement(given, on) {
        let from = Some(Edge::On(agreement.signed_on));
        spells.push(Spell { fact: "arrangement_active".to_owned(), from, to: None, debts: None });
    }
    spells
}

/// Payments of the agreement that were missed: none while one is performed.
pub(super) fn missed(given: &Given) -> u8 {
    let performed = given.agreements.iter().any(|agreement| agreement.performing);
    u8::from(!given.agreements.is_empty() && !performed)
}

/// The agreement in force: the first signed of those that are performed, or of all if none is.
/// One that is signed later has no effect.
fn agreement(given: &Given, on: NaiveDate) -> Option<&Agreement> {
    let performed = missed(given) == 0;
    let signed = given.agreements.iter().filter(|agreement| agreement.signed_on <= on);
    signed.filter(|agreement| agreement.performing == performed).min_by_key(|agreement| agreement.signed_on)
}

/// What is known of disputes and attorneys, debt by debt.
pub(super) fn mark(debts: &mut [Debt], given: &Given, zone: Tz) {
    let dispute = given.dispute.as_ref();
    let attorney = given.attorney.as_ref();
    for debt in debts {
        let of = |list: &Option<Vec<String>>| list.as_ref().is_none_or(|list| list.contains(&debt.id));
        let dispute = dispute.filter(|dispute| of(&dispute.debts));
        let attorney = attorney.filter(|attorney| of(&attorney.debts));
        let in_period = dispute.is_some_and(|dispute| {
            dispute.validation_end.is_some_and(|end| local::date(dispute.received_at, zone) <= end)
        });
        for (name, holds) in [
            ("dispute_written", dispute.is_some_and(|dispute| dispute.in_writing)),
            ("dispute_in_period", in_period),
            ("dispute_valid", dispute.is_some_and(|dispute| dispute.valid_grounds)),
            ("attorney_known", attorney.is_some_and(|attorney| attorney.contact_known)),
            ("attorney_silent", attorney.is_some_and(|attorney| attorney.failed_to_respond)),
            ("attorney_consents", attorney.is_some_and(|attorney| attorney.consents)),
        ] {
            debt.facts.insert(name.to_owned(), Told::Flag(holds));
        }
    }
}
