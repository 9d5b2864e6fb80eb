-- code: recipients-without-money
-- title: People without money
-- why: Services without payment come up in the next month as a cost too high.
-- remedy: If services were given and not yet paid, explain in the note; otherwise fill in the amount.
-- severity: warning
SELECT r.region, r.period_first, r.period_last, r.provider, r.amount AS recipients, r.number AS figure, d.number AS other
FROM told r JOIN told d
    ON d.region = r.region AND d.provider IS r.provider AND (d.programme IS r.programme OR r.programme IS NULL)
    AND d.period_first = r.period_first AND d.period_last = r.period_last
WHERE r.measure = 'recipients' AND r.version IS NULL AND r.amount > 0 AND d.measure = 'disbursement' AND d.amount = 0
    AND NOT EXISTS (
        SELECT 1 FROM told o
        WHERE o.region = r.region AND o.provider IS r.provider AND o.measure = 'disbursement' AND o.amount <> 0
            AND o.period_first = r.period_first AND o.period_last = r.period_last
    )
GROUP BY r.number
ORDER BY r.region, r.period_first, r.period_last, r.provider, r.programme
