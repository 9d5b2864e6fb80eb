-- Which submission counts for each slice: the head of every question about figures.
--   readings   of submissions with the same bytes that were not voided, only the last reading counts
--   standing   for each slice the last of the counting submissions that state it
-- The mark below is replaced by a condition where a question is about some slices only.
-- Plain SQL that SQLite, PostgreSQL, DuckDB and Spark answer alike. Membership is asked with IN: as a join,
-- SQLite would go through all readings anew for each entry.
WITH readings AS (
    SELECT MAX(r.number) AS submission
    FROM record r
    WHERE r.kind = 'submission'
      AND r.number NOT IN (SELECT v.target FROM record v WHERE v.kind = 'voiding' AND v.target IS NOT NULL)
    GROUP BY r.sha256
),
standing AS (
    SELECT e.slice, MAX(e.submission) AS submission
    FROM entry e
    WHERE e.submission IN (SELECT submission FROM readings) /*asked*/
    GROUP BY e.slice
)
