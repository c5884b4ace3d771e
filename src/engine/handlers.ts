/** What the engine answers to each call. Behaviour lives in the folders beside this file. */
import type { engineContract } from '../shared/contracts/engine.ts'
import type { Handlers } from '../shared/rpc/contract.ts'
import { unpackArchives } from './archive/unpackArchives.ts'
import { exportCapsule } from './capsule/exportCapsule.ts'
import { verifyCapsule } from './capsule/verifyCapsule.ts'
import { readPatients } from './data/readPatients.ts'
import { splitFilms } from './data/splitFilms.ts'
import { surveyFolder } from './data/survey.ts'
import { describe } from './describe.ts'
import { comparePaired } from './evaluate/comparison.ts'
import { judge } from './evaluate/judge.ts'
import { exportForeign } from './exchange/exportForeign.ts'
import { unzipPackage, zipPackage } from './exchange/packageZip.ts'
import { explainFilm } from './explain/explain.ts'
import { filmPicture, mapPicture } from './explain/mapPicture.ts'
import { mapTrust } from './explain/trust/mapTrust.ts'
import { deidentifyFilms } from './images/dicom/deidentify/deidentifyFilms.ts'
import { checkFiles } from './images/checkFiles.ts'
import { inspectFiles } from './images/inspectFiles.ts'
import { readFilms } from './images/readFilms.ts'
import { renderFilm } from './images/renderFilm.ts'
import { lookInside } from './inside/lookInside.ts'
import { decide } from './models/decide.ts'
import { readManifest } from './models/package.ts'
import { readNotation } from './models/notation/read.ts'
import { recipes } from './models/presets.ts'
import { unkeptResults } from './graph/unkeptResults.ts'
import { summarise } from './models/summary.ts'
import { evaluateModel } from './predict/evaluateModel.ts'
import { parityOf } from './predict/loadModel.ts'
import { screen } from './predict/screen.ts'
import { alikeHashes } from './quality/alikeHashes.ts'
import { featureDistances } from './quality/featureDistances.ts'
import { checkLabels } from './quality/labels/checkLabels.ts'
import { measureFilms } from './quality/measureFilms.ts'
import { shortcutFigures } from './evaluate/shortcutFigures.ts'
import { scoreChanged } from './shortcuts/scoreChanged.ts'
import { generateFilms } from './samples/generateFilms.ts'
import { exportScores } from './report/exportScores.ts'
import { planSweep } from './sweep/planSweep.ts'
import { previewAugmentation } from './train/previewAugmentation.ts'
import { train } from './train/train.ts'

export const engineHandlers = (): Handlers<typeof engineContract> => ({
  describe: () => describe(),
  recipes: () => [...recipes],
  // Films are grey, or nearly all of them; a colour film's first convolution keeps more.
  summarise: ({ spec, batchSize }) =>
    summarise(spec, batchSize, (model) => unkeptResults(model, true)),
  parseNotation: readNotation,
  planSweep,
  unpackArchives,
  surveyFolder,
  readPatients,
  splitFilms,
  readFilms,
  measureFilms,
  alikeFilms: async ({ hashes, limit }, job) => ({ pairs: await alikeHashes(hashes, limit, job) }),
  featureDistances: (packed) => ({ distances: featureDistances(packed) }),
  suspectLabels: checkLabels,
  checkFiles,
  renderFilm,
  inspectFiles,
  deidentify: deidentifyFilms,
  generateFilms,
  previewAugmentation,
  lookInside,
  train,
  readModel: ({ folder }) => readManifest(folder),
  exportModel: ({ folder, target, format }) =>
    format === 'zip' ? zipPackage(folder, target) : exportForeign(folder, target, format),
  unpackModel: ({ file, folder }) => unzipPackage(file, folder),
  screen,
  explain: explainFilm,
  mapTrust,
  exportScores,
  filmPicture,
  mapPicture,
  shortcuts: scoreChanged,
  judgeShortcuts: ({ changes, threshold }) =>
    changes.map((scores) => shortcutFigures({ ...scores, threshold })),
  parity: ({ folder }) => parityOf(folder),
  judge: (order) => judge(order),
  decide: (order) => decide(order),
  compare: ({ first, second, labels }) => comparePaired(first, second, labels),
  exportCapsule,
  verifyCapsule,
  evaluate: evaluateModel,
})
