/** Why a scored film may be none of those that its model was made for, JSON; NULL where it was not asked yet. */
export const outside = `
ALTER TABLE prediction ADD COLUMN outside TEXT;
`
