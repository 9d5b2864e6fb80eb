-- code: receipt-differs
-- title: Receipt differs from transfer
-- why: It is the same money, booked by the sender and by the receiver.
-- remedy: Compare with the treasury's data and explain the difference.
-- severity: error
-- A thousandfold is a question of the unit, and asked there (unit-looks-wrong).
SELECT
    t.region, t.period_first, t.period_last, t.amount AS expected_minor, r.amount AS actual_minor, :currency AS unit,
    ABS(r.amount - t.amount) AS difference_minor, r.figure AS figure, t.figure AS other
FROM whole t JOIN whole r USING (region, period_first, period_last)
WHERE t.measure = 'transfer' AND t.version IS NULL AND r.measure = 'receipt'
    AND 2 * ABS(r.amount - t.amount) > r.fuzz + t.fuzz + 2 * MAX(:absolute, :relative * MAX(ABS(r.amount), ABS(t.amount)))
    AND NOT (ABS(r.amount) BETWEEN 400 * ABS(t.amount) AND 2500 * ABS(t.amount) OR ABS(t.amount) BETWEEN 400 * ABS(r.amount) AND 2500 * ABS(r.amount))
ORDER BY t.region, t.period_first, t.period_last
