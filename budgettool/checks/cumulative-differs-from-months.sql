-- code: cumulative-differs-from-months
-- title: Cumulative and months differ
-- why: Both state the same money. While they differ, the period is shown as disputed.
-- remedy: Check both figures and correct one of them, or explain the difference.
-- severity: error
-- A difference that later figures only carry on is said once, at the first of them.
SELECT
    region, period_first, period_last, months AS expected_minor, amount AS actual_minor, measure, unit, programme, provider,
    ABS(amount - months) AS difference_minor, slack AS limit_minor, number AS figure
FROM (
    SELECT
        *,
        COALESCE(LAG(CASE WHEN ABS(amount - months) > slack THEN amount - months ELSE 0 END) OVER (
            PARTITION BY region, programme, provider, name, substr(period_last, 1, 4) ORDER BY period_last, cumulative
        ), 0) AS carried
    FROM (
        SELECT
            *, (fuzz + months_fuzz) / 2.0 + MAX(:absolute, :relative * MAX(ABS(amount), ABS(months))) AS slack,
            ROW_NUMBER() OVER (PARTITION BY number ORDER BY pieces DESC) AS place
        FROM (
            SELECT
                c.*, c.measure || COALESCE('.' || c.version, '') AS name,
                SUM(m.amount) AS months, SUM(m.fuzz) AS months_fuzz, COUNT(*) AS pieces
            FROM told c JOIN told m
                ON m.region = c.region AND m.programme IS c.programme AND m.provider IS c.provider
                AND m.measure = c.measure AND m.version IS c.version
                AND m.cumulative = 0 AND m.kind IN ('month', 'quarter') AND m.number <> c.number
                AND m.period_first >= c.period_first AND m.period_last <= c.period_last
            WHERE c.unit = :currency AND c.measure <> 'allocation' AND c.period_first LIKE '%-01-01'
                AND substr(c.period_first, 1, 4) = substr(c.period_last, 1, 4) AND (c.cumulative = 1 OR c.kind <> 'month')
            GROUP BY c.number, m.kind
            HAVING SUM(m.days) = c.days
        )
    )
    WHERE place = 1
)
WHERE ABS(amount - months) > slack AND ABS(amount - months - carried) > slack
ORDER BY region, period_first, period_last, name, programme, provider
