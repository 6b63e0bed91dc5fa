-- The facts of one night, from the book and what was paid since.
--
-- Simplified, and said so: a payment goes to what is overdue and takes down the balance; what is paid in part leaves the
-- oldest unpaid day where it was; the minimum of the last statement stays until the next one. What was said and done
-- (calls, conversations, refusals) is not counted here: arrears counts it from `contacts`.
INSERT INTO facts
WITH paid AS (
    SELECT account_id, sum(amount)::DECIMAL(18, 2) AS amount
    FROM payments
    WHERE "on" <= $day
    GROUP BY account_id
),
owed AS (
    SELECT
        book.*,
        coalesce(paid.amount, 0) AS paid,
        -- An account that is late by its status and owes nothing stays late until somebody has looked into it.
        oldest_unpaid_on IS NOT NULL AND NOT (coalesce(paid.amount, 0) > 0 AND paid.amount >= overdue) AS late
    FROM book
    LEFT JOIN paid USING (account_id)
)
SELECT
    $day,
    account_id,
    product,
    credit_limit,
    balance - paid,
    greatest(overdue - paid, 0),
    min_payment,
    CASE WHEN late THEN $day::DATE - oldest_unpaid_on ELSE 0 END,
    CASE WHEN late THEN $day::DATE - first_missed_on ELSE 999999 END,
    coalesce(due_on - $day::DATE, 999999),
    late_count_12m,
    coalesce(late_count_12m_falls_on - $day::DATE, 999999),
    paid_last_cycle,
    cycles_without_payment
FROM owed
ORDER BY account_id;
