-- The practice: everything a coach and the clients entered, in one file.
--
-- What people wrote is kept as BLOB: it is opaque to SQL.  No query looks inside it, no index holds a copy of it, so
-- it can be erased, encrypted or moved without leaving a trace.  Ids are UUIDs made by the program (their order is the
-- order of making), times are UTC milliseconds and are never used for order.
--
-- `sum` is a checksum over the other columns of its row in the order written here; the program checks it at every
-- reading, so that damage on the disk is named and never shown as somebody's words.

-- The persons coached.
CREATE TABLE client(
  id        TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  name      BLOB    NOT NULL,
  pseudonym BLOB    NOT NULL,
  email     BLOB    NOT NULL,
  language  TEXT    NOT NULL,      -- in which the client is spoken to: "en", "fr"
  coach     TEXT    NOT NULL,      -- to whom the client belongs
  created   INTEGER NOT NULL,
  sum       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whole workflows as they were when a journey was pinned to them.  A row never changes.
CREATE TABLE bundle(
  hash      TEXT    NOT NULL PRIMARY KEY CHECK (hash <> ''),
  workflow  TEXT    NOT NULL,
  archive   BLOB    NOT NULL,
  added     INTEGER NOT NULL,
  sum       INTEGER NOT NULL
) STRICT;

-- One client's walk through one pinned workflow.
CREATE TABLE journey(
  id        TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  client    TEXT    NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  workflow  TEXT    NOT NULL,
  bundle    TEXT    NOT NULL REFERENCES bundle(hash) ON DELETE RESTRICT,
  seed      TEXT    NOT NULL,
  language  TEXT    NOT NULL,
  cycle     INTEGER NOT NULL CHECK (cycle >= 1),
  started   INTEGER NOT NULL,
  closed    INTEGER NOT NULL CHECK (closed >= 0), -- 0 while the journey is open
  sum       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX journey_of_client ON journey(client, id);

-- One sitting of coach and client within a journey: what the hours log counts.
CREATE TABLE session(
  id        TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  journey   TEXT    NOT NULL REFERENCES journey(id) ON DELETE CASCADE,
  kind      TEXT    NOT NULL,
  started   INTEGER NOT NULL,
  ended     INTEGER NOT NULL CHECK (ended >= 0),  -- 0 while the session is open
  minutes   INTEGER NOT NULL CHECK (minutes >= 0),
  sum       INTEGER NOT NULL,
  UNIQUE (journey, id)             -- lists a journey's sessions; and an event's session is of the event's journey
) STRICT, WITHOUT ROWID;

-- What people entered, in order.  Rows are only added; an erased client is the one exception.
CREATE TABLE event(
  journey   TEXT    NOT NULL REFERENCES journey(id) ON DELETE CASCADE,
  seq       INTEGER NOT NULL CHECK (seq >= 1), -- 1, 2, 3 ... without gaps; order is by seq, never by time
  kind      TEXT    NOT NULL CHECK (kind IN ('answered', 'skipped', 'cleared', 'undone', 'redone', 'elapsed',
                                             'migrated', 'redacted')),
  key       TEXT    NOT NULL,      -- the question's key; empty for undone and redone
  value     BLOB    NOT NULL,      -- the answer as JSON, or the reason of a skip
  wording   TEXT    NOT NULL,      -- hash of the question as it was worded and shown, or empty
  language  TEXT    NOT NULL,      -- in which it was worded
  session   TEXT,                  -- NULL: entered outside of any session
  actor     TEXT    NOT NULL,      -- who entered it
  role      TEXT    NOT NULL CHECK (role IN ('client', 'coach', 'clock')),
  refers    INTEGER NOT NULL CHECK (refers >= 0), -- undone, redone: the seq meant; else 0
  at        INTEGER NOT NULL,
  day       TEXT    NOT NULL,      -- the day where it was entered, "2026-11-23": a run reads this, never the time zone
  sum       INTEGER NOT NULL,
  PRIMARY KEY (journey, seq),      -- a journey's events lie side by side, and the last seq is one step away
  FOREIGN KEY (journey, session) REFERENCES session(journey, id)
) STRICT, WITHOUT ROWID;

-- Questions exactly as they were shown, by hash.  A row never changes.
CREATE TABLE wording(
  hash      TEXT    NOT NULL PRIMARY KEY CHECK (hash <> ''),
  text      BLOB    NOT NULL,
  sum       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Remarks of coach or client.  No script ever sees them.
CREATE TABLE note(
  id         TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  journey    TEXT    NOT NULL REFERENCES journey(id) ON DELETE CASCADE,
  key        TEXT    NOT NULL,     -- the question it belongs to, or empty
  text       BLOB    NOT NULL,
  visibility TEXT    NOT NULL CHECK (visibility IN ('private', 'shared', 'sensitive')),
  session    TEXT,                 -- NULL: written outside of any session
  at         INTEGER NOT NULL,
  sum        INTEGER NOT NULL,
  FOREIGN KEY (journey, session) REFERENCES session(journey, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_of_journey ON note(journey, id);

-- The latest outcome of each journey, so that lists are fast.  May be emptied at any time: it is computed again.
CREATE TABLE outcome(
  journey   TEXT    NOT NULL PRIMARY KEY REFERENCES journey(id) ON DELETE CASCADE,
  seq       INTEGER NOT NULL,      -- of the last event it takes into account
  outcome   BLOB    NOT NULL,
  sum       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who did what, without any content: a verb and the id it concerned.  `chain` is the SHA-256 of the chain before it
-- and this row, and seq counts up for ever, so a row that is changed, moved or missing is found.
CREATE TABLE audit(
  seq       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  verb      TEXT    NOT NULL,
  subject   TEXT    NOT NULL,
  chain     TEXT    NOT NULL
) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
