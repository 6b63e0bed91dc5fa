//! Facts of the person: who they are to the bank, what protects them, how they are reached.

use super::page;
use crate::facts::{Group, Movement, Role, Words};

const LEVELS: Words = Words::Closed(&["low", "medium", "high", "not_yet_known"]);
const NUMBER: Words = Words::Closed(&["valid", "dead", "wrong", "objected", "none"]);
const QUADRANTS: Words = Words::Closed(&[
    "willing_able",
    "willing_unable",
    "willing_unclear",
    "unwilling_able",
    "neither",
    "unwilling_unclear",
    "unclear_able",
    "unclear_unable",
    "unclear",
]);

page! {
    /// Who the person is to the bank.
    PERSON, Group::Person;
    WILLINGNESS: Category, "willingness", moves(Movement::Derived), words(LEVELS), role(Role::Derived);
        "Willingness to pay, from the policy's signs or given. Fewer than two signs: not yet known."
    ABILITY: Category, "ability", moves(Movement::Derived), words(LEVELS), role(Role::Derived);
        "Ability to pay, from the policy's signs or given. Fewer than two signs: not yet known."
    QUADRANT: Category, "quadrant", moves(Movement::Derived), words(QUADRANTS), role(Role::Derived);
        "Willingness and ability together; medium and not yet known count as unclear."
    AFFORDABLE_MONTHLY: Amount, "affordable_monthly";
        "What the person can pay each month and still live, from stated and checked income and costs."
    INCOME_EVIDENCE_AGE: Days, "income_evidence_age", moves(Movement::Up), or_never();
        "Days since income was last evidenced. Never: it was not."
    RIGHT_NUMBER: Flag, "right_number";
        "Whether a number is proven to be the debtor's."
    LOST_CONTACT: Flag, "lost_contact";
        "Whether contact is lost: points tried and failed, as the bank establishes it; never merely no answer."
    SEGMENT: Category, "segment", words(Words::Open);
        "The customer segment."
    PRODUCT: Category, "product", words(Words::Open);
        "The product of the account."
    CUSTOMER_VALUE: Amount, "customer_value";
        "What the customer is worth to the bank, by its own measure."
    TENURE_MONTHS: Count, "tenure_months", moves(Movement::Rises);
        "Whole months since the person became a customer."
    GUARANTOR: Flag, "guarantor";
        "Whether someone stands surety."
    SECURED: Flag, "secured";
        "Whether the debt is secured."
    OCCUPATION: Category, "occupation", words(Words::Open);
        "The person's kind of work, for when they are at home."
    LANGUAGE: Category, "language", words(Words::Open);
        "The language to be used."
    WORKED_BY: Category, "worked_by", words(Words::Open);
        "Who works the account: `bank`, or the hand it was placed with."
    PLACEMENT_DAYS_LEFT: Days, "placement_days_left", moves(Movement::Down), or_never();
        "Days until the placement ends. Zero: today is its last day. Never: it is not placed, or without end."
    COLLECTOR: Category, "collector", words(Words::Closed(&["third_party", "first_party", "first_party_other_name"]));
        "Who collects: an agency or a buyer of the debt, the creditor in its own name, or the creditor under another name."
    JURISDICTION: Category, "jurisdiction", words(Words::Open);
        "Whose law binds contact with the person."
}

page! {
    /// All accounts of the person together.
    CUSTOMER, Group::Customer;
    CUSTOMER_ACCOUNTS: Count, "customer_accounts";
        "The person's accounts, this one included."
    CUSTOMER_OVERDUE: Amount, "customer_overdue";
        "What is overdue over all of the person's accounts."
    CUSTOMER_MAX_DPD: Days, "customer_max_dpd", moves(Movement::Late);
        "The most days past due over all of the person's accounts."
}

page! {
    /// Money that has arrived or will arrive.
    CASH, Group::Cash;
    INFLOW_3D: Amount, "inflow_3d", moves(Movement::Expires);
        "Money that arrived in the person's accounts with the bank in the last three days."
    DAYS_TO_PAYDAY: Days, "days_to_payday", moves(Movement::Down), or_never();
        "Days until the next pay day. Zero: today. Never: none is expected."
    DEPOSIT_BALANCE: Amount, "deposit_balance";
        "What the person holds on deposit with the bank."
}

