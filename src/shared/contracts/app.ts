/** What main offers the window. Paths never cross it: sources, films and models are named by ids that main made. */
import { z } from 'zod'
import { Agreement } from '../domain/agreement.ts'
import {
  AssessedFilm,
  AssessedFilter,
  AssessedPart,
  Assessment,
  ScoreCard,
} from '../domain/assessment.ts'
import { PairedComparison } from '../domain/comparison.ts'
import { AuditCheck, AuditEntry, AuditHead } from '../domain/audit.ts'
import {
  Dataset,
  Facets,
  ImageFilter,
  ImageRow,
  ImportPreview,
  SavedView,
} from '../domain/dataset.ts'
import {
  DatasetEdit,
  DatasetVersion,
  EditHistory,
  FilmChange,
  VersionDiff,
} from '../domain/datasetEdit.ts'
import { DeidentifyChoices } from '../domain/deidentification.ts'
import { DicomFacts } from '../domain/dicom.ts'
import { Refusal } from '../domain/film.ts'
import { JobSnapshot } from '../domain/job.ts'
import { LabelOrder } from '../domain/labelTable.ts'
import { LayerLook } from '../domain/look.ts'
import { ModelFormat, ReportFormat } from '../domain/exchange.ts'
import { Explanation, MapChoice, MapTrust } from '../domain/explanation.ts'
import { FilmMarks } from '../domain/mark.ts'
import { ModelManifest, Prediction } from '../domain/model.ts'
import { InputShape, ModelSpec, ModelSummary } from '../domain/modelSpec.ts'
import { NotationReading } from '../domain/notation.ts'
import { LostOriginal } from '../domain/original.ts'
import { PredictedFilms, PredictedPart, PredictionOrder } from '../domain/predictedFilm.ts'
import { LibrarySweep, Priority, SweepSummary } from '../domain/librarySweep.ts'
import { FindingKind } from '../domain/findingKind.ts'
import { Decision, Finding, Quality, QualityFacts } from '../domain/quality.ts'
import { Recipe } from '../domain/recipe.ts'
import { SweepMistake, SweepPreview } from '../domain/sweepReading.ts'
import { OtherFilm, Reading, Verdict, WorklistItem } from '../domain/review.ts'
import { Run, RunMarksChange } from '../domain/run.ts'
import { JudgementOrder, Parity } from '../domain/scoreCard.ts'
import { ScoreObjectKind } from '../domain/scoreExport.ts'
import {
  PatientPreview,
  PatientRules,
  SplitPlan,
  SplitPreview,
  SplitReport,
} from '../domain/split.ts'
import { AppInfo, AppStatus } from '../domain/status.ts'
import { BatchProgress, Augmentation, TrainingSettings } from '../domain/training.ts'
import { procedure } from '../rpc/contract.ts'

/** As the library and the program give them; folders are named after some, so that nothing that leads elsewhere is one. */
const id = z.string().regex(/^[a-z0-9-]{1,100}$/, 'an id of the library is expected')
const key = z.string().min(1).max(100)
const name = z.string().trim().min(1).max(100)

const RunIds = z.object({ runIds: z.array(id).max(10_000) })

/** A sweep as YAML, and the films that it is to train on. */
const SweepText = z.object({ datasetId: id, text: z.string().max(200_000) })

/** Files or folders that a person chose or dropped; the token stands for their paths until the window closes. */
export const Source = z.object({ token: id, label: z.string() })
export type Source = z.infer<typeof Source>

/** A table of labels: one that a person chose, or one in the folder; what is left out is guessed. */
export const TableChoice = LabelOrder.omit({ file: true }).extend({
  source: id.optional(),
  /** Of a table in the chosen folder, from the folder on. */
  name: z.string().max(1000).optional(),
})
export type TableChoice = z.infer<typeof TableChoice>

export const LibraryModel = z.object({
  id,
  manifest: ModelManifest,
  params: z.int(),
  /** The one that Review uses. */
  isDefault: z.boolean(),
  runId: z.string().optional(),
})
export type LibraryModel = z.output<typeof LibraryModel>

