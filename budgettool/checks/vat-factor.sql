-- code: vat-factor
-- title: Just the VAT apart
-- why: A contract with VAT beside payments without it looks unpaid, and the reverse looks overpaid.
-- remedy: Ask whether both amounts are with VAT; most NGOs do not pay it.
-- severity: info
-- Within one file the reading of its table has said so already.
SELECT
    a.region, a.period_first, a.period_last, b.amount AS expected_minor, a.amount AS actual_minor, :currency AS unit,
    a.measure AS measure, b.measure AS against, r.factor AS factor, a.number AS figure, b.number AS other
FROM told a
JOIN told b
    ON b.region = a.region AND b.programme IS a.programme AND b.provider IS a.provider
    AND b.period_first = a.period_first AND b.period_last = a.period_last AND b.measure <> a.measure
JOIN (SELECT '1.12' AS factor, 112 AS hundredths UNION ALL SELECT '1.16', 116) r
WHERE a.measure IN ('commitment', 'acceptance', 'disbursement') AND b.measure IN ('commitment', 'acceptance', 'disbursement')
    AND a.version IS NULL AND b.version IS NULL AND a.amount > 0 AND b.amount > 0
    AND ABS(200 * a.amount - 2 * r.hundredths * b.amount) <= 100 * MAX(a.fuzz, 1) + r.hundredths * MAX(b.fuzz, 1)
    AND 100 * MAX(a.fuzz, 1) + r.hundredths * MAX(b.fuzz, 1) <= a.amount / 10
    AND NOT EXISTS (
        SELECT 1 FROM place p JOIN place q ON q.file = p.file AND q.sheet = p.sheet WHERE p.figure = a.number AND q.figure = b.number
    )
ORDER BY a.region, a.period_first, a.period_last, a.measure, b.measure
