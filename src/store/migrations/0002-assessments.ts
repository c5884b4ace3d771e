/** What models said of labelled films, film by film: what a score card is made of. */
export const assessments = `
CREATE TABLE assessment (
  id TEXT PRIMARY KEY,
  model_id TEXT NOT NULL REFERENCES model (id) ON DELETE CASCADE,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  -- Whether the model was trained on films of this data set.
  internal INTEGER NOT NULL,
  set_hash TEXT NOT NULL,
  refused INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (model_id, dataset_id, part)
) STRICT;

CREATE TABLE assessed_film (
  assessment_id TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
  image_id TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  label INTEGER NOT NULL,
  -- JSON, one a class.
  probabilities TEXT NOT NULL,
  -- Of the last class, of the likeliest class, and of the film's own class.
  score REAL NOT NULL,
  predicted INTEGER NOT NULL,
  own_score REAL NOT NULL,
  PRIMARY KEY (assessment_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assessed_most_wrong ON assessed_film (assessment_id, own_score);
`
