-- The tables of a ledger, schema 2. Nothing here is ever changed or deleted: a record voids, closes or
-- reopens by being added, and the triggers at the end refuse all else.

CREATE TABLE schema_number (
    number INTEGER NOT NULL PRIMARY KEY
) STRICT;

INSERT INTO schema_number (number) VALUES (2);

-- One record for each thing that was done: the links of the chain.
CREATE TABLE record (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    kind TEXT NOT NULL CHECK (kind IN ('submission', 'voiding', 'closing', 'reopening', 'rates', 'purge')),
    at TEXT NOT NULL,                            -- UTC, 2023-08-03T09:15:00Z; the one column that no digest covers
    file TEXT,                                   -- name of the file as it was given
    sha256 TEXT,                                 -- digest of the file's bytes
    source TEXT,                                 -- name in sources/; null where the file was not kept
    reporter TEXT,
    entries INTEGER NOT NULL CHECK (entries >= 0), -- of a submission its entries, of rates their lines
    target INTEGER REFERENCES record (number),   -- the record that a voiding voids
    period_first TEXT,
    period_last TEXT,                            -- the period that was closed or reopened
    reason TEXT,
    content TEXT NOT NULL,                       -- digest of the entries or rates
    held TEXT NOT NULL,                          -- digest of what was held back
    previous TEXT NOT NULL,                      -- digest of the record before
    digest TEXT NOT NULL UNIQUE,                 -- digest of this record
    form TEXT,                                   -- the form that a submission was read with, since schema 2
    form_text TEXT,                              -- and what the form said then
    CHECK ((kind = 'submission') = (file IS NOT NULL AND kind <> 'rates')),
    CHECK (kind <> 'submission' OR sha256 IS NOT NULL),
    CHECK ((kind = 'voiding') = (target IS NOT NULL)),
    CHECK ((kind IN ('closing', 'reopening')) = (period_first IS NOT NULL AND period_last IS NOT NULL))
) STRICT;

CREATE INDEX record_content ON record (content);
CREATE INDEX record_sha256 ON record (sha256);

-- What figures are about; each slice stands here once. `key` is a digest of the columns after it.
CREATE TABLE slice (
    number INTEGER NOT NULL PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    reporter TEXT,
    region TEXT,
    programme TEXT,
    funding TEXT,
    provider TEXT,
    measure TEXT NOT NULL,
    version TEXT,
    category TEXT,
    period_first TEXT NOT NULL,
    period_last TEXT NOT NULL CHECK (period_last >= period_first),
    cumulative INTEGER NOT NULL CHECK (cumulative IN (0, 1))
) STRICT;

-- One figure from one cell. Amounts are whole minor units: tiyn, cents, people.
CREATE TABLE entry (
    number INTEGER NOT NULL PRIMARY KEY,
    submission INTEGER NOT NULL REFERENCES record (number),
    slice INTEGER NOT NULL REFERENCES slice (number),
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    line INTEGER NOT NULL,
    raw TEXT NOT NULL,
    amount INTEGER NOT NULL,
    unit TEXT NOT NULL,
    resolution INTEGER NOT NULL CHECK (resolution >= 0),
    as_of TEXT,
    provider_bin TEXT,
    contract TEXT,
    qualifier TEXT CHECK (qualifier IN ('about', 'more-than', 'less-than'))
) STRICT;

-- It covers the reduction to figures, which then reads no entry.
CREATE INDEX entry_figure ON entry (slice, submission, unit, amount, resolution, as_of, qualifier);

-- It finds what one submission states, however large the ledger is.
CREATE INDEX entry_submission ON entry (submission, slice);

-- What an import held back: where it stands and why, never what it says.
CREATE TABLE held (
    submission INTEGER NOT NULL REFERENCES record (number),
    position INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    line INTEGER NOT NULL,
    cell TEXT,
    code TEXT NOT NULL,
    region TEXT,
    period_first TEXT,
    period_last TEXT,
    PRIMARY KEY (submission, position)
) STRICT;

CREATE TABLE rate (
    record INTEGER NOT NULL REFERENCES record (number),
    position INTEGER NOT NULL,
    base TEXT NOT NULL,
    quote TEXT NOT NULL,
    period_first TEXT NOT NULL,
    period_last TEXT NOT NULL CHECK (period_last >= period_first),
    kind TEXT NOT NULL,
    value TEXT NOT NULL,                         -- decimal, as printed
    nominal INTEGER NOT NULL CHECK (nominal > 0),
    source TEXT NOT NULL,
    PRIMARY KEY (record, position)
) STRICT;

CREATE TRIGGER record_stays BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'records are never changed'); END;
CREATE TRIGGER record_remains BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'records are never deleted'); END;
CREATE TRIGGER slice_stays BEFORE UPDATE ON slice BEGIN SELECT RAISE(ABORT, 'slices are never changed'); END;
CREATE TRIGGER slice_remains BEFORE DELETE ON slice BEGIN SELECT RAISE(ABORT, 'slices are never deleted'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER held_stays BEFORE UPDATE ON held BEGIN SELECT RAISE(ABORT, 'what was held back is never changed'); END;
CREATE TRIGGER held_remains BEFORE DELETE ON held BEGIN SELECT RAISE(ABORT, 'what was held back is never deleted'); END;
CREATE TRIGGER rate_stays BEFORE UPDATE ON rate BEGIN SELECT RAISE(ABORT, 'rates are never changed'); END;
CREATE TRIGGER rate_remains BEFORE DELETE ON rate BEGIN SELECT RAISE(ABORT, 'rates are never deleted'); END;
