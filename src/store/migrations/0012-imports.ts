/** Labels from tables, imports that can be gone on with, and originals that can be told from others. */
export const imports = `
-- Years, and PA, AP, lateral …, as a table says.
ALTER TABLE image ADD COLUMN age REAL;
ALTER TABLE image ADD COLUMN view TEXT;
-- Of the original when its pixels were read, milliseconds since 1970.
ALTER TABLE image ADD COLUMN modified_ms REAL;
-- What the last look at the original found: 'missing', 'changed'; NULL: it is what was imported.
ALTER TABLE image ADD COLUMN original TEXT;
CREATE INDEX image_not_original ON image (dataset_id, original) WHERE original IS NOT NULL;
ALTER TABLE refusal ADD COLUMN line INTEGER;
-- JSON: the table that said what the films show.
ALTER TABLE dataset ADD COLUMN labels TEXT;
-- JSON: what is to be imported; NULL once it is.
ALTER TABLE dataset ADD COLUMN import_order TEXT;
-- ISO 8601: when a person last had all originals looked at.
ALTER TABLE dataset ADD COLUMN checked_at TEXT;
`
