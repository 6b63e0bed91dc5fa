//! Facts of the account: how late, how much, what was promised, what was tried.

use super::page;
use crate::facts::{Group, History, Movement, Role, Step, StepEffect, Words};

const DUE: &str = "days_to_due";
const PROMISE: &str = "promise_due_in";

const fn at(when: &'static str, effect: StepEffect) -> Movement {
    Movement::Steps(Step { when, effect })
}

page! {
    /// How late the account is.
    LATENESS, Group::Lateness;
    DPD: Days, "dpd", moves(Movement::Late);
        "Whole calendar days since the oldest unpaid instalment fell due. Zero: nothing is overdue."
    DAYS_DELINQUENT: Days, "days_delinquent", moves(Movement::Late);
        "Days past due less grace and paused days, as the bank's conventions count them. Zero: not late by them."
    DAYS_TO_DUE: Days, "days_to_due", moves(Movement::Down), or_never();
        "Days until the next payment falls due. Zero: due today. Never: nothing will fall due."
    BUCKET: Count, "bucket", moves(Movement::Derived), role(Role::Derived);
        "The band of days past due by the policy's bucket edges. Zero: current."
    CYCLES_PAST_DUE: Count, "cycles_past_due", moves(at(DUE, StepEffect::AddOne));
        "Statement cycles that passed without the minimum payment. Zero: none."
    ROLL_IN: Days, "roll_in", moves(Movement::Down), or_never();
        "Days until the account rolls into the next worse bucket. Never: it does not roll."
    FIRST_PAYMENT_DEFAULT: Flag, "first_payment_default";
        "Whether the very first payment was missed."
    TIMES_30DPD_12M: Count, "times_30dpd_12m", moves(Movement::Reaches(30));
        "Times the account reached 30 days past due in the last twelve months."
    TIMES_60DPD_12M: Count, "times_60dpd_12m", moves(Movement::Reaches(60));
        "Times the account reached 60 days past due in the last twelve months."
    TIMES_90DPD_12M: Count, "times_90dpd_12m", moves(Movement::Reaches(90));
        "Times the account reached 90 days past due in the last twelve months."
    MAX_DPD_12M: Days, "max_dpd_12m", moves(Movement::Peak);
        "The most days past due in the last twelve months. Zero: never late in them."
    LATE_COUNT_12M: Count, "late_count_12m", moves(Movement::Reaches(1));
        "Times a payment came late in the last twelve months. Zero: always on time."
    MONTHS_ON_BOOK: Count, "months_on_book", moves(Movement::Rises);
        "Whole months since the account was opened."
    DAYS_SINCE_CURE: Days, "days_since_cure", moves(Movement::Up), or_never();
        "Days since arrears were last paid up. Never: the account was never cured."
    DAYS_SINCE_FIRST_MISSED: Days, "days_since_first_missed", moves(Movement::Begins), or_never();
        "Days since the first day late of this episode of arrears. Never: not late."
}

page! {
    /// What ladders of ageing are built on.
    LADDER, Group::Ladder;
    OLDEST_UNPAID_AGE: Days, "oldest_unpaid_age", moves(Movement::Ages), or_never();
        "Days since the oldest unpaid item's anchor date (due or invoice date). Never: nothing is unpaid."
    MONTHS_SINCE_OLDEST_UNPAID: Count, "months_since_oldest_unpaid", moves(Movement::Ages), or_never();
        "Calendar months since the oldest unpaid item's anchor date. Never: nothing is unpaid."
    UNPAID_ITEMS: Count, "unpaid_items", moves(at(DUE, StepEffect::AddOne));
        "Instalments or invoices that are due and not fully paid."
    LAST_FAILURE: Category, "last_failure", words(Words::Open);
        "Why the last attempt to collect a payment failed, in the bank's own code."
}

page! {
    /// What is owed and what was paid.
    MONEY, Group::Money;
    OVERDUE: Amount, "overdue", moves(at(DUE, StepEffect::Add("min_payment")));
        "What is overdue today. Zero: nothing."
    BALANCE: Amount, "balance";
        "All that is owed, due or not. It can be negative: the bank owes the customer."
    PRINCIPAL: Amount, "principal";
        "The principal within the balance."
    INTEREST: Amount, "interest";
        "Interest owed, penalty interest included."
    FEES: Amount, "fees";
        "Fees charged and not yet paid."
    CREDIT_LIMIT: Amount, "credit_limit";
        "The credit limit of the account."
    MIN_PAYMENT: Amount, "min_payment";
        "The least payment that the next due date asks for. Zero: none."
    LAST_PAYMENT: Amount, "last_payment", of(History::Payments);
        "The last payment received."
    PAID_30D: Amount, "paid_30d", moves(Movement::Expires), of(History::Payments);
        "Payments received in the last 30 days."
    UTILISATION: Ratio, "utilisation", moves(Movement::Derived), role(Role::Derived);
        "Balance over credit limit. Unknown where the limit is zero."
}

