-- Which submission counts for each slice: the head of every question about figures.
--   readings   of submissions with the same bytes that were not voided, only the last reading counts
--   asked      the slices that the question is about (the mark below is replaced by a condition)
--   standing   for each slice the last of the counting submissions that state it
-- Plain SQL that SQLite, PostgreSQL, DuckDB and Spark answer alike.
WITH readings AS (
    SELECT r.sha256, MAX(r.number) AS submission
    FROM record r
    WHERE r.kind = 'submission'
      AND r.number NOT IN (SELECT v.target FROM record v WHERE v.kind = 'voiding' AND v.target IS NOT NULL)
    GROUP BY r.sha256
),
asked AS (
    SELECT s.number AS slice
    FROM slice s
    WHERE 1 = 1 /*asked*/
),
standing AS (
    SELECT e.slice, MAX(e.submission) AS submission
    FROM entry e
    JOIN asked a ON a.slice = e.slice
    JOIN readings c ON c.submission = e.submission
    GROUP BY e.slice
)
