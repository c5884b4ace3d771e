import type { Verb } from './verb.ts'
import { audit } from './verbs/audit.ts'
import { capsule } from './verbs/capsule.ts'
import { dataset } from './verbs/dataset.ts'
import { deidentify } from './verbs/deidentify.ts'
import { doctor } from './verbs/doctor.ts'
import { evaluate } from './verbs/evaluate.ts'
import { importVerb } from './verbs/import.ts'
import { inspect } from './verbs/inspect.ts'
import { models } from './verbs/models.ts'
import { quality } from './verbs/quality.ts'
import { report } from './verbs/report.ts'
import { samples } from './verbs/samples.ts'
import { screen } from './verbs/screen.ts'
import { summary } from './verbs/summary.ts'
import { sweep } from './verbs/sweep.ts'
import { train } from './verbs/train.ts'
import { verify } from './verbs/verify.ts'

/** In the order of the help. */
export const verbs: readonly Verb[] = [
  ...[
    summary,
    inspect,
    importVerb,
    quality,
    dataset,
    train,
    sweep,
    evaluate,
    screen,
    report,
    deidentify,
    models,
    capsule,
    verify,
    audit,
    samples,
    doctor,
  ],
]
