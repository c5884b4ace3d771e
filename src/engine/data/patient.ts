/** Who a film belongs to, as far as its name tells: films of one patient never stand on both sides of a split. */

interface PatientRule {
  /** In words, for the person who has to confirm it. */
  readonly words: string
  /** The key of a path relative to the data set's root, with / between folders. */
  readonly key: (path: string) => string | undefined
}

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/**
 * Public naming schemes. «Chest X-Ray Images (Pneumonia)» (Kermany et al., Mendeley Data v3) numbers its
 * pneumonia patients anew for each organism, so the organism belongs to the key.
 */
const rules: readonly PatientRule[] = [
  {
    words: 'personN_bacteria_M, personN_virus_M: one patient is one N with one organism',
    key: (path) => {
      const found = /^((?:[a-z0-9]+-)*)person(\d+)_(bacteria|virus)_\d/i.exec(fileName(path))
      return found ? `${found[1]!}person${found[2]!}_${found[3]!}`.toLowerCase() : undefined
    },
  },
  {
    words: 'IM-N-…, NORMAL2-IM-N-…: one patient is one N with one prefix',
    key: (path) => /^(?:[a-z0-9]+-)*IM-\d+(?=-)/i.exec(fileName(path))?.[0].toLowerCase(),
  },
  {
    words: 'NNNNNNNN_MMM (NIH ChestX-ray14): one patient is one number before the underscore',
    key: (path) => /^(000\d{5})_\d{3}\.\w+$/.exec(fileName(path))?.[1],
  },
  {
    words: 'a folder patientN (CheXpert) or pN (MIMIC-CXR) for each patient',
    key: (path) => /(?:^|\/)(patient\d+|p\d{8})\//i.exec(path)?.[1]?.toLowerCase(),
  },
]

/** Patient keys of all films of a data set, and the rules that read them in words. */
export interface PatientKeys {
  /** In the order of the paths. A film that no rule reads is its own patient, keyed by its path. */
  readonly keys: readonly string[]
  /** Undefined where every film is its own patient. */
  readonly rule: string | undefined
}

/** Reads patients from paths relative to the data set's root, with / between folders. */
export function patientKeys(paths: readonly string[]): PatientKeys {
  const used = new Set<PatientRule>()
  const keys = paths.map((path) => {
    for (const rule of rules) {
      const key = rule.key(path)
      if (key === undefined) continue
      used.add(rule)
      return key
    }
    return path
  })
  const words = rules.filter((rule) => used.has(rule)).map((rule) => rule.words)
  return { keys, rule: words.length === 0 ? undefined : words.join('; ') }
}

/** A folder that stands for a patient or an examination, never for a class. */
export const isPatientFolder = (name: string): boolean =>
  /^(?:patient\d+|study\d+|p\d{2,8}|s\d{6,9})$/i.test(name)
