/** Edits of films, versions of data sets, what was looked at, and what leaked. */
export const dataSets = `
-- JSON list of words.
ALTER TABLE image ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
CREATE INDEX image_by_set_patient ON image (dataset_id, patient);

-- JSON; NULL while the usual rules hold.
ALTER TABLE dataset ADD COLUMN patient_rules TEXT;

-- Only ever added to: an undo is an edit of its own.
CREATE TABLE edit (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- The edit that is undone or done again.
  of INTEGER,
  title TEXT NOT NULL,
  films INTEGER NOT NULL
) STRICT;
CREATE INDEX edit_of_dataset ON edit (dataset_id, number);
CREATE TABLE edited_film (
  edit INTEGER NOT NULL REFERENCES edit (number) ON DELETE CASCADE,
  image_id TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (edit, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edited_film_by_image ON edited_film (image_id);

CREATE TABLE dataset_version (
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  films INTEGER NOT NULL,
  excluded INTEGER NOT NULL,
  -- The last edit that is in it; 0 for the films as they were imported.
  edit INTEGER NOT NULL,
  why TEXT NOT NULL,
  PRIMARY KEY (dataset_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_view (
  id TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  filter TEXT NOT NULL
) STRICT;
CREATE INDEX saved_view_of_dataset ON saved_view (dataset_id, name);

-- Each time that figures of test films were made; what was seen stays seen when the model is deleted.
CREATE TABLE test_look (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  dataset_hash TEXT NOT NULL,
  model_id TEXT NOT NULL,
  at TEXT NOT NULL,
  occasion TEXT NOT NULL
) STRICT;
CREATE INDEX test_look_of_version ON test_look (dataset_hash, model_id);

ALTER TABLE run ADD COLUMN leak TEXT;
ALTER TABLE run ADD COLUMN dataset_hash TEXT;
ALTER TABLE assessment ADD COLUMN dataset_hash TEXT;
`
