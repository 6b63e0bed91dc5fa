//! What has been tried in this episode, and at which numbers and times the person may be reached.

use super::{Meaning, amount, count, flag, since, word};

#[rustfmt::skip]
pub(super) const TABLE: &[Meaning] = &[
    count("calls_made", "call attempt in this episode", "call attempts in this episode"),
    count("calls_unanswered", "unanswered call attempt in this episode", "unanswered call attempts in this episode"),
    count("rpc_count", "conversation with the right person in this episode", "conversations with the right person in this episode"),
    since("days_since_contact", "contact attempt", "no contact was ever attempted"),
    since("days_since_rpc", "conversation with the right person", "there never was a conversation with the right person"),
    count("contacts_7d", "contact attempt in the last seven days", "contact attempts in the last seven days"),
    count("visits_made", "visit in this episode", "visits in this episode"),
    count("letters_sent", "letter in this episode", "letters in this episode"),
    since("days_since_demand", "effective demand", "no effective demand was ever made"),
    flag("hostile", "the person was hostile at a contact of this episode", "the person was not hostile at any contact of this episode"),
    flag("refused", "the person refused to pay at a contact of this episode", "the person did not refuse to pay at any contact of this episode"),
    flag("reachable", "some number is valid and contact is not lost", "no number is valid, or contact is lost"),
    count("valid_numbers", "telephone number believed to be the debtor's", "telephone numbers believed to be the debtor's"),
    word("number_mobile", "the mobile number"),
    word("number_work", "the office number"),
    word("number_home", "the home number"),
    word("zones", "the person's time zone"),
    amount("stated_from", "the minute of the day from which the person asked to be contacted"),
    amount("stated_to", "the minute of the day until which the person asked to be contacted"),
    flag("inconvenient_times", "the person named times at which contact is not welcome", "the person named no times at which contact is not welcome"),
    flag("home_inconvenient", "contact at home is inconvenient", "contact at home is not known to be inconvenient"),
    flag("work_inconvenient", "contact at work is inconvenient", "contact at work is not known to be inconvenient"),
    flag("employer_prohibits", "the employer is known to forbid contact at work", "the employer is not known to forbid contact at work"),
];
