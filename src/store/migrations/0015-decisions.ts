/** A decision on a finding belongs to the edit that it came with; how the film was before is told there. */
export const decisions = `
ALTER TABLE quality_decision ADD COLUMN edit INTEGER;
ALTER TABLE quality_decision DROP COLUMN excluded_before;
ALTER TABLE quality_decision DROP COLUMN class_before;
CREATE INDEX edit_of_edit ON edit (of, number) WHERE of IS NOT NULL;
`
