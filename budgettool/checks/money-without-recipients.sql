-- code: money-without-recipients
-- title: Money, nobody served
-- why: Paid services have recipients; zero and “not known” are different facts.
-- remedy: If no services were given, explain in the note; if the count is not known, leave the cell empty.
-- severity: error
SELECT d.region, d.period_first, d.period_last, d.provider, d.amount AS paid_minor, d.unit, d.number AS figure, r.number AS other
FROM told d JOIN told r
    ON r.region = d.region AND r.provider IS d.provider AND (r.programme IS d.programme OR r.programme IS NULL)
    AND r.period_first = d.period_first AND r.period_last = d.period_last
WHERE d.measure = 'disbursement' AND d.amount > 0 AND r.measure = 'recipients' AND r.version IS NULL AND r.amount = 0
    AND NOT EXISTS (
        SELECT 1 FROM told o
        WHERE o.region = d.region AND o.provider IS d.provider AND o.measure = 'recipients' AND o.version IS NULL AND o.amount > 0
            AND o.period_first = d.period_first AND o.period_last = d.period_last
    )
GROUP BY d.number
ORDER BY d.region, d.period_first, d.period_last, d.provider, d.programme
