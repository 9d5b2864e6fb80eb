-- code: statements-differ
-- title: Two statements differ
-- why: Which of the two is right can't be told from the figures; the period is shown as disputed until then.
-- remedy: Compare the two reports and correct one of them.
-- severity: error
SELECT
    t.region, t.period_first, t.period_last, t.amount AS expected_minor, s.amount AS actual_minor,
    t.measure || COALESCE('.' || t.version, '') AS measure, t.unit, t.programme, t.provider,
    ABS(s.amount - t.amount) AS difference_minor,
    (s.fuzz + t.fuzz) / 2.0 + CASE t.unit WHEN :currency THEN MAX(:absolute, :relative * MAX(ABS(s.amount), ABS(t.amount))) ELSE 0 END
        AS limit_minor,
    NULLIF(COALESCE(t.reporter || '|', '') || COALESCE(s.reporter, ''), '') AS reporters_list,
    s.number AS figure, t.number AS other
FROM told t JOIN stated s
    ON s.region = t.region AND s.programme IS t.programme AND s.provider IS t.provider AND s.measure = t.measure AND s.version IS t.version
    AND s.period_first = t.period_first AND s.period_last = t.period_last AND s.cumulative = t.cumulative
    AND s.reporter IS NOT t.reporter
WHERE ABS(s.amount - t.amount) > (s.fuzz + t.fuzz) / 2.0
    + CASE t.unit WHEN :currency THEN MAX(:absolute, :relative * MAX(ABS(s.amount), ABS(t.amount))) ELSE 0 END
ORDER BY t.region, t.period_first, t.period_last, t.measure, t.version, t.programme, t.provider, s.reporter