export const appContract = {
  about: procedure({ input: z.void(), output: AppInfo }),
  /** Streams until cancelled: at once, then on each change, at most ten times a second. */
  watchStatus: procedure({ input: z.void(), progress: AppStatus, output: z.void() }),
  restartEngine: procedure({ input: z.void(), output: z.void() }),
  /** Opens a dialog; null when the person closed it. */
  chooseSource: procedure({
    input: z.object({ kind: z.enum(['folder', 'archive', 'files', 'table']) }),
    output: Source.nullable(),
  }),
  /** Streams what calls of the program name, as a file manager's do, until cancelled; each once. */
  watchOpened: procedure({ input: z.void(), progress: Source, output: z.void() }),
  /** Small remembered choices of the window: last page, mouse preset … */
  readSetting: procedure({ input: z.object({ key }), output: z.string().nullable() }),
  writeSetting: procedure({
    input: z.object({ key, value: z.string().max(10_000) }),
    output: z.void(),
  }),

  previewImport: procedure({
    input: z.object({ source: id, table: TableChoice.optional() }),
    progress: z.object({ filesSeen: z.int(), unpacking: z.boolean().optional() }),
    output: ImportPreview,
  }),
  startImport: procedure({
    input: z.object({ previewId: id, name }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Imports that ended before they were complete, and that nothing works on. */
  listHalfImports: procedure({
    input: z.void(),
    output: z.array(
      z.object({ id: z.string(), name: z.string(), createdAt: z.string(), images: z.int() }),
    ),
  }),
  /** Goes on where it stood. */
  resumeImport: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Gives it up: what was imported is forgotten, originals stay. */
  discardImport: procedure({ input: z.object({ datasetId: id }), output: z.void() }),
  /** Looks at every original of the data set, as a job. */
  startOriginalsCheck: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Looks for lost originals in a folder that a person chose, by path and content, as a job. */
  startRelink: procedure({
    input: z.object({ datasetId: id, source: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** Originals that the last look found moved or changed; the first thousand. */
  lostOriginals: procedure({
    input: z.object({ datasetId: id }),
    output: z.array(LostOriginal),
  }),
  /** Makes synthetic films in the library and imports them. */
  startSamples: procedure({
    input: z.object({ count: z.int().min(20).max(10_000), seed: z.int().min(0) }),
    output: z.object({ jobId: z.string() }),
  }),
  listDatasets: procedure({ input: z.void(), output: z.array(Dataset) }),
  renameDataset: procedure({ input: z.object({ datasetId: id, name }), output: z.void() }),
  /** Takes it out of the library; original files stay where they are. */
  deleteDataset: procedure({ input: z.object({ datasetId: id }), output: z.void() }),
  images: procedure({
    input: z.object({
      datasetId: id,
      filter: ImageFilter,
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
    }),
    output: z.object({ total: z.int(), images: z.array(ImageRow) }),
  }),
  /** Counts under the filter's other facets, as a facet list shows them. */
  facets: procedure({
    input: z.object({ datasetId: id, filter: ImageFilter }),
    output: Facets,
  }),
  savedViews: procedure({ input: z.object({ datasetId: id }), output: z.array(SavedView) }),
  /** Takes the place of a view of the same name. */
  saveView: procedure({
    input: z.object({ datasetId: id, name, filter: ImageFilter }),
    output: z.void(),
  }),
  deleteView: procedure({ input: z.object({ viewId: id }), output: z.void() }),
  refusals: procedure({ input: z.object({ datasetId: id }), output: z.array(Refusal) }),

  /** Changes films as one step that can be taken back; answers how many changed. */
  editFilms: procedure({
    input: z.object({
      datasetId: id,
      imageIds: z.array(id).min(1).max(100_000),
      change: FilmChange,
    }),
    output: z.object({ changed: z.int() }),
  }),
  editHistory: procedure({ input: z.object({ datasetId: id }), output: EditHistory }),
  /** Both answer the edit that was taken back or done again. */
  undoEdit: procedure({ input: z.object({ datasetId: id }), output: DatasetEdit }),
  redoEdit: procedure({ input: z.object({ datasetId: id }), output: DatasetEdit }),

  /** The data set as it was after each change; the last is how it is now. */
  datasetVersions: procedure({
    input: z.object({ datasetId: id }),
    output: z.array(DatasetVersion),
  }),
  diffVersions: procedure({
    input: z.object({ datasetId: id, from: z.int().min(1), to: z.int().min(1) }),
    output: VersionDiff,
  }),
  /** Asks where to and writes the data set there as a job; null when the person closed the dialog. */
  startDatasetExport: procedure({
    input: z.object({ datasetId: id, how: z.enum(['copy', 'link']), deidentify: z.boolean() }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),

  /** The rules by which the data set's patients are read. */
  patientRules: procedure({ input: z.object({ datasetId: id }), output: PatientRules }),
  /** What rules would make of it; nothing is changed. */
  previewPatients: procedure({
    input: z.object({ datasetId: id, rules: PatientRules }),
    output: PatientPreview,
  }),
  applyPatients: procedure({
    input: z.object({ datasetId: id, rules: PatientRules }),
    output: z.object({ changed: z.int() }),
  }),
  /** Who stands on both sides of the data set's parts. */
  examineSplit: procedure({ input: z.object({ datasetId: id }), output: SplitReport }),
  previewSplit: procedure({
    input: z.object({ datasetId: id, plan: SplitPlan }),
    output: SplitPreview,
  }),
  applySplit: procedure({
    input: z.object({ datasetId: id, plan: SplitPlan }),
    output: z.object({ changed: z.int() }),
  }),
  /** Moves as few films as make the split sound. */
  mendSplit: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ changed: z.int() }),
  }),
  /** A few films of each class, drawn with the seed. */
  sampleSheet: procedure({
    input: z.object({ datasetId: id, perClass: z.int().min(1).max(20), seed: z.int().min(0) }),
    output: z.array(z.object({ className: z.string(), images: z.array(ImageRow) })),
  }),

  /** Measures films that were not measured yet and looks for what would harm a training. */
  startQualityCheck: procedure({
    input: z.object({ datasetId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** What the last check found; null before the first. */
  quality: procedure({ input: z.object({ datasetId: id }), output: Quality.nullable() }),
  /** Findings of a kind with their films, the most pressing first. */
  findings: procedure({
    input: z.object({
      datasetId: id,
      kind: FindingKind,
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    output: z.object({ total: z.int(), findings: z.array(Finding) }),
  }),
  /** What a film's pixels say of it; null where it was not measured. */
  qualityFacts: procedure({ input: z.object({ imageId: id }), output: QualityFacts.nullable() }),
  /** One edit, undone as one: films are excluded, kept or relabelled at once. */
  decideFindings: procedure({
    input: z.object({
      datasetId: id,
      kind: FindingKind,
      decisions: z
        .array(z.object({ imageId: id, decision: Decision, className: z.string().optional() }))
        .min(1)
        .max(1000),
    }),
    output: z.void(),
  }),

  recipes: procedure({ input: z.void(), output: z.array(Recipe) }),
  summarise: procedure({
    input: z.object({ spec: ModelSpec, batchSize: z.int().min(1).max(4096) }),
    output: ModelSummary,
  }),
  /** A network written in one line, or what is wrong with the writing and where; for every key that is typed. */
  parseNotation: procedure({
    input: z.object({
      text: z.string().max(10_000),
      input: InputShape,
      classes: z.int().min(2).max(1000),
    }),
    output: NotationReading,
  }),
  /** Films of the data set as a training would change them: image://augmented/<previewId>/<0 …>. */
  previewAugmentation: procedure({
    input: z.object({
      datasetId: id,
      input: InputShape,
      augmentation: Augmentation,
      seed: z.int().min(0),
    }),
    output: z.object({ previewId: z.string(), pictures: z.int() }),
  }),
  startTraining: procedure({
    input: z.object({
      datasetId: id,
      name,
      recipe: z.string().max(10_000),
      spec: ModelSpec,
      settings: TrainingSettings,
      /** A person insists on a split that leaks; refused with LEAK otherwise. */
      allowLeak: z.boolean().default(false),
    }),
    output: z.object({ runId: z.string(), jobId: z.string() }),
  }),
  /** Goes on with an interrupted or failed run from its last checkpoint. */
  resumeTraining: procedure({
    input: z.object({ runId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** What a sweep written as YAML would train on the data set's classes, or what is wrong with the writing and where. */
  planSweep: procedure({
    input: SweepText,
    output: z.discriminatedUnion('kind', [SweepPreview, SweepMistake]),
  }),
  /** Enters every training of the sweep; they run one after the other, those of high priority first. */
  startSweep: procedure({
    input: SweepText.extend({ allowLeak: z.boolean().default(false) }),
    output: z.object({ sweepId: z.string() }),
  }),
  /** Stops the sweep's trainings that wait or run; finished epochs are kept. */
  pauseSweep: procedure({ input: z.object({ sweepId: id }), output: z.void() }),
  /** Takes up what a pause, a crash or a failure left unfinished, each from its last checkpoint. */
  resumeSweep: procedure({
    input: z.object({ sweepId: id }),
    output: z.object({ runIds: z.array(z.string()) }),
  }),
  /** Whose trainings begin first, of all that wait. */
  prioritiseSweep: procedure({
    input: z.object({ sweepId: id, priority: Priority }),
    output: z.void(),
  }),
  /** Deletes the sweep with all its runs; refused while one of them waits or trains. Models stay. */
  deleteSweep: procedure({
    input: z.object({ sweepId: id }),
    output: z.object({ bytesFreed: z.number() }),
  }),
  listSweeps: procedure({ input: z.void(), output: z.array(SweepSummary) }),
  /** Streams a sweep, at most twice a second, until it is deleted or the call is cancelled. */
  watchSweep: procedure({
    input: z.object({ sweepId: id }),
    progress: LibrarySweep,
    output: z.void(),
  }),
  /** Asks where to and writes a run as a capsule, as a job; null when the person closed the dialog. */
  exportCapsule: procedure({
    input: z.object({ runId: id }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
  listRuns: procedure({ input: z.void(), output: z.array(Run) }),
  /** Streams a run until it ended or the call is cancelled. */
  watchRun: procedure({
    input: z.object({ runId: id }),
    progress: z.object({ run: Run, live: BatchProgress.optional() }),
    output: z.void(),
  }),
  renameRun: procedure({ input: z.object({ runId: id, name }), output: z.void() }),
  /** Stars, archives, tags and notes of runs; what is left out of a change stays as it is. */
  markRuns: procedure({
    input: z.object({ changes: z.array(RunMarksChange.extend({ runId: id })).max(10_000) }),
    output: z.void(),
  }),
  /** What the runs' checkpoints and curves take up on the disk. */
  measureRuns: procedure({ input: RunIds, output: z.object({ bytes: z.number() }) }),
  /** All or none; refused while one of them waits or trains. Models stay. */
  deleteRuns: procedure({ input: RunIds, output: z.object({ bytesFreed: z.number() }) }),

  /** Films of the model's own data set with what it says of them, where it has scored them. */
  predictedFilms: procedure({
    input: z.object({
      modelId: id,
      part: PredictedPart,
      order: PredictionOrder,
      limit: z.int().min(1).max(500),
    }),
    output: PredictedFilms,
  }),
  /** Scores the films of a part that the model has not scored yet. */
  startPredicting: procedure({
    input: z.object({ modelId: id, part: PredictedPart }),
    output: z.object({ jobId: z.string() }),
  }),

  /** A picture for each channel of a layer: image://augmented/<previewId>/<0 …>. */
  lookInside: procedure({
    input: z.object({
      modelId: id,
      look: LayerLook,
      /** The film of a feature map. */
      imageId: id.optional(),
    }),
    output: z.object({
      previewId: z.string(),
      pictures: z.int(),
      /** Of the layer in all. */
      channels: z.int(),
    }),
  }),

  listModels: procedure({ input: z.void(), output: z.array(LibraryModel) }),
  setDefaultModel: procedure({ input: z.object({ modelId: id }), output: z.void() }),
  renameModel: procedure({ input: z.object({ modelId: id, name }), output: z.void() }),
  deleteModel: procedure({ input: z.object({ modelId: id }), output: z.void() }),
  /** Asks where to; false when the person closed the dialog. */
  exportModel: procedure({
    input: z.object({ modelId: id, format: ModelFormat.default('package') }),
    output: z.boolean(),
  }),
  /** Asks for a package, a folder or a zip file; null when the person closed the dialog. */
  importModel: procedure({
    input: z.object({ kind: z.enum(['folder', 'zip']) }),
    output: z.object({ modelId: z.string() }).nullable(),
  }),

  /** A model's scores of labelled films, kept to be judged. */
  listAssessments: procedure({ input: z.object({ modelId: id }), output: z.array(Assessment) }),
  /** Scores a part of a data set anew. */
  startAssessment: procedure({
    input: z.object({ modelId: id, datasetId: id, part: AssessedPart }),
    output: z.object({ jobId: z.string() }),
  }),
  scoreCard: procedure({ input: z.object({ assessmentId: id }), output: ScoreCard }),
  /** Scores judged films changed where no disease is, to see whether decisions hang on that. */
  startShortcutTest: procedure({
    input: z.object({ assessmentId: id }),
    output: z.object({ jobId: z.string() }),
  }),
  /** The films behind a figure, most wrong first. */
  assessedFilms: procedure({
    input: z.object({
      filter: AssessedFilter,
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    output: z.object({ total: z.int(), films: z.array(AssessedFilm) }),
  }),
  /** Chooses calibration, threshold or zones on an assessment of validation films. */
  decide: procedure({
    input: z.object({ assessmentId: id, order: JudgementOrder }),
    output: z.object({ modelId: z.string() }),
  }),
  compareModels: procedure({
    input: z.object({ assessmentIds: z.tuple([id, id]) }),
    output: PairedComparison,
  }),
  /** Scores the model's golden films on this computer; null where it has none. */
  parity: procedure({ input: z.object({ modelId: id }), output: Parity.nullable() }),

  /** Puts films onto the worklist; a folder is walked. Known files are not added twice. */
  openFilms: procedure({
    input: z.object({ source: id }),
    /** `first`, told once, is new on the list and will be seen first: its pixels may be asked for at once. */
    progress: z.object({ done: z.int(), total: z.int(), first: ImageRow.optional() }),
    /** `opened` are all films that were named, `added` those that were not on the list before. */
    output: z.object({
      opened: z.array(z.string()),
      added: z.array(z.string()),
      refused: z.array(Refusal),
    }),
  }),
  /** Puts a data set's films onto the worklist, to look at them in Review. */
  openImages: procedure({
    input: z.object({ imageIds: z.array(id).min(1).max(10_000) }),
    output: z.void(),
  }),
  /** What the film's DICOM file says; null for other pictures. */
  filmFacts: procedure({ input: z.object({ imageId: id }), output: DicomFacts.nullable() }),
  /** Other films of the same patient in the library, the newest study first: to be seen beside this one. */
  otherFilms: procedure({ input: z.object({ imageId: id }), output: z.array(OtherFilm) }),
  worklist: procedure({ input: z.void(), output: z.array(WorklistItem) }),
  /** Scores one film with Review's model, or recalls the score it gave before. */
  predict: procedure({ input: z.object({ imageId: id }), output: Prediction }),
  /** Scores every film of the worklist that has no score by Review's model yet. */
  startScreening: procedure({ input: z.void(), output: z.object({ jobId: z.string() }) }),
  /** Why Review's model scores a film as it does; the map's values, one byte each: image://map/<mapId>. */
  explain: procedure({
    input: MapChoice.extend({ imageId: id }),
    output: Explanation.omit({ values: true }).extend({ mapId: z.string() }),
  }),
  /** How far that map can be believed; takes several times as long. */
  mapTrust: procedure({
    input: MapChoice.extend({ imageId: id }),
    progress: z.object({ done: z.int(), total: z.int() }),
    output: MapTrust,
  }),
  giveVerdict: procedure({
    input: z.object({
      imageId: id,
      verdict: Verdict,
      /** From the film on the screen to the verdict. */
      seconds: z.number().min(0).optional(),
      /** Whether the reader knew the model's score. */
      scoreSeen: z.boolean(),
    }),
    output: z.void(),
  }),
  /** Forgets the newest verdict on a film; answers the one that stands again, null when there is none. */
  takeVerdictBack: procedure({ input: z.object({ imageId: id }), output: Verdict.nullable() }),
  writeNote: procedure({
    input: z.object({ imageId: id, note: z.string().max(10_000) }),
    output: z.void(),
  }),
  /** Every verdict on a film with its time, the oldest first. */
  readings: procedure({ input: z.object({ imageId: id }), output: z.array(Reading) }),
  /** How readers and Review's model agree on the worklist; null without a model that tells two sides apart. */
  agreement: procedure({ input: z.void(), output: Agreement.nullable() }),
  /** Asks where to and writes a page on a film and Review's model, with a heat map; false when the person closed the dialog. */
  exportFilmReport: procedure({
    input: MapChoice.extend({ imageId: id, format: ReportFormat }),
    output: z.boolean(),
  }),
  /** The same of a model with every set that it was judged on. */
  exportModelReport: procedure({
    input: z.object({ modelId: id, format: ReportFormat }),
    output: z.boolean(),
  }),
  /** The newest entries of the audit trail, the newest first, and its end. */
  auditTrail: procedure({
    input: z.object({ limit: z.int().min(1).max(1000) }),
    output: z.object({ head: AuditHead, entries: z.array(AuditEntry) }),
  }),
  /** Follows the whole trail from its beginning. */
  checkAudit: procedure({ input: z.void(), output: AuditCheck }),
  /** Asks where to and writes all of the trail as CSV; false when the person closed the dialog. */
  exportAudit: procedure({ input: z.void(), output: z.boolean() }),
  /** Asks where to write it as CSV, a film a row; false when the person closed the dialog. */
  exportAgreement: procedure({ input: z.void(), output: z.boolean() }),
  /** What was drawn on a film (null for nothing), and whether its file tells black from white wrong. */
  filmMarks: procedure({
    input: z.object({ imageId: id }),
    output: z.object({ drawn: FilmMarks.nullable(), turned: z.boolean() }),
  }),
  writeFilmMarks: procedure({ input: FilmMarks.extend({ imageId: id }), output: z.void() }),
  /** Asks where to write the marks of all films on the worklist; false when the person closed the dialog. */
  exportMarks: procedure({
    input: z.object({ format: z.enum(['csv', 'json']) }),
    output: z.boolean(),
  }),
  /** The reader says whether the film's file tells black from white wrong; scores of it are forgotten. */
  turnFilm: procedure({ input: z.object({ imageId: id, turned: z.boolean() }), output: z.void() }),
  /** Asks where to and starts to copy DICOM films without their patients; null when the person closed the dialog. */
  startDeidentifying: procedure({
    input: DeidentifyChoices.extend({ imageIds: z.array(id).min(1).max(10_000) }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
  /**
   * Asks where to and starts to write scores by Review's model as DICOM objects, scoring what has no score yet; null
   * when the person closed the dialog.
   */
  startScoreExport: procedure({
    input: z.object({
      imageIds: z.array(id).min(1).max(10_000),
      kinds: z.array(ScoreObjectKind).min(1),
    }),
    output: z.object({ jobId: z.string() }).nullable(),
  }),
  removeFromWorklist: procedure({
    input: z.object({ imageIds: z.array(id).max(100_000) }),
    output: z.void(),
  }),
  /** Asks where to write a CSV of the worklist; false when the person closed the dialog. */
  exportWorklist: procedure({ input: z.void(), output: z.boolean() }),

  listJobs: procedure({
    input: z.object({ limit: z.int().min(1).max(1000) }),
    output: z.array(JobSnapshot),
  }),
  /** Lets a job that waits begin next, before all others that wait. */
  hurryJob: procedure({ input: z.object({ jobId: id }), output: z.void() }),
  /** Asks it to stop; a training keeps its best epoch. */
  cancelJob: procedure({ input: z.object({ jobId: id }), output: z.void() }),
}
