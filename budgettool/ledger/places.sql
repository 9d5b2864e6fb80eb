-- The cells behind the figures, at most five a slice and unit, in the order of posting. It follows standing.sql.
SELECT p.slice, p.unit, p.submission, p.sheet, p.cell
FROM (
    SELECT
        e.slice, e.unit, e.submission, e.sheet, e.cell, e.number,
        ROW_NUMBER() OVER (PARTITION BY e.slice, e.unit ORDER BY e.number) AS position
    FROM entry e
    JOIN standing c ON c.slice = e.slice AND c.submission = e.submission
) p
WHERE p.position <= 5
ORDER BY p.slice, p.unit, p.position
