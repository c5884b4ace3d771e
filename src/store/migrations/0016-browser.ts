/** All that the browser counts by stands in the film's row, and one index in the order of its counting answers it. */
export const browser = `
ALTER TABLE image ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- JSON list of kinds of findings that nobody has decided on.
ALTER TABLE image ADD COLUMN flags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE image ADD COLUMN size TEXT NOT NULL DEFAULT 'small';
-- How many films of the patient there are: 'one', 'few' (up to four), 'many'.
ALTER TABLE image ADD COLUMN per_patient TEXT NOT NULL DEFAULT 'one';
ALTER TABLE image ADD COLUMN age_band TEXT;
ALTER TABLE image ADD COLUMN view_position TEXT;
-- Whether another film of the data set has the same pixels.
ALTER TABLE image ADD COLUMN copied INTEGER NOT NULL DEFAULT 0;
DROP INDEX image_by_facet;

UPDATE image SET
  size = CASE WHEN min(rows, columns) < 512 THEN 'small' WHEN min(rows, columns) < 1024 THEN 'medium'
    WHEN min(rows, columns) < 2048 THEN 'large' ELSE 'full' END,
  age_band = (SELECT CASE WHEN years < 1 THEN 'infant' WHEN years < 6 THEN 'small-child'
      WHEN years < 18 THEN 'child' WHEN years < 40 THEN 'adult' WHEN years < 65 THEN 'middle'
      WHEN years >= 65 THEN 'old' END
    FROM (SELECT coalesce(age,
      CASE WHEN told GLOB '[0-9][DWMY]' OR told GLOB '[0-9][0-9][DWMY]'
        OR told GLOB '[0-9][0-9][0-9][DWMY]' THEN CAST(told AS REAL) * CASE substr(told, -1)
          WHEN 'D' THEN 1 / 365.25 WHEN 'W' THEN 7 / 365.25 WHEN 'M' THEN 1 / 12.0 ELSE 1.0 END END,
      CASE WHEN days BETWEEN 0 AND 150 * 365.25 THEN days / 365.25 END) AS years
      FROM (SELECT trim(json_extract(dicom, '$.patientAge')) AS told,
        julianday(json_extract(dicom, '$.studyDate'))
          - julianday(json_extract(dicom, '$.patientBirthDate')) AS days))),
  view_position = (SELECT CASE WHEN said IN ('LL', 'RL', 'LLD', 'RLD', 'LAT', 'LATERAL', 'ML', 'LM')
      THEN 'lateral' ELSE nullif(said, '') END
    FROM (SELECT upper(trim(coalesce(view, json_extract(dicom, '$.viewPosition')))) AS said));
UPDATE image SET per_patient = CASE WHEN count < 5 THEN 'few' ELSE 'many' END
  FROM (SELECT dataset_id AS in_set, patient AS of_patient, count(*) AS count FROM image
    WHERE dataset_id IS NOT NULL GROUP BY dataset_id, patient HAVING count(*) > 1)
  WHERE dataset_id = in_set AND patient = of_patient;
UPDATE image SET copied = 1
  FROM (SELECT dataset_id AS in_set, pixel_hash AS picture FROM image
    WHERE dataset_id IS NOT NULL GROUP BY dataset_id, pixel_hash HAVING count(*) > 1)
  WHERE dataset_id = in_set AND pixel_hash = picture;
UPDATE image SET flags = kinds
  FROM (SELECT image_id, json_group_array(kind) AS kinds FROM
    (SELECT DISTINCT image_id, finding.kind AS kind
      FROM finding_film JOIN finding ON finding_id = finding.id
      WHERE NOT EXISTS (SELECT 1 FROM quality_decision
        WHERE quality_decision.image_id = finding_film.image_id
        AND quality_decision.kind = finding.kind) ORDER BY 1, 2) GROUP BY image_id)
  WHERE image.id = image_id;

CREATE INDEX image_by_facet ON image (dataset_id, class_name, part, excluded, size, per_patient,
  age_band, view_position, copied, flags, tags, patient, file_name, note);
`
