/** The first shape of the library. Never changed: what comes later is a migration of its own. */
export const library = `
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  program TEXT NOT NULL,
  pid INTEGER NOT NULL,
  seen_at TEXT NOT NULL
) STRICT;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE dataset (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  root TEXT NOT NULL,
  layout TEXT NOT NULL,
  classes TEXT NOT NULL,
  images INTEGER NOT NULL,
  patients INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  duplicates INTEGER NOT NULL,
  synthetic INTEGER NOT NULL,
  counts TEXT NOT NULL,
  patient_rule TEXT,
  -- Of the program that is filling it; NULL once it is complete.
  session_id TEXT
) STRICT;

CREATE TABLE image (
  id TEXT PRIMARY KEY,
  dataset_id TEXT REFERENCES dataset (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  file_name TEXT NOT NULL,
  class_name TEXT,
  part TEXT,
  patient TEXT NOT NULL,
  format TEXT NOT NULL,
  rows INTEGER NOT NULL,
  columns INTEGER NOT NULL,
  samples_per_pixel INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  file_hash TEXT NOT NULL,
  pixel_hash TEXT NOT NULL,
  synthetic INTEGER NOT NULL,
  thumbnail TEXT NOT NULL
) STRICT;
CREATE INDEX image_in_order ON image (dataset_id, position);
CREATE INDEX image_by_facet ON image (dataset_id, class_name, part);
CREATE INDEX image_by_file ON image (file_hash);

CREATE TABLE refusal (
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  path TEXT NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (dataset_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  dataset_id TEXT REFERENCES dataset (id) ON DELETE SET NULL,
  dataset_name TEXT NOT NULL,
  recipe TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  spec TEXT NOT NULL,
  settings TEXT NOT NULL,
  params INTEGER NOT NULL,
  best_epoch INTEGER,
  films TEXT,
  baseline_accuracy REAL,
  test TEXT,
  model_id TEXT,
  job_id TEXT,
  session_id TEXT
) STRICT;

CREATE TABLE epoch (
  run_id TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  report TEXT NOT NULL,
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE model (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  manifest TEXT NOT NULL,
  params INTEGER NOT NULL,
  run_id TEXT REFERENCES run (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE prediction (
  file_hash TEXT NOT NULL,
  model_id TEXT NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  probabilities TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (file_hash, model_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX prediction_by_model ON prediction (model_id);

CREATE TABLE verdict (
  file_hash TEXT PRIMARY KEY,
  verdict TEXT,
  note TEXT,
  decided_at TEXT NOT NULL
) STRICT;

CREATE TABLE worklist (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  image_id TEXT NOT NULL UNIQUE REFERENCES image (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  subject_id TEXT,
  created_at TEXT NOT NULL,
  ended_at TEXT,
  session_id TEXT NOT NULL
) STRICT;
CREATE INDEX job_unfinished ON job (session_id) WHERE ended_at IS NULL;
`
