-- The tables of the job. All of them are in one database file; `nightly.py` adds `decisions` and `state`,
-- whose columns arrears gives, on the first night.

-- The book at its start: one row an account, with days as dates, since a date stays true tomorrow and a count does not.
CREATE TABLE book (
    account_id             VARCHAR PRIMARY KEY,
    product                VARCHAR NOT NULL,
    credit_limit           DECIMAL(18, 2) NOT NULL,
    balance                DECIMAL(18, 2) NOT NULL,
    overdue                DECIMAL(18, 2) NOT NULL,
    min_payment            DECIMAL(18, 2) NOT NULL,
    oldest_unpaid_on       DATE,             -- empty: not late
    first_missed_on        DATE,             -- empty: not late
    due_on                 DATE,             -- empty: nothing will fall due
    late_count_12m         INTEGER NOT NULL,
    late_count_12m_falls_on DATE,            -- empty: it does not fall
    paid_last_cycle        DECIMAL(18, 2) NOT NULL,
    cycles_without_payment INTEGER NOT NULL
);

-- What happened since, as arrears reads tables of events (docs/cli.md, "Event tables").
CREATE TABLE contacts (
    account_id VARCHAR NOT NULL,
    "on"       DATE NOT NULL,
    channel    VARCHAR NOT NULL,
    outcome    VARCHAR,
    treatment  VARCHAR,
    demand     BOOLEAN NOT NULL
);
CREATE TABLE payments (
    account_id VARCHAR NOT NULL,
    "on"       DATE NOT NULL,
    amount     DECIMAL(18, 2) NOT NULL
);

-- Each policy under which a night was decided, whole: its text and the thresholds that were set.
CREATE TABLE policies (
    hash       VARCHAR PRIMARY KEY,
    name       VARCHAR NOT NULL,
    version    VARCHAR NOT NULL,
    text       VARCHAR NOT NULL,
    thresholds MAP (VARCHAR, VARCHAR) NOT NULL
);

-- One row a night: under what, by what and from what its decisions were made.
CREATE TABLE nights (
    as_of       DATE PRIMARY KEY,
    before      DATE,                        -- the night whose state it took up; empty: the first
    policy_hash VARCHAR NOT NULL REFERENCES policies (hash),
    engine      VARCHAR NOT NULL,
    no_law      VARCHAR NOT NULL,
    inputs_hash VARCHAR NOT NULL,
    accounts    BIGINT NOT NULL
);

-- What was decided on: the facts of each night, as they were read.
CREATE TABLE facts (
    as_of                   DATE NOT NULL,
    account_id              VARCHAR NOT NULL,
    product                 VARCHAR NOT NULL,
    credit_limit            DECIMAL(18, 2) NOT NULL,
    balance                 DECIMAL(18, 2) NOT NULL,
    overdue                 DECIMAL(18, 2) NOT NULL,
    min_payment             DECIMAL(18, 2) NOT NULL,
    dpd                     INTEGER NOT NULL,
    days_since_first_missed INTEGER NOT NULL,
    days_to_due             INTEGER NOT NULL,
    late_count_12m          INTEGER NOT NULL,
    late_count_12m_drops_in INTEGER NOT NULL,
    paid_last_cycle         DECIMAL(18, 2) NOT NULL,
    cycles_without_payment  INTEGER NOT NULL,
    PRIMARY KEY (as_of, account_id)
);
