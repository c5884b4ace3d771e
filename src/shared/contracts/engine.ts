/** What the engine offers: paths and plans in, rows and files out. It keeps nothing between calls. */
import { z } from 'zod'
import { CalibrationMap, JudgedSet, Zones } from '../domain/calibration.ts'
import { PairedComparison } from '../domain/comparison.ts'
import { Verification } from '../domain/capsule.ts'
import { DeidentifiedFilm, DeidentifyOrder } from '../domain/deidentification.ts'
import { PatientData } from '../domain/dicom.ts'
import { EngineInfo } from '../domain/engineInfo.ts'
import { OutsideReason } from '../domain/envelope.ts'
import { Evaluation } from '../domain/evaluation.ts'
import { ExplainOrder, Explanation, MapTrust } from '../domain/explanation.ts'
import { ModelFormat } from '../domain/exchange.ts'
import { FilmFacts, FolderSurvey, Refusal } from '../domain/film.ts'
import { FilmPixels, mostHalvings } from '../domain/filmPixels.ts'
import { LabelOrder } from '../domain/labelTable.ts'
import { LayerLook } from '../domain/look.ts'
import { ModelManifest } from '../domain/model.ts'
import { InputShape, ModelSpec, ModelSummary } from '../domain/modelSpec.ts'
import { CheckedFile, CheckFilesOrder } from '../domain/original.ts'
import { NotationReading } from '../domain/notation.ts'
import { MeasuredFilm } from '../domain/quality.ts'
import { Recipe } from '../domain/recipe.ts'
import { JudgementOrder, LabelledScores, Parity, ScoreFigures } from '../domain/scoreCard.ts'
import { ExportedScore, ScoreExportOrder } from '../domain/scoreExport.ts'
import { PatientRules, SplitPlan } from '../domain/split.ts'
import { Part } from '../domain/part.ts'
import { ChangedFilm, ShortcutChange, ShortcutFigures } from '../domain/shortcut.ts'
import { SweepReading } from '../domain/sweepReading.ts'
import {
  Augmentation,
  LabelledFilm,
  TrainingPlan,
  TrainingProgress,
  TrainingResult,
} from '../domain/training.ts'
import { procedure } from '../rpc/contract.ts'

const Count = z.object({ done: z.int(), total: z.int() })

/** [films, width], one film after the other. */
const PackedFeatures = z.object({ width: z.int().min(1), features: z.instanceof(Float32Array) })

export const FilmReading = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), path: z.string(), facts: FilmFacts, thumbnail: z.string() }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type FilmReading = z.infer<typeof FilmReading>

export const ScreenedFilm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('scored'),
    path: z.string(),
    probabilities: z.array(z.number()),
    /** Why the film may be none of those that the model was made for. */
    outside: z.array(OutsideReason),
    /** The DICOM file's window would show nothing of it, so that its own range was used. */
    windowMissed: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type ScreenedFilm = z.infer<typeof ScreenedFilm>

/** One file as `inspect` tells it (docs of the command line). Stored figures are before any look-up table. */
export const Inspection = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('image'),
    path: z.string(),
    format: z.string(),
    rows: z.int(),
    columns: z.int(),
    frames: z.int(),
    samplesPerPixel: z.int(),
    bitsStored: z.int(),
    photometric: z.string(),
    storedMin: z.number(),
    storedMax: z.number(),
    storedMean: z.number(),
    /** UID, of DICOM files. */
    transferSyntax: z.string().optional(),
    modality: z.string().optional(),
    /** The DICOM file's window would make all of the film one grey; its own range is used instead. */
    windowMissed: z.boolean().optional(),
    /** Only where it was asked for. */
    patient: PatientData.optional(),
  }),
  /** A DICOM object without pixels: a report, a document, a plan … */
  z.object({
    kind: z.literal('object'),
    path: z.string(),
    format: z.string(),
    /** What it is, in words. */
    object: z.string(),
    transferSyntax: z.string(),
    modality: z.string().optional(),
    patient: PatientData.optional(),
  }),
  z.object({ kind: z.literal('refused'), refusal: Refusal }),
])
export type Inspection = z.infer<typeof Inspection>

