-- Fills the book from the shipped example (examples/data/README.md): 30,000 card accounts as of 2005-09-30.
-- Counts of days become dates; 999999 means never, and becomes an empty date.
INSERT INTO book
SELECT
    account_id,
    product,
    credit_limit,
    balance,
    overdue,
    min_payment,
    CASE WHEN dpd > 0 THEN $start::DATE - dpd END,
    $start::DATE - nullif(days_since_first_missed, 999999),
    $start::DATE + nullif(days_to_due, 999999),
    late_count_12m,
    $start::DATE + nullif(late_count_12m_drops_in, 999999),
    paid_last_cycle,
    cycles_without_payment
FROM read_parquet($accounts);
