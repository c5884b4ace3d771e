/** What a model said of judged films that were changed where no disease is. */
export const shortcuts = `
CREATE TABLE shortcut_film (
  assessment_id TEXT NOT NULL,
  image_id TEXT NOT NULL,
  change TEXT NOT NULL,
  -- JSON, one a class.
  probabilities TEXT NOT NULL,
  -- Of the last class, and of the likeliest class.
  score REAL NOT NULL,
  predicted INTEGER NOT NULL,
  -- How far the probabilities moved: half the sum over the classes.
  shift REAL NOT NULL,
  PRIMARY KEY (assessment_id, change, image_id),
  FOREIGN KEY (assessment_id, image_id)
    REFERENCES assessed_film (assessment_id, image_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
`
