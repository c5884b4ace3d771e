/** What of a film the browser counts by, told once when its row is written, so that one index answers every question. */

/** A film's shortest side, as facets name it. */
export const sizeOf = (rows: string, columns: string): string =>
  `CASE WHEN min(${rows}, ${columns}) < 512 THEN 'small'
    WHEN min(${rows}, ${columns}) < 1024 THEN 'medium'
    WHEN min(${rows}, ${columns}) < 2048 THEN 'large' ELSE 'full' END`

/** Of films of one patient in a data set. */
export const perPatientOf = (films: string): string =>
  `CASE WHEN ${films} < 2 THEN 'one' WHEN ${films} < 5 THEN 'few' ELSE 'many' END`

/** PS3.5 6.2, AS: three figures and a unit; older files write fewer. */
const isAge = (text: string) =>
  ['[0-9]', '[0-9][0-9]', '[0-9][0-9][0-9]']
    .map((figures) => `${text} GLOB '${figures}[DWMY]'`)
    .join(' OR ')

const fact = (dicom: string, name: string) => `trim(json_extract(${dicom}, '$.${name}'))`

/** As `ageInYears` tells it; a table's word goes before the file's. NULL where nobody tells. */
const yearsOf = (age: string, dicom: string): string => {
  const told = fact(dicom, 'patientAge')
  const days = `julianday(${fact(dicom, 'studyDate')}) - julianday(${fact(dicom, 'patientBirthDate')})`
  return `coalesce(${age},
    CASE WHEN ${isAge(told)} THEN CAST(${told} AS REAL) * CASE substr(${told}, -1)
      WHEN 'D' THEN 1 / 365.25 WHEN 'W' THEN 7 / 365.25 WHEN 'M' THEN 1 / 12.0 ELSE 1.0 END END,
    CASE WHEN ${days} BETWEEN 0 AND 150 * 365.25 THEN (${days}) / 365.25 END)`
}

/** The band of medicine that an age falls into; NULL where nobody tells it. */
export const ageBandOf = (age: string, dicom: string): string =>
  `(SELECT CASE WHEN years < 1 THEN 'infant' WHEN years < 6 THEN 'small-child'
    WHEN years < 18 THEN 'child' WHEN years < 40 THEN 'adult' WHEN years < 65 THEN 'middle'
    WHEN years >= 65 THEN 'old' END FROM (SELECT ${yearsOf(age, dicom)} AS years))`

/** PA, AP …, or lateral whichever way it is written (see `isLateral`); NULL where nobody tells. */
export const viewOf = (view: string, dicom: string): string =>
  `(SELECT CASE WHEN said IN ('LL', 'RL', 'LLD', 'RLD', 'LAT', 'LATERAL', 'ML', 'LM') THEN 'lateral'
    ELSE nullif(said, '') END
    FROM (SELECT upper(trim(coalesce(${view}, json_extract(${dicom}, '$.viewPosition')))) AS said))`