page! {
    /// What protects the person or the account.
    PROTECTION, Group::Protection;
    DISPUTE: Flag, "dispute"; "Whether the debt is disputed."
    BANKRUPT: Flag, "bankrupt"; "Whether the person is bankrupt or a petition is known."
    DECEASED: Flag, "deceased"; "Whether the person has died."
    HARDSHIP: Flag, "hardship"; "Whether hardship was reported or found."
    VULNERABLE: Flag, "vulnerable"; "Whether the person is known to be vulnerable."
    REPRESENTED: Flag, "represented"; "Whether an attorney or adviser acts for the person."
    CEASE_CONTACT: Flag, "cease_contact"; "Whether the person has asked that contact cease."
    MORATORIUM: Flag, "moratorium"; "Whether a statutory moratorium protects the person."
    FRAUD: Flag, "fraud"; "Whether fraud on the account is suspected or reported."
    LITIGATION_OPEN: Flag, "litigation_open"; "Whether a lawsuit over the debt is open."
    HAZARD: Flag, "hazard"; "Whether a visit is known to be dangerous."
    MINOR: Flag, "minor"; "Whether the person is not of age."
    DISCHARGED: Flag, "discharged"; "Whether the debt was discharged in a bankruptcy."
    TIME_BARRED: Flag, "time_barred"; "Whether the limitation period for the debt has run out."
    ATTORNEY_KNOWN: Flag, "attorney_known"; "Whether name and address of the attorney are known."
    ATTORNEY_SILENT: Flag, "attorney_silent"; "Whether the attorney has not responded within a reasonable time."
    ATTORNEY_CONSENTS: Flag, "attorney_consents"; "Whether the attorney consents to direct contact."
    DISPUTE_WRITTEN: Flag, "dispute_written"; "Whether the debt is disputed in writing."
    DISPUTE_IN_PERIOD: Flag, "dispute_in_period"; "Whether the dispute was received within the validation period."
    DISPUTE_VALID: Flag, "dispute_valid"; "Whether the dispute rests on valid, or possibly valid, grounds."
    REFUSES_AS_BARRED: Flag, "refuses_as_barred"; "Whether the person said they will not pay because the debt is too old to be sued on."
    IDENTITY_VERIFIED: Flag, "identity_verified"; "Whether the identity of who is spoken to has been established."
    EMAIL_OBTAINED: Flag, "email_obtained"; "Whether some earlier collector obtained the e-mail address by the proper procedure."
    EMAIL_USED_LAST: Flag, "email_used_last"; "Whether the immediately prior collector used the e-mail address."
    EMAIL_OPTED_OUT: Flag, "email_opted_out"; "Whether the person refused the e-mail address to any collector."
    RECIPIENT_OPTED_OUT: Flag, "recipient_opted_out"; "Whether a person other than the debtor has refused further contact."
    COMPLAINT_OPEN: Flag, "complaint_open"; "Whether a complaint is open."
    PAYMENT_IN_FLIGHT: Flag, "payment_in_flight"; "Whether a payment is on its way."
    CHARGED_OFF: Flag, "charged_off"; "Whether the debt was charged off."
    SOLD: Flag, "sold"; "Whether the debt was sold."
    CLOSED: Flag, "closed"; "Whether the account is closed: nothing is done and nothing is reviewed."
}

page! {
    /// Numbers and times at which the person may be reached.
    POINTS, Group::Points;
    NUMBER_MOBILE: Category, "number_mobile", words(NUMBER); "What is known of the mobile number."
    NUMBER_WORK: Category, "number_work", words(NUMBER); "What is known of the office number."
    NUMBER_HOME: Category, "number_home", words(NUMBER); "What is known of the home number."
    ZONES: Category, "zones", words(Words::Open); "The person's IANA time zone. Missing: the policy's zone."
    STATED_FROM: Count, "stated_from"; "From when the person asked to be contacted, in minutes after midnight."
    INCONVENIENT_TIMES: Flag, "inconvenient_times"; "Whether the person named times at which contact is not welcome. A row does not say which: where there are any, a person looks."
    HOME_INCONVENIENT: Flag, "home_inconvenient"; "Whether the person's home is an inconvenient place."
    WORK_INCONVENIENT: Flag, "work_inconvenient"; "Whether the person's place of work is an inconvenient place."
    EMPLOYER_PROHIBITS: Flag, "employer_prohibits"; "Whether the employer is known to prohibit contacts at work."
    STATED_TO: Count, "stated_to"; "Until when the person asked to be contacted, in minutes after midnight."
}
