/** What DICOM files say of their films, and a quick way to the other films of a patient. */
export const dicom = `
ALTER TABLE image ADD COLUMN dicom TEXT;
CREATE INDEX image_by_patient ON image (patient);
`
