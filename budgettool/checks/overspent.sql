-- code: overspent
-- title: Above the limit
-- why: Each link of the chain is limited by the one before it: paid by received, contracts by the plan.
-- remedy: State number and date of the decision that changed the plan, or correct the amount.
-- severity: error
-- The latest figure of each year since January is held against the plan of just that span, else of the year; what
-- providers paid back is taken off what was paid.
SELECT
    region, period_first, period_last, allowed AS expected_minor, amount AS actual_minor, measure, :currency AS unit, 'allocation' AS against,
    amount - allowed AS difference_minor, figure, other
FROM (
    SELECT
        f.region, f.measure, f.period_first, f.period_last, f.amount - COALESCE(b.amount, 0) AS amount, f.fuzz + COALESCE(b.fuzz, 0) AS fuzz,
        f.figure, p.amount AS allowed, p.fuzz AS allowed_fuzz, p.figure AS other,
        ROW_NUMBER() OVER (
            PARTITION BY f.region, f.measure, substr(f.period_last, 1, 4) ORDER BY f.period_last DESC, p.days
        ) AS place
    FROM flow f
    JOIN plan p
        ON p.region = f.region AND (
            p.period_first = f.period_first AND p.period_last = f.period_last
            OR p.kind = 'year' AND substr(p.period_last, 1, 4) = substr(f.period_last, 1, 4)
        )
    LEFT JOIN flow b
        ON b.region = f.region AND b.period_first = f.period_first AND b.period_last = f.period_last
        AND b.measure = 'recovery' AND f.measure = 'disbursement'
    WHERE f.measure IN ('transfer', 'commitment', 'disbursement') AND f.version IS NULL
)
WHERE place = 1 AND (allowed = 0 OR amount < 400 * allowed)
    AND 2 * (amount - allowed) > fuzz + allowed_fuzz + 2 * MAX(:absolute, :relative * MAX(ABS(amount), ABS(allowed)))
ORDER BY region, period_first, period_last, measure
