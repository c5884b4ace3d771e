import { resolve } from 'node:path'
import { z } from 'zod'
import type { Evaluation } from '../../shared/domain/evaluation.ts'
import type { StoredModel } from '../../store/model.ts'
import { ModelFormat } from '../../shared/domain/exchange.ts'
import { exportModel, importModelFrom } from '../../workflows/modelPackages.ts'
import type { Library } from '../../workflows/library.ts'
import { leakWords } from '../../shared/split/words.ts'
import { decideModel } from '../decideModel.ts'
import { decisionOptions, orderOf } from '../decisions.ts'
import { DONE, type ExitStatus } from '../exitStatus.ts'
import { libraryOption, withLibrary } from '../library.ts'
import { findModel } from '../modelFolder.ts'
import type { Output } from '../output.ts'
import { read } from '../parse.ts'
import { existingPath } from '../paths.ts'
import { figure, grouped, table } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  to: z.string().optional(),
  format: ModelFormat.default('package'),
  ...decisionOptions,
  library: z.string().optional(),
})

export const models: Verb = {
  name: 'models',
  usage:
    '[show M | export M --to DIR [--format F] | import DIR|FILE.zip | decide M --data PATH [--goal G] [--calibration C] [--risk R]] [--library DIR] [--json]',
  summary: 'Lists, shows, exports and imports models of the library, and chooses their thresholds',
  options: {
    to: { type: 'string', value: 'DIR', help: 'the folder that an exported model is put into' },
    format: {
      type: 'string',
      value: 'F',
      help: 'package (usual), zip, tfjs (for tfjs-layers) or keras (weights and a loader for Keras 3)',
    },
    data: {
      type: 'string',
      value: 'PATH',
      help: 'decide: class folders (of parts only val/ is used), or a data set of the library',
    },
    goal: {
      type: 'string',
      value: 'G',
      help: "decide: 'sensitivity>=0.95', 'specificity>=0.9', youden, cost=10:1, manual=0.4 or none",
    },
    calibration: {
      type: 'string',
      value: 'C',
      help: 'decide: temperature, platt, isotonic or none',
    },
    risk: {
      type: 'string',
      value: 'R',
      help: 'decide: zones that miss at most this share of the cases, such as 0.02',
    },
    'false-alarms': {
      type: 'string',
      value: 'F',
      help: 'with --risk: share of the healthy that may lie in the high zone (0.1)',
    },
    ...libraryOption,
  },
  async run(args, context) {
    const { output, engine } = context
    const { to, format, library: folder, data, ...decisions } = read(Options, args)
    const [action = 'list', operand, ...more] = args.positionals
    if (more.length > 0) throw new UsageError(`What is «${more.join(' ')}»?`)
    return withLibrary(folder, { engine }, (library) => {
      if (action !== 'decide') return act(library, output, { action, operand, to, format })
      if (operand === undefined) throw new UsageError('Which model to decide on?')
      if (data === undefined) throw new UsageError('--data is missing: which films to choose on?')
      const order = orderOf(decisions)
      if (!order) throw new UsageError('What to choose? Name --goal, --calibration or --risk')
      return decideModel(library, { model: findModel(library, operand), data, order }, context)
    })
  },
}

interface Request {
  readonly action: string
  readonly operand: string | undefined
  readonly to: string | undefined
  readonly format: ModelFormat
}

async function act(
  library: Library,
  output: Output,
  { action, operand, to, format }: Request,
): Promise<ExitStatus> {
  if (action === 'list') return list(library.store.models.all(), output)
  if (!['show', 'export', 'import'].includes(action)) {
    throw new UsageError(`«${action}» is none of show, export, import, decide`)
  }
  if (operand === undefined) throw new UsageError(`Which model to ${action}?`)
  if (action === 'import') {
    const model = await importModelFrom(library, await existingPath(operand))
    return show(model, output)
  }
  const model = findModel(library, operand)
  if (action === 'show') return show(model, output)
  if (to === undefined) throw new UsageError('--to is missing: which folder to export into?')
  const exported = await exportModel(library, { modelId: model.id, into: resolve(to), format })
  output.record({ ...record(model), folder: exported })
  output.print(exported)
  return DONE
}

function list(all: readonly StoredModel[], output: Output): ExitStatus {
  all.forEach((model) => output.record(record(model)))
  if (all.length === 0) output.print('The library holds no model yet.')
  else {
    output.print(
      table(
        ['Name', 'Parameters', 'Trained on', 'Test accuracy', 'Test AUC', 'Threshold'],
        all.map(({ manifest, params }) => [
          manifest.name,
          grouped(params),
          manifest.card.trainedOn,
          figure(manifest.card.test?.accuracy),
          figure(manifest.card.test?.auc),
          figure(manifest.threshold),
        ]),
      ),
    )
  }
  return DONE
}

function show(model: StoredModel, output: Output): ExitStatus {
  const { manifest, params } = model
  const { card } = manifest
  const { provenance } = card
  output.record(record(model))
  output.print(
    [
      `${manifest.name} (${model.id})`,
      `classes      ${manifest.classes.join(', ')}`,
      `parameters   ${grouped(params)}`,
      `trained on   ${card.trainedOn}${card.synthetic ? ' (synthetic films)' : ''}: ${grouped(card.films.train)} films, ${grouped(card.films.validation)} to watch`,
      `${card.settings.keep === 'last' ? 'last epoch  ' : 'best epoch  '} ${card.bestEpoch} of ${card.epochs.length}`,
      `validation   ${figuresLine(card.validation)}`,
      `test         ${figuresLine(card.test)}`,
      `threshold    ${manifest.threshold}`,
      `made         ${manifest.createdAt}`,
      ...(card.datasetHash === undefined ? [] : [`version      ${card.datasetHash}`]),
      ...(card.leak ? [leakWords(card.leak)] : []),
      ...(provenance
        ? [
            `films        ${provenance.data}`,
            `weights      ${provenance.firstWeights}`,
            `protocol     ${provenance.protocol}`,
            `limits       ${provenance.limits}`,
          ]
        : []),
    ].join('\n'),
  )
  return DONE
}

const figuresLine = (figures: Evaluation | null) =>
  figures === null
    ? 'none'
    : `${grouped(figures.n)} films, accuracy ${figure(figures.accuracy)}, AUC ${figure(figures.auc)}`

const record = ({ id, manifest, params }: StoredModel) => ({
  name: manifest.name,
  params,
  trainedOn: manifest.card.trainedOn,
  metrics: manifest.card.test ?? manifest.card.validation,
  threshold: manifest.threshold,
  ...(manifest.card.datasetHash !== undefined && { datasetHash: manifest.card.datasetHash }),
  ...(manifest.card.leak && { leak: manifest.card.leak }),
  id,
})