export const engineContract = {
  describe: procedure({ input: z.void(), output: EngineInfo }),

  recipes: procedure({ input: z.void(), output: z.array(Recipe) }),
  summarise: procedure({
    input: z.object({ spec: ModelSpec, batchSize: z.int().min(1).default(32) }),
    output: ModelSummary,
  }),

  /** A network written in one line, or what is wrong with the writing and where. */
  parseNotation: procedure({
    input: z.object({
      text: z.string().max(10_000),
      input: InputShape,
      classes: z.int().min(2).max(1000),
    }),
    output: NotationReading,
  }),

  /** All configurations of a sweep written as YAML, with their networks and their runs, or what is wrong and where. */
  planSweep: procedure({
    input: z.object({
      text: z.string().max(1_000_000),
      classes: z.int().min(2).max(1000),
      input: InputShape.optional(),
    }),
    output: SweepReading,
  }),

  /** Unpacks those of the paths that are zip archives into folders below `folder`, and names these in their place. */
  unpackArchives: procedure({
    input: z.object({ paths: z.array(z.string()).min(1), folder: z.string() }),
    progress: Count,
    output: z.object({ paths: z.array(z.string()), refused: z.array(Refusal) }),
  }),
  /** Walks a folder, or takes single files, and says how it understands them, with what a table says of them. Reads no pixels. */
  surveyFolder: procedure({
    input: z.object({ paths: z.array(z.string()).min(1), labels: LabelOrder.optional() }),
    progress: z.object({ filesSeen: z.int() }),
    output: FolderSurvey,
  }),
  /** The patient of each film by rules that a person may have written; keeps nothing. */
  readPatients: procedure({
    input: z.object({
      rules: PatientRules,
      films: z.array(z.object({ path: z.string(), dicomPatient: z.string().optional() })),
    }),
    output: z.object({
      keys: z.array(z.string()),
      /** The rule that read each film. */
      rules: z.array(z.int().nullable()),
      /** Why a rule cannot be used, in the order of the rules. */
      problems: z.array(z.string().nullable()),
    }),
  }),
  /** Deals films to parts and folds, on paper. */
  splitFilms: procedure({
    input: z.object({
      films: z.array(z.object({ label: z.int().min(0), group: z.string() })),
      plan: SplitPlan,
    }),
    output: z.object({ parts: z.array(Part.nullable()), folds: z.array(z.int().nullable()) }),
  }),
  /** Decodes each film once: facts, hashes and a JPEG thumbnail (longest side 256) named by its hash. */
  readFilms: procedure({
    input: z.object({ paths: z.array(z.string()), thumbnailFolder: z.string() }),
    progress: Count.extend({ readings: z.array(FilmReading) }),
    output: z.object({ read: z.int(), refused: z.int() }),
  }),
  /** What each film's pixels say of its quality, in order, and what a model makes of it where one is given. */
  measureFilms: procedure({
    input: z.object({ paths: z.array(z.string()), modelFolder: z.string().optional() }),
    progress: Count.extend({ films: z.array(MeasuredFilm) }),
    output: z.object({ measured: z.int(), refused: z.int() }),
  }),
  /** Pairs of films by place whose hashes differ in at most `limit` of 256 bits; equal ones are paired with the first. */
  alikeFilms: procedure({
    input: z.object({
      hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)),
      limit: z.int().min(0).max(256),
    }),
    progress: Count,
    output: z.object({
      pairs: z.array(z.object({ first: z.int(), second: z.int(), distance: z.int() })),
    }),
  }),
  /** How far each film's features lie from the middle of all of them. */
  featureDistances: procedure({
    input: PackedFeatures,
    output: z.object({ distances: z.array(z.number()) }),
  }),
  /** Labels that a logistic head on features speaks against, learned by k-fold from other patients' films. */
  suspectLabels: procedure({
    input: PackedFeatures.extend({
      labels: z.array(z.int().min(0)),
      patients: z.array(z.int().min(0)),
      classes: z.int().min(2).max(1000),
      folds: z.int().min(2).max(20),
      seed: z.int().min(0),
    }),
    progress: Count,
    output: z.object({
      suspects: z.array(
        z.object({ film: z.int(), predicted: z.int(), own: z.number(), other: z.number() }),
      ),
      agreement: z.number().min(0).max(1),
    }),
  }),
  /** Tells whether files are what they were when they were read. */
  checkFiles: procedure({
    input: CheckFilesOrder,
    progress: Count.extend({ files: z.array(CheckedFile) }),
    output: z.void(),
  }),
  /** One frame (the first when left out) as a viewer draws it. */
  renderFilm: procedure({
    /** `halvings`: how often the samples shall be halved where the film allows it. */
    input: z.object({
      path: z.string(),
      frame: z.int().min(1).optional(),
      halvings: z.int().min(0).max(mostHalvings).optional(),
    }),
    output: FilmPixels,
  }),
  inspectFiles: procedure({
    /** `phi`: with the patient data of DICOM files. */
    input: z.object({ paths: z.array(z.string()), phi: z.boolean().default(false) }),
    progress: Inspection,
    output: z.void(),
  }),
  /** Writes copies of DICOM films without their patients into a new folder. */
  deidentify: procedure({
    input: DeidentifyOrder,
    progress: Count.extend({ films: z.array(DeidentifiedFilm) }),
    output: z.object({ written: z.int(), toLookAt: z.int(), refused: z.int() }),
  }),
  /** Writes synthetic frontal films into class folders NORMAL and PNEUMONIA of a new folder. */
  generateFilms: procedure({
    input: z.object({
      folder: z.string(),
      count: z.int().min(2).max(100_000),
      seed: z.int(),
      size: z.int().min(64).max(2048).default(224),
    }),
    progress: Count,
    output: z.object({ folder: z.string(), films: z.int() }),
  }),

  /** A JPEG for each film, changed at random as a training would change it. */
  previewAugmentation: procedure({
    input: z.object({
      paths: z.array(z.string()).min(1).max(24),
      input: InputShape,
      augmentation: Augmentation,
      seed: z.int().min(0),
    }),
    output: z.object({ jpegs: z.array(z.instanceof(Uint8Array)) }),
  }),
  /** What a layer of a model makes of a film, holds, or is excited by: a JPEG a channel. */
  lookInside: procedure({
    input: z.object({ modelFolder: z.string(), look: LayerLook, path: z.string().optional() }),
    output: z.object({ jpegs: z.array(z.instanceof(Uint8Array)), channels: z.int() }),
  }),
  train: procedure({ input: TrainingPlan, progress: TrainingProgress, output: TrainingResult }),
  /** Reads and checks a model package without loading it into memory. */
  readModel: procedure({ input: z.object({ folder: z.string() }), output: ModelManifest }),
  /** Writes a package as one zip file, or as a new folder that another program reads. */
  exportModel: procedure({
    input: z.object({
      folder: z.string(),
      target: z.string(),
      format: ModelFormat.exclude(['package']),
    }),
    output: ModelManifest,
  }),
  /** Unpacks a zip into a new folder, as strictly as a package is read. */
  unpackModel: procedure({
    input: z.object({ file: z.string(), folder: z.string() }),
    output: ModelManifest,
  }),
  /** Scores films in order; a film that cannot be read is reported, not skipped. */
  screen: procedure({
    input: z.object({
      modelFolder: z.string(),
      paths: z.array(z.string()),
      /** Those of the paths whose files tell black from white wrong, as a person said. */
      turned: z.array(z.string()).optional(),
      /** Files read at once; as many as suit the machine when left out. */
      workers: z.int().min(1).max(64).optional(),
      /** `auto` when left out: jobs of many films may be scored in bfloat16, where that is faster and agrees. */
      precision: z.enum(['float32', 'auto']).optional(),
    }),
    progress: Count.extend({ films: z.array(ScreenedFilm) }),
    output: z.object({
      scored: z.int(),
      refused: z.int(),
      seconds: z.number(),
      /** In which the films after the first few were scored. */
      precision: z.enum(['float32', 'bfloat16']),
    }),
  }),
  /** Writes scores of DICOM films as DICOM objects into a new folder. */
  exportScores: procedure({
    input: ScoreExportOrder,
    progress: Count.extend({ films: z.array(ExportedScore) }),
    output: z.object({ written: z.int(), refused: z.int() }),
  }),
  /** Why one film has its score. */
  explain: procedure({ input: ExplainOrder, output: Explanation }),
  /** The film in grey, PNG. */
  filmPicture: procedure({
    input: ExplainOrder.pick({ path: true, turned: true }),
    output: z.object({ png: z.instanceof(Uint8Array) }),
  }),
  /** The film in grey with the map over it, PNG. */
  mapPicture: procedure({
    input: ExplainOrder,
    output: Explanation.omit({ values: true }).extend({ png: z.instanceof(Uint8Array) }),
  }),
  /** How far that map can be believed. */
  mapTrust: procedure({ input: ExplainOrder, progress: Count, output: MapTrust }),
  /** Scores films as they are and changed where no disease is. */
  shortcuts: procedure({
    input: z.object({
      modelFolder: z.string(),
      paths: z.array(z.string()),
      /** Those of the paths whose files tell black from white wrong, as a person said. */
      turned: z.array(z.string()).optional(),
    }),
    progress: Count.extend({ films: z.array(ChangedFilm) }),
    output: z.object({ scored: z.int(), refused: z.int() }),
  }),
  /** What these changes do to decisions, from scores that were given before. */
  judgeShortcuts: procedure({
    input: z.object({
      changes: z.array(
        z.object({
          change: ShortcutChange,
          /** Of the films as they are, and changed. */
          before: z.array(z.array(z.number())),
          after: z.array(z.array(z.number())),
          labels: z.array(z.int()),
          patients: z.array(z.string()),
        }),
      ),
      threshold: z.number(),
    }),
    output: z.array(ShortcutFigures),
  }),
  /** Scores the package's golden films; null where it has none. */
  parity: procedure({ input: z.object({ folder: z.string() }), output: Parity.nullable() }),
  /** Figures and curves of scores that a model gave before. */
  judge: procedure({
    input: LabelledScores.extend({
      classes: z.array(z.string()).min(2),
      threshold: z.number().min(0).max(1),
      calibration: CalibrationMap.optional(),
      zones: Zones.pick({ low: true, high: true }).optional(),
      /** For each property its value for each film: subgroups are made of these. */
      facets: z.record(z.string(), z.array(z.string())).optional(),
    }),
    output: ScoreFigures,
  }),
  /** Chooses calibration, threshold and zones on labelled films and writes them into the package. */
  decide: procedure({
    input: JudgementOrder.extend({
      folder: z.string(),
      scored: LabelledScores,
      on: JudgedSet,
    }),
    output: ModelManifest,
  }),
  compare: procedure({
    input: z.object({
      first: z.object({ scores: z.array(z.number()), threshold: z.number() }),
      second: z.object({ scores: z.array(z.number()), threshold: z.number() }),
      labels: z.array(z.int()),
    }),
    output: PairedComparison,
  }),
  /** Writes a training as one zip file without pixels: split, hashes, scores, curves, model. */
  exportCapsule: procedure({
    input: z.object({
      runFolder: z.string(),
      modelFolder: z.string(),
      paths: z.array(z.string()).min(1),
      file: z.string(),
    }),
    progress: Count,
    output: z.object({ films: z.int() }),
  }),
  /** Scores a capsule's films again and tells every difference. */
  verifyCapsule: procedure({
    input: z.object({
      file: z.string(),
      paths: z.array(z.string()).min(1),
      tolerance: z.number().min(0).max(1),
    }),
    progress: Count,
    output: Verification,
  }),
  evaluate: procedure({
    input: z.object({
      modelFolder: z.string(),
      films: z.array(LabelledFilm),
      threshold: z.number().min(0).max(1).optional(),
    }),
    progress: Count.extend({ films: z.array(ScreenedFilm) }),
    output: Evaluation.extend({ refused: z.array(Refusal) }),
  }),
}
