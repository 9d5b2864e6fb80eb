-- code: unit-looks-wrong
-- title: Unit looks wrong
-- why: Amounts in tenge under the header “thousand tenge” are the most frequent error of all, and the costliest.
-- remedy: Check the unit: tenge or thousand tenge.
-- severity: error
-- What is received against what was sent; and each month's figure against the one before it, where it also stands out
-- of all others of its year or exceeds the year's plan: a region that begins to pay in February is no cause for alarm.
SELECT
    t.region, t.period_first, t.period_last, r.amount AS value_minor, t.amount AS neighbours_minor, :currency AS unit, 1000 AS factor,
    'error' AS severity, r.figure AS figure, t.figure AS other
FROM whole t JOIN whole r USING (region, period_first, period_last)
WHERE t.measure = 'transfer' AND t.version IS NULL AND r.measure = 'receipt' AND t.amount <> 0 AND r.amount <> 0
    AND (ABS(r.amount) BETWEEN 400 * ABS(t.amount) AND 2500 * ABS(t.amount) OR ABS(t.amount) BETWEEN 400 * ABS(r.amount) AND 2500 * ABS(r.amount))
UNION ALL
SELECT
    n.region, n.period_first, n.period_last, n.amount, b.amount, :currency,
    CASE WHEN n.amount > 100000 * b.amount THEN 1000000 ELSE 1000 END,
    'warning', n.figure, b.figure
FROM whole n
JOIN whole b
    ON b.region = n.region AND b.measure = n.measure AND b.version IS n.version AND b.kind = n.kind AND n.kind = 'month'
    AND b.period_last = date(n.period_first, '-1 day')
LEFT JOIN plan p ON p.region = n.region AND p.kind = 'year' AND substr(p.period_last, 1, 4) = substr(n.period_last, 1, 4)
WHERE n.measure NOT IN ('allocation', 'recipients') AND b.amount > 0
    AND (n.amount BETWEEN 400 * b.amount AND 2500 * b.amount OR n.amount BETWEEN 400000 * b.amount AND 2500000 * b.amount)
    AND (
        n.amount > p.amount
        OR 2 <= (
            SELECT COUNT(*) FROM whole o
            WHERE o.region = n.region AND o.measure = n.measure AND o.version IS n.version AND o.kind = 'month' AND o.amount > 0
                AND o.period_last <> n.period_last
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM whole o
        WHERE o.region = n.region AND o.measure = n.measure AND o.version IS n.version AND o.kind = 'month'
            AND o.period_last <> n.period_last AND 100 * o.amount > n.amount
    )
ORDER BY 1, 2, 3
