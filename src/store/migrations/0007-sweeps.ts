/** Sweeps as they were written; how far each is, its runs tell. */
export const sweeps = `
CREATE TABLE sweep (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  dataset_id TEXT REFERENCES dataset (id) ON DELETE SET NULL,
  dataset_name TEXT NOT NULL,
  text TEXT NOT NULL,
  priority INTEGER NOT NULL,
  halving TEXT,
  configurations TEXT NOT NULL
) STRICT;
CREATE INDEX run_by_sweep ON run (json_extract(sweep, '$.id'));
`
