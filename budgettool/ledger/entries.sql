-- Entries with what they are about and where they came from. It follows standing.sql; a condition takes the mark's place.
SELECT
    e.number, e.submission, r.file, r.sha256, r.source,
    s.reporter, s.region, s.programme, s.funding, s.provider, s.measure, s.version, s.category,
    s.period_first, s.period_last, s.cumulative,
    e.sheet, e.cell, e.line, e.raw, e.amount, e.unit, e.resolution, e.as_of, e.provider_bin, e.contract, e.qualifier,
    CASE WHEN c.slice IS NULL THEN 0 ELSE 1 END AS counts
FROM entry e
JOIN slice s ON s.number = e.slice
JOIN record r ON r.number = e.submission
LEFT JOIN standing c ON c.slice = e.slice AND c.submission = e.submission
WHERE 1 = 1 /*wanted*/
ORDER BY e.number
