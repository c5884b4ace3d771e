/**
 * A check's findings are written in pieces, and it counts once all are there. What a version's hash is made of is kept, so
 * that a change of one film asks for no more than a few others.
 */
export const checks = `
ALTER TABLE quality_check RENAME TO old_check;
ALTER TABLE finding RENAME TO old_finding;
ALTER TABLE finding_film RENAME TO old_finding_film;
DROP INDEX finding_in_order;
DROP INDEX finding_of_film;

CREATE TABLE quality_check (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  checked_at TEXT NOT NULL,
  -- JSON: how many films, and what was left out and why.
  summary TEXT NOT NULL,
  -- JSON: of each kind its findings, their films and the gravest.
  kinds TEXT NOT NULL,
  -- 'writing' its findings down; then it counts, and is 'flagging' the films until it is 'done'.
  state TEXT NOT NULL,
  -- Of the program that works on it; NULL once it is done.
  session_id TEXT
) STRICT;
CREATE INDEX check_of_dataset ON quality_check (dataset_id);

-- In their order, the most pressing of a kind first.
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  check_id INTEGER NOT NULL REFERENCES quality_check (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  severity TEXT NOT NULL,
  detail TEXT NOT NULL,
  -- The class that other films speak for, of a suspicious label.
  suggested TEXT
) STRICT;
CREATE TABLE finding_film (
  finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  image_id TEXT NOT NULL REFERENCES image (id) ON DELETE CASCADE,
  PRIMARY KEY (finding_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO quality_check (dataset_id, checked_at, summary, kinds, state)
  SELECT dataset_id, checked_at, summary,
    (SELECT json_group_array(json_object('kind', kind, 'findings', findings, 'films', films,
        'severity', CASE gravest WHEN 0 THEN 'high' WHEN 1 THEN 'medium' ELSE 'low' END))
      FROM (SELECT kind, count(DISTINCT id) AS findings, count(DISTINCT image_id) AS films,
          min(CASE severity WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END) AS gravest
        FROM old_finding JOIN old_finding_film ON finding_id = id
        WHERE old_finding.dataset_id = old_check.dataset_id GROUP BY kind)), 'done'
  FROM old_check;
-- Rows came in their order.
INSERT INTO finding SELECT old_finding.rowid, quality_check.id, kind, severity, detail, suggested
  FROM old_finding JOIN quality_check USING (dataset_id) ORDER BY 1;
INSERT INTO finding_film SELECT finding.id, old_finding_film.position, image_id
  FROM old_finding_film JOIN old_finding ON old_finding.id = finding_id
    JOIN finding ON finding.id = old_finding.rowid ORDER BY 1, 2;
DROP TABLE old_finding_film;
DROP TABLE old_finding;
DROP TABLE old_check;
CREATE INDEX finding_of_check ON finding (check_id, kind);
CREATE INDEX finding_of_film ON finding_film (image_id);

DROP INDEX image_by_pixels;
CREATE INDEX image_by_pixels ON image (dataset_id, pixel_hash, excluded);
DROP INDEX image_by_set_patient;
CREATE INDEX image_by_set_patient ON image (dataset_id, patient, excluded);

-- The lines that a data set's hash is made of (see \`version.ts\`), by the first three digits of the file's hash.
CREATE TABLE film_lines (
  dataset_id TEXT NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  bucket TEXT NOT NULL,
  -- NULL where a film has changed since they were written; empty where there is none any more.
  lines TEXT,
  PRIMARY KEY (dataset_id, bucket)
) STRICT, WITHOUT ROWID;
CREATE INDEX film_lines_to_write ON film_lines (dataset_id) WHERE lines IS NULL;
INSERT INTO film_lines (dataset_id, bucket)
  SELECT DISTINCT dataset_id, substr(file_hash, 1, 3) FROM image WHERE dataset_id IS NOT NULL;
CREATE TRIGGER film_lines_of_new AFTER INSERT ON image WHEN NEW.dataset_id IS NOT NULL BEGIN
  INSERT OR REPLACE INTO film_lines (dataset_id, bucket)
    VALUES (NEW.dataset_id, substr(NEW.file_hash, 1, 3));
END;
CREATE TRIGGER film_lines_of_changed
AFTER UPDATE OF dataset_id, file_hash, pixel_hash, class_name, patient, part, excluded ON image
WHEN OLD.dataset_id IS NOT NEW.dataset_id OR OLD.file_hash <> NEW.file_hash
  OR OLD.pixel_hash <> NEW.pixel_hash OR OLD.class_name IS NOT NEW.class_name
  OR OLD.patient <> NEW.patient OR OLD.part IS NOT NEW.part OR OLD.excluded <> NEW.excluded BEGIN
  UPDATE film_lines SET lines = NULL
    WHERE dataset_id = OLD.dataset_id AND bucket = substr(OLD.file_hash, 1, 3);
  INSERT OR REPLACE INTO film_lines (dataset_id, bucket)
    SELECT NEW.dataset_id, substr(NEW.file_hash, 1, 3) WHERE NEW.dataset_id IS NOT NULL;
END;
CREATE TRIGGER film_lines_of_deleted AFTER DELETE ON image BEGIN
  UPDATE film_lines SET lines = NULL
    WHERE dataset_id = OLD.dataset_id AND bucket = substr(OLD.file_hash, 1, 3);
END;
`
