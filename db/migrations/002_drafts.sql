-- What somebody was typing and had not said yet, so that a crash does not take it: one draft for each question, gone
-- when the question is answered or left out, and with its journey.
CREATE TABLE draft(
  journey   TEXT    NOT NULL REFERENCES journey(id) ON DELETE CASCADE,
  key       TEXT    NOT NULL CHECK (key <> ''),
  fields    BLOB    NOT NULL,      -- of the form, as a browser sends them
  at        INTEGER NOT NULL,
  sum       INTEGER NOT NULL,
  PRIMARY KEY (journey, key)
) STRICT, WITHOUT ROWID;
