-- The one question asked at scale: entries that count, reduced to one line a slice and unit.
-- It follows standing.sql. Sums are cast, nulls are ordered by name, nothing is divided.
SELECT
    s.number AS slice,
    s.reporter, s.region, s.programme, s.funding, s.provider, s.measure, s.version, s.category,
    s.period_first, s.period_last, s.cumulative,
    f.unit, f.amount, f.resolution, f.entries, f.as_of, f.qualifier, f.submission
FROM (
    SELECT
        e.slice, e.submission, e.unit,
        CAST(SUM(e.amount) AS BIGINT) AS amount,
        CAST(SUM(e.resolution) AS BIGINT) AS resolution,
        COUNT(*) AS entries,
        MAX(e.as_of) AS as_of,
        CASE WHEN COUNT(e.qualifier) = COUNT(*) AND MIN(e.qualifier) = MAX(e.qualifier) THEN MIN(e.qualifier) END AS qualifier
    FROM entry e
    JOIN standing c ON c.slice = e.slice AND c.submission = e.submission
    GROUP BY e.slice, e.submission, e.unit
) f
JOIN slice s ON s.number = f.slice
ORDER BY
    COALESCE(s.region, ''), s.period_first, s.period_last, COALESCE(s.programme, ''), COALESCE(s.provider, ''),
    COALESCE(s.funding, ''), COALESCE(s.reporter, ''), s.measure, COALESCE(s.version, ''), COALESCE(s.category, ''),
    s.cumulative, f.unit
