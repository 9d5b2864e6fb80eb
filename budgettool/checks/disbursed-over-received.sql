-- code: disbursed-over-received
-- title: Paid more than received
-- why: A region can't pay more out of the transfer than it has received.
-- remedy: Check whether money of the local budget is in the same line, and state it apart; otherwise correct the amount.
-- severity: error
-- The latest figures of each year since January are compared, as what was received in March may be paid in May.
-- A month by itself is compared only where nothing earlier of its year is known, and then it is a warning.
SELECT
    region, period_first, period_last, received AS expected_minor, paid AS actual_minor, :currency AS unit,
    paid - received AS difference_minor, figure, other, CASE WHEN alone = 1 THEN 'warning' END AS severity
FROM (
    SELECT
        d.region, d.period_first, d.period_last, d.amount - COALESCE(b.amount, 0) AS paid, r.amount AS received,
        d.fuzz + r.fuzz + COALESCE(b.fuzz, 0) AS fuzz, d.figure, r.figure AS other, d.alone,
        ROW_NUMBER() OVER (
            PARTITION BY d.region, substr(d.period_last, 1, 4) ORDER BY d.alone, d.period_last DESC, r.measure = 'receipt' DESC
        ) AS place
    FROM flow d
    JOIN flow r
        ON r.region = d.region AND r.period_first = d.period_first AND r.period_last = d.period_last
        AND r.measure IN ('receipt', 'transfer') AND r.version IS NULL
    LEFT JOIN flow b
        ON b.region = d.region AND b.period_first = d.period_first AND b.period_last = d.period_last AND b.measure = 'recovery'
    WHERE d.measure = 'disbursement'
)
WHERE place = 1 AND 2 * (paid - received) > fuzz + 2 * MAX(:absolute, :relative * MAX(ABS(paid), ABS(received)))
ORDER BY region, period_first, period_last