page! {
    /// What the person did and promised.
    BEHAVIOUR, Group::Behaviour;
    DAYS_SINCE_PAYMENT: Days, "days_since_payment", moves(Movement::Up), or_never(), of(History::Payments);
        "Days since the last payment. Never: no payment was ever made."
    PROMISES_MADE: Count, "promises_made", of(History::Promises);
        "Promises to pay made in this episode of arrears."
    PROMISES_KEPT: Count, "promises_kept", of(History::Promises);
        "Promises kept in this episode of arrears."
    PROMISES_BROKEN: Count, "promises_broken", moves(at(PROMISE, StepEffect::AddOneIf("promise_open"))), of(History::Promises);
        "Promises broken in this episode of arrears."
    PROMISES_MOVED: Count, "promises_moved", of(History::Promises);
        "Promises replaced by a later one before their day, in this episode of arrears."
    PROMISE_OPEN: Flag, "promise_open", moves(at(PROMISE, StepEffect::Clear)), of(History::Promises);
        "Whether a promise to pay stands whose day has not passed."
    PROMISE_VAGUE: Flag, "promise_vague", of(History::Promises);
        "Whether the last promise named no date or no sum."
    PROMISE_DUE_IN: Days, "promise_due_in", moves(Movement::Down), or_never(), of(History::Promises);
        "Days until the open promise falls due. Zero: today. Never: no promise is open."
    PROMISE_AMOUNT: Amount, "promise_amount", moves(at(PROMISE, StepEffect::Clear)), of(History::Promises);
        "What is still to be paid under the open promise. Zero: none is open."
    ARRANGEMENT_ACTIVE: Flag, "arrangement_active";
        "Whether a payment arrangement is in force."
    ARRANGEMENT_MISSED: Count, "arrangement_missed";
        "Payments of the arrangement that were missed."
    CAUSE: Category, "cause", words(Words::Closed(&crate::facts::CAUSES));
        "Why the account fell behind, as far as anyone has found out."
}

page! {
    /// What has been tried in this episode of arrears.
    CONTACT, Group::Contact;
    CALLS_MADE: Count, "calls_made", of(History::Contacts);
        "Call attempts in this episode of arrears."
    CALLS_UNANSWERED: Count, "calls_unanswered", of(History::Contacts);
        "Call attempts in this episode that nobody answered."
    RPC_COUNT: Count, "rpc_count", of(History::Contacts);
        "Conversations with the right person in this episode."
    DAYS_SINCE_CONTACT: Days, "days_since_contact", moves(Movement::Up), or_never(), of(History::Contacts);
        "Days since the last contact attempt. Never: none was made."
    DAYS_SINCE_RPC: Days, "days_since_rpc", moves(Movement::Up), or_never(), of(History::Contacts);
        "Days since the last conversation with the right person. Never: there was none."
    CONTACTS_7D: Count, "contacts_7d", moves(Movement::Expires), of(History::Contacts);
        "Contact attempts in the last seven days, today included."
    VISITS_MADE: Count, "visits_made", of(History::Contacts);
        "Visits in this episode of arrears."
    LETTERS_SENT: Count, "letters_sent", of(History::Contacts);
        "Letters in this episode of arrears."
    DAYS_SINCE_DEMAND: Days, "days_since_demand", moves(Movement::Up), or_never(), of(History::Contacts);
        "Days since the last effective demand. Never: none was made."
    HOSTILE: Flag, "hostile", of(History::Contacts);
        "Whether the person was hostile at a contact of this episode."
    REFUSED: Flag, "refused", of(History::Contacts);
        "Whether the person refused to pay at a contact of this episode."
    REACHABLE: Flag, "reachable", moves(Movement::Derived), role(Role::Derived);
        "Whether some number is valid and contact has not been lost."
    VALID_NUMBERS: Count, "valid_numbers";
        "Telephone numbers believed to be the debtor's."
}
