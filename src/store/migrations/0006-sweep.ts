/** Which sweep a run belongs to, with its place there; NULL for a run that was started alone. */
export const sweep = `
ALTER TABLE run ADD COLUMN sweep TEXT;
`
