-- What counts now for slices: one line a slice and unit, with its sum and the first of its cells. It follows standing.sql.
SELECT
    f.slice, f.unit, f.submission, f.amount,
    s.reporter, s.region, s.programme, s.funding, s.provider, s.measure, s.version, s.category,
    s.period_first, s.period_last, s.cumulative,
    r.file, p.sheet, p.cell
FROM (
    SELECT e.slice, e.submission, e.unit, CAST(SUM(e.amount) AS BIGINT) AS amount, MIN(e.number) AS first
    FROM entry e
    JOIN standing c ON c.slice = e.slice AND c.submission = e.submission
    GROUP BY e.slice, e.submission, e.unit
) f
JOIN slice s ON s.number = f.slice
JOIN record r ON r.number = f.submission
JOIN entry p ON p.number = f.first
