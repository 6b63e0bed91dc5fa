-- A day of work, MADE UP: a bank has these rows from its dialler, its post room and its ledger.
-- Every contact that was decided last night is made, and chance says what comes of it. The chance is a digest of account
-- and day, so that the same day comes out the same; the shares (one call in three is answered, one account in twelve
-- pays after a contact) are nobody's experience.

INSERT INTO contacts
SELECT
    account_id,
    $day,
    channel,
    CASE
        WHEN channel <> 'phone' THEN NULL
        WHEN chance < 55 THEN 'no_answer'
        WHEN chance < 67 THEN 'busy'
        WHEN chance < 80 THEN 'rpc_claims_no_money'
        WHEN chance < 95 THEN 'rpc_callback'
        WHEN chance < 98 THEN 'rpc_refused'
        ELSE 'rpc_hostile'
    END,
    treatment,
    false
FROM (
    SELECT *, ('0x' || left(md5(account_id || $day::VARCHAR || 'call'), 6))::INTEGER % 100 AS chance
    FROM decisions
    WHERE as_of = $before AND channel IS NOT NULL
)
ORDER BY account_id;

-- Duties are letters: "overdue_notice (within 14 days); formal_demand (within 7 days)".
INSERT INTO contacts
SELECT account_id, $day, 'letter', NULL, duty, duty = 'formal_demand'
FROM (
    SELECT account_id, regexp_extract(unnest(string_split(duties, '; ')), '^[^ ]+') AS duty
    FROM decisions
    WHERE as_of = $before AND duties IS NOT NULL
)
ORDER BY account_id, duty;

-- Some of those who were contacted pay on the same day: all that is overdue, or half of it.
INSERT INTO payments
SELECT account_id, $day, CASE WHEN chance < 8 THEN overdue ELSE round(overdue / 2, 2) END
FROM (
    SELECT DISTINCT account_id, overdue, ('0x' || left(md5(account_id || $day::VARCHAR || 'pays'), 6))::INTEGER % 100 AS chance
    FROM contacts
    JOIN facts USING (account_id)
    WHERE contacts."on" = $day AND facts.as_of = $before AND overdue > 0
)
WHERE chance < 12
ORDER BY account_id;
