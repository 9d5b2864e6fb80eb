-- code: region-missing
-- title: Region has not reported
-- why: A total without one region looks like a total, and is too small.
-- remedy: Ask for the report; until then the country's total stays open.
-- severity: warning
-- Expected are the regions that the settings name, else those that reported another period; a unit that no longer
-- existed is not missed. The latest period is the one that ends last among what was reported, plans apart;
-- what the ministry says that it sent is no report of the region.
WITH reported AS (
    SELECT region, period_first, period_last, kind FROM told
    WHERE measure <> 'allocation' AND version IS NOT 'planned' AND region <> :country
        AND NOT (measure = 'transfer' AND COALESCE(reporter, :country) = :country)
),
latest AS (
    SELECT period_first, period_last FROM reported
    WHERE period_last = (SELECT MAX(period_last) FROM reported)
    GROUP BY period_first, period_last ORDER BY COUNT(*) DESC, period_first DESC LIMIT 1
)
SELECT e.region, l.period_first, l.period_last
FROM latest l, (
    SELECT value AS region FROM json_each(:regions)
    UNION
    SELECT region FROM reported WHERE json_array_length(:regions) = 0
) e
WHERE NOT EXISTS (SELECT 1 FROM reported r WHERE r.region = e.region AND substr(r.period_last, 1, 7) = substr(l.period_last, 1, 7))
    AND EXISTS (
        SELECT 1 FROM region u
        WHERE u.id = e.region AND (u.valid_from IS NULL OR u.valid_from <= l.period_last)
            AND (u.valid_to IS NULL OR u.valid_to >= l.period_first)
    )
ORDER BY e.region
