-- What every check can ask, beside the tables of the workbench. Amounts and `fuzz` are whole minor units
-- (tiyn; people as they are), days are texts like 2019-03-05. All of it is the transfer's money and the people.
--
-- stated   the figures, with `fuzz`, the part of a figure's resolution that explains a difference (half of it
--          either way; none where it is stated to the tiyn, all where it is about or more than), and `kind` of its period; counted since January,
--          a figure begins on 1 January
-- told     of the figures for one cell and span the one that is believed: the ministry's for allocation and
--          transfer, else the region's own, else the latest
-- whole    a region's figure for a span: its own, else the sum over its programmes, else over its providers
-- plan     the version of a region's allocation that counts for a span
-- since    a region's money from 1 January to `period_last`: as stated, else the sum of all months until then
-- flow     since, and where nothing earlier of the year is known a later month or quarter by itself (`alone` is 1)
stated AS (
    SELECT
        number, reporter, COALESCE(region, :country) AS region, programme, provider, measure, version, cumulative, unit, amount, as_of,
        submission,
        CASE WHEN cumulative = 1 AND substr(period_first, 1, 4) = substr(period_last, 1, 4)
            THEN substr(period_last, 1, 4) || '-01-01' ELSE period_first END AS period_first,
        period_last,
        CASE WHEN qualifier IS NOT NULL THEN 2 * ABS(amount) WHEN unit = 'person' OR resolution <= entries THEN 0 ELSE resolution END AS fuzz,
        CASE
            WHEN period_first = period_last THEN 'day'
            WHEN period_first LIKE '%-01' AND period_last = date(period_first, '+1 month', '-1 day') THEN 'month'
            WHEN period_first LIKE '%-01' AND period_last = date(period_first, '+3 month', '-1 day') THEN 'quarter'
            WHEN period_first LIKE '%-01-01' AND period_last = date(period_first, '+12 month', '-1 day') THEN 'year'
            ELSE 'span'
        END AS kind
    FROM figure
    WHERE category IS NULL
        AND (funding IS NULL OR funding IN ('republic', '011'))
        AND (funding IS NOT NULL OR programme IS NULL OR programme NOT GLOB '[0-9][0-9][0-9].[0-9][0-9][0-9].015*')
        AND unit IN (:currency, 'person')
),
told AS (
    SELECT *, CAST(julianday(period_last) - julianday(period_first) AS INTEGER) + 1 AS days
    FROM (
        SELECT
            *,
            ROW_NUMBER() OVER (
                PARTITION BY region, programme, provider, measure, version, period_first, period_last, cumulative
                ORDER BY
                    measure IN ('allocation', 'transfer') AND COALESCE(reporter, :country) = :country DESC,
                    COALESCE(reporter, '') = region DESC, submission DESC, COALESCE(reporter, ''), number
            ) AS place
        FROM stated
    )
    WHERE place = 1
),
whole AS (
    SELECT
        region, measure, version, period_first, period_last, kind, days, SUM(amount) AS amount, SUM(fuzz) AS fuzz, MAX(as_of) AS as_of,
        MIN(number) AS figure
    FROM (
        SELECT
            *,
            MIN(tier) OVER (PARTITION BY region, measure, version, period_first, period_last) AS coarsest
        FROM (
            SELECT
                *,
                CASE WHEN provider IS NOT NULL THEN 2 WHEN programme IS NOT NULL THEN 1 ELSE 0 END AS tier,
                ROW_NUMBER() OVER (
                    PARTITION BY region, programme, provider, measure, version, period_first, period_last ORDER BY cumulative DESC
                ) AS turn
            FROM told
        )
        WHERE turn = 1
    ) t
    WHERE tier = coarsest AND NOT EXISTS (
        SELECT 1 FROM told o
        WHERE o.region = t.region AND o.measure = t.measure AND o.version IS t.version AND o.provider IS t.provider
            AND o.period_first = t.period_first AND o.period_last = t.period_last
            AND t.programme IS NOT NULL
            AND (o.programme IS NULL OR substr(t.programme, 1, length(o.programme) + 1) = o.programme || '.')
    )
    GROUP BY region, measure, version, period_first, period_last, kind, days
),
plan AS (
    SELECT * FROM (
        SELECT
            w.*,
            ROW_NUMBER() OVER (
                PARTITION BY region, period_first, period_last
                ORDER BY CASE
                    WHEN version = 'revised' AND as_of > (
                        SELECT c.as_of FROM whole c
                        WHERE c.region = w.region AND c.measure = 'allocation' AND c.version = 'corrected'
                            AND c.period_first = w.period_first AND c.period_last = w.period_last
                    ) THEN 0
                    WHEN version = 'corrected' THEN 1
                    WHEN version = 'revised' THEN 2
                    WHEN version = 'approved' THEN 3
                    ELSE 4
                END
            ) AS place
        FROM whole w
        WHERE measure = 'allocation' AND (version IS NULL OR version IN ('approved', 'revised', 'corrected'))
    )
    WHERE place = 1
),
since AS (
    SELECT * FROM (
        SELECT
            *,
            ROW_NUMBER() OVER (PARTITION BY region, measure, version, period_last ORDER BY summed) AS place
        FROM (
            SELECT region, measure, version, period_first, period_last, amount, fuzz, figure, 0 AS summed
            FROM whole
            WHERE period_first LIKE '%-01-01' AND substr(period_first, 1, 4) = substr(period_last, 1, 4)
            UNION ALL
            SELECT l.region, l.measure, l.version, MIN(m.period_first), l.period_last, SUM(m.amount), SUM(m.fuzz), l.figure, 1
            FROM whole l JOIN whole m
                ON m.region = l.region AND m.measure = l.measure AND m.version IS l.version AND m.kind = 'month'
                AND m.period_last <= l.period_last AND substr(m.period_last, 1, 4) = substr(l.period_last, 1, 4)
            WHERE l.kind = 'month'
            GROUP BY l.region, l.measure, l.version, l.period_last, l.figure
            HAVING COUNT(*) = CAST(substr(l.period_last, 6, 2) AS INTEGER)
        )
    )
    WHERE place = 1
),
flow AS (
    SELECT region, measure, version, period_first, period_last, amount, fuzz, figure, 0 AS alone FROM since
    UNION ALL
    SELECT w.region, w.measure, w.version, w.period_first, w.period_last, w.amount, w.fuzz, w.figure, 1
    FROM whole w
    WHERE w.period_first NOT LIKE '%-01-01' AND w.kind IN ('month', 'quarter') AND NOT EXISTS (
        SELECT 1 FROM whole e
        WHERE e.region = w.region AND e.measure IN ('transfer', 'receipt', 'commitment', 'disbursement')
            AND substr(e.period_last, 1, 4) = substr(w.period_last, 1, 4) AND e.period_first < w.period_first
    )
)
