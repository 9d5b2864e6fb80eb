-- code: parts-differ
-- title: Parts and whole differ
-- why: The region's own figure is used; the sum of its providers should be the same money.
-- remedy: Compare the figure of the region with those of its providers and correct one of them.
-- severity: error
-- People of two providers may be the same ones, so only a sum below the whole contradicts it.
WITH sum AS (
    SELECT region, measure, version, unit, cumulative, period_first, period_last, SUM(amount) AS amount, SUM(fuzz) AS fuzz
    FROM told p
    WHERE provider IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM told o
        WHERE o.region = p.region AND o.measure = p.measure AND o.version IS p.version AND o.provider = p.provider
            AND o.cumulative = p.cumulative AND o.period_first = p.period_first AND o.period_last = p.period_last
            AND p.programme IS NOT NULL
            AND (o.programme IS NULL OR substr(p.programme, 1, length(o.programme) + 1) = o.programme || '.')
    )
    GROUP BY region, measure, version, unit, cumulative, period_first, period_last
)
SELECT
    region, period_first, period_last, sum_amount AS expected_minor, amount AS actual_minor,
    measure || COALESCE('.' || version, '') AS measure, unit, ABS(amount - sum_amount) AS difference_minor, slack AS limit_minor,
    number AS figure
FROM (
    SELECT
        w.*, s.amount AS sum_amount,
        (w.fuzz + s.fuzz) / 2.0
            + CASE w.unit WHEN :currency THEN MAX(:absolute, :relative * MAX(ABS(w.amount), ABS(s.amount))) ELSE 0 END AS slack
    FROM told w JOIN sum s
        ON s.region = w.region AND s.measure = w.measure AND s.version IS w.version AND s.cumulative = w.cumulative
        AND s.period_first = w.period_first AND s.period_last = w.period_last
    WHERE w.programme IS NULL AND w.provider IS NULL
)
WHERE ABS(amount - sum_amount) > slack AND (unit = :currency OR sum_amount < amount)
ORDER BY region, period_first, period_last, measure, version
