import { tags } from './element.ts'
import { entryOf } from './entryOf.ts'
import type { DicomFile } from './openDicom.ts'
import { quoted } from './quoted.ts'
import { sopClassNames } from './sopClassNames.ts'

/** What a person calls it where the table's name says too little. */
const plainer: readonly (readonly [RegExp, string])[] = [
  [/^Encapsulated PDF/, 'PDF document'],
  [/ SR$|Report|^Key Object/, 'structured report'],
  [/^RT /, 'radiotherapy object'],
  [/Waveform|ECG|EEG/, 'waveform'],
  [/Presentation State/, 'presentation state'],
  [/Directory/, 'DICOMDIR'],
]

/** «Comprehensive SR (structured report)»; the SOP class alone where nobody knows it. */
export function nameOfObject({ dataSet, meta }: Pick<DicomFile, 'dataSet' | 'meta'>): string {
  const uid = dataSet.ascii(tags.sopClass) ?? meta.ascii(tags.mediaStorageSopClass)
  if (uid === undefined) return 'a DICOM object that does not say what it is'
  const name = entryOf(sopClassNames, uid)
  if (name === undefined) return `a DICOM object of the class ${quoted(uid)}`
  const kind = plainer.find(([pattern]) => pattern.test(name))?.[1]
  return kind === undefined ? name : `${name} (${kind})`
}
