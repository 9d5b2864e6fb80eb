-- code: no-recipients-figure
-- title: Number of recipients missing
-- why: Without the count, the cost of one recipient can't be made. An empty cell is not zero.
-- remedy: State the number of recipients, 0 included.
-- severity: warning
-- Asked only in periods for which somebody counts people, and of a provider only where its region does not speak for it.
WITH counted AS (
    SELECT DISTINCT region, provider, period_first, period_last FROM told WHERE measure = 'recipients' AND version IS NULL
),
period AS (
    SELECT DISTINCT period_first, period_last FROM counted
)
SELECT d.region, d.period_first, d.period_last, d.provider, d.amount AS paid_minor, d.unit, d.number AS figure
FROM told d
WHERE d.measure = 'disbursement' AND d.amount > 0
    AND EXISTS (SELECT 1 FROM period p WHERE p.period_first <= d.period_last AND d.period_first <= p.period_last)
    AND NOT EXISTS (
        SELECT 1 FROM counted c
        WHERE c.region = d.region AND (c.provider IS NULL OR d.provider IS NULL OR c.provider = d.provider)
            AND c.period_first <= d.period_last AND d.period_first <= c.period_last
    )
    AND (d.provider IS NULL OR NOT EXISTS (
        SELECT 1 FROM told o
        WHERE o.region = d.region AND o.measure = 'disbursement' AND o.provider IS NULL
            AND o.period_first = d.period_first AND o.period_last = d.period_last
    ))
ORDER BY d.region, d.period_first, d.period_last, d.provider, d.programme
