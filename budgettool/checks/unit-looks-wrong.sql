-- code: unit-looks-wrong
-- title: Unit looks wrong
-- why: Amounts in tenge under the header “thousand tenge” are the most frequent error of all, and the costliest.
-- remedy: Check the unit: tenge or thousand tenge.
-- severity: error
SELECT
    t.region, t.period_first, t.period_last, r.amount AS value_minor, t.amount AS neighbours_minor, 'KZT' AS unit, 1000 AS factor,
    r.figure AS figure, t.figure AS other
FROM whole t JOIN whole r USING (region, period_first, period_last)
WHERE t.measure = 'transfer' AND t.version IS NULL AND r.measure = 'receipt' AND t.amount <> 0 AND r.amount <> 0
    AND (ABS(r.amount) BETWEEN 400 * ABS(t.amount) AND 2500 * ABS(t.amount) OR ABS(t.amount) BETWEEN 400 * ABS(r.amount) AND 2500 * ABS(r.amount))
ORDER BY t.region, t.period_first, t.period_last
