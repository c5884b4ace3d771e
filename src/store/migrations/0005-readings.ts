/**
 * What readers draw on films, which films tell black from white wrong, and every verdict with its times: the one
 * that stands is the newest. All by film content, so that a film opened under another name keeps them.
 */
export const readings = `
CREATE TABLE film_marks (
  file_hash TEXT PRIMARY KEY,
  marks TEXT NOT NULL,
  ruler TEXT NOT NULL,
  changed_at TEXT NOT NULL
) STRICT;

CREATE TABLE turned_film (file_hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE reading (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  file_hash TEXT NOT NULL,
  verdict TEXT NOT NULL,
  -- NULL where it is not known.
  seconds REAL,
  decided_at TEXT NOT NULL,
  -- Whether the reader knew the model's score.
  score_seen INTEGER NOT NULL
) STRICT;
CREATE INDEX reading_of_film ON reading (file_hash);

INSERT INTO reading (file_hash, verdict, decided_at, score_seen)
  SELECT file_hash, verdict, decided_at, 1 FROM verdict WHERE verdict IS NOT NULL;
`
