import { totalmem } from 'node:os'
import type { EngineInfo } from '../../shared/domain/engineInfo.ts'
import { toAppError } from '../../shared/errors.ts'
import { DONE, ENGINE_FAILED } from '../exitStatus.ts'
import { electronVersion } from '../electronVersion.ts'
import { refuseOperands } from '../parse.ts'
import { setupRecord } from '../setupRecord.ts'
import type { Verb } from '../verb.ts'

type Finding = { readonly info: EngineInfo } | { readonly reason: string }

export const doctor: Verb = {
  name: 'doctor',
  usage: '[--json]',
  summary: 'Tells which Electron, TensorFlow, device and memory are in use, and what is missing',
  options: {},
  async run(args, { output, engine }) {
    refuseOperands(args)
    const finding = await engine.describe().then(
      (info): Finding => ({ info }),
      (cause: unknown): Finding => ({ reason: toAppError(cause).message }),
    )
    const info = 'info' in finding ? finding.info : undefined
    const electron = electronVersion()
    const setup = setupRecord()
    const warnings = [
      ...('reason' in finding ? [finding.reason] : finding.info.warnings),
      ...(electron === undefined ? ['Electron is not installed: run «npm run setup».'] : []),
      ...(setup?.warnings ?? []),
    ]
    const facts = {
      electron: electron ?? null,
      node: process.versions.node,
      tensorflow: info === undefined || info.backend === 'WASM' ? null : info.tensorflow,
      backend: info?.backend ?? null,
      kernels: info?.kernels ?? null,
      device: info?.device ?? null,
      memory: totalmem(),
      warnings,
    }
    output.record(facts)
    output.print(
      [
        `Electron    ${facts.electron ?? 'missing'}${from(setup?.electron?.source)}`,
        `Node        ${facts.node}`,
        `TensorFlow  ${facts.tensorflow ?? (info ? 'not in use' : 'missing')}${from(setup?.tensorflow.source)}`,
        `Backend     ${backendWords(info)}`,
        `Device      ${info ? `${info.device}, ${info.threads} thread${info.threads === 1 ? '' : 's'}` : '–'}`,
        `Memory      ${(facts.memory / 2 ** 30).toFixed(1)} GB`,
        ...warnings.map((warning) => `Warning     ${warning}`),
      ].join('\n'),
    )
    return info ? DONE : ENGINE_FAILED
  },
}

const from = (source: string | undefined) => (source === undefined ? '' : ` (${source})`)

function backendWords(info: EngineInfo | undefined): string {
  if (info === undefined) return '–'
  if (info.backend === 'WASM') return 'WASM (screening and evaluation only)'
  return info.kernels === undefined ? info.backend : `${info.backend} (${info.kernels} kernels)`
}
