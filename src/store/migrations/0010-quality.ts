/**
 * What films were found to be, what that makes of a data set, and what a person decided. Facts are kept by film content,
 * so that a film that is known under another name is not measured again.
 */
export const quality = `
ALTER TABLE image ADD COLUMN excluded INTEGER NOT NULL DEFAULT 0;
CREATE INDEX image_excluded ON image (dataset_id) WHERE excluded = 1;
CREATE INDEX image_by_pixels ON image (dataset_id, pixel_hash);

CREATE TABLE film_quality (
  file_hash TEXT PRIMARY KEY,
  -- Of the measuring: facts of another version are measured again.
  version TEXT NOT NULL,
  -- JSON; NULL for a film that could not be read, then the reason is there.
  facts TEXT,
  refused TEXT,
  -- Pooled features of the bundled model, float32 in base64; NULL without that model.
  features TEXT
) STRICT;

CREATE TABLE quality_check (
  dataset_id TEXT PRIMARY KEY REFERENCES dataset (id) ON DELETE CASCADE,
  checked_at TEXT NOT NULL,
  -- JSON: how many films, and what was left out and why.
  summary TEXT NOT NULL
) STRICT;

CREATE TABLE finding (
  id TEXT PRIMARY KEY,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  -- Within its kind, the most pressing first.
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- The class that other films speak for, of a suspicious label.
  suggested TEXT
) STRICT;
CREATE INDEX finding_in_order ON finding (dataset_id, kind, position);

CREATE TABLE finding_film (
  finding_id TEXT NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  image_id TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  PRIMARY KEY (finding_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_of_film ON finding_film (image_id);

-- One for each film and kind of finding, so that a later check does not ask again; the newest is undone first.
CREATE TABLE quality_decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  image_id TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  decision TEXT NOT NULL,
  -- How the film was before.
  excluded_before INTEGER NOT NULL,
  class_before TEXT,
  decided_at TEXT NOT NULL
) STRICT;
CREATE INDEX decision_on_film ON quality_decision (image_id, kind);
`
