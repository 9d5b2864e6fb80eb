-- How many entries of each region, period and submission there are, and how many of them count. It follows standing.sql.
SELECT
    s.region, s.period_first, s.period_last, r.file,
    COUNT(*) AS entries,
    CAST(SUM(CASE WHEN c.slice IS NULL THEN 0 ELSE 1 END) AS BIGINT) AS counting
FROM entry e
JOIN slice s ON s.number = e.slice
JOIN record r ON r.number = e.submission
LEFT JOIN standing c ON c.slice = e.slice AND c.submission = e.submission
GROUP BY s.region, s.period_first, s.period_last, e.submission, r.file
ORDER BY e.submission
