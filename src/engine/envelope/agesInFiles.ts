import { open } from 'node:fs/promises'
import type { AgeRange } from '../../shared/domain/envelope.ts'
import { inParallel } from '../data/inParallel.ts'
import { sniffFormat } from '../images/format.ts'
import { openDicom } from '../images/dicom/openDicom.ts'
import { ageInYears } from '../../shared/ageInYears.ts'

/** Bytes that hold what a file says of the patient, pixels left out. */
const HEAD = 64 * 1024
const LAST = 0x0010_ffff
const at = { studyDate: 0x0008_0020, birthDate: 0x0010_0030, age: 0x0010_1010 } as const
const LEAST_FILMS = 20

/** Between which years most patients lie (one in a hundred on each side is left out), where DICOM files tell; else undefined. */
export async function agesInFiles(paths: readonly string[]): Promise<AgeRange | undefined> {
  const found = await inParallel(paths, 16, ageIn)
  const ages = found.flatMap((years) => years ?? []).sort((a, b) => a - b)
  if (ages.length < LEAST_FILMS || ages.length < paths.length / 2) return undefined
  const inside = (share: number) => ages[Math.round(share * (ages.length - 1))]!
  return [Math.floor(inside(0.01)), Math.floor(inside(0.99))]
}

async function ageIn(path: string): Promise<number | undefined> {
  try {
    const head = await headOf(path)
    if (sniffFormat(head) !== 'dicom') return undefined
    const { dataSet } = openDicom(head, (tag) => tag > LAST)
    return ageInYears({
      patientAge: dataSet.ascii(at.age),
      patientBirthDate: day(dataSet.ascii(at.birthDate)),
      studyDate: day(dataSet.ascii(at.studyDate)),
    })
  } catch {
    // The film was read for the training; only its age is not known.
    return undefined
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

const day = (text: string | undefined): string | undefined =>
  text && /^\d{8}$/.test(text.trim())
    ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
    : undefined
