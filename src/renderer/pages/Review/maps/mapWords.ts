/** What is said of a map. */
import type { MapTrust } from '../../../../shared/domain/explanation.ts'
import { trustNames } from '../../../../shared/judgement/mapTrustWords.ts'
import type { ModelManifest } from '../../../../shared/domain/model.ts'
import { spoken } from '../reading.ts'
import { methodNames, type FilmMap } from './filmMap.ts'

export function mapCaption(
  { method, layer, target }: Pick<FilmMap, 'method' | 'layer' | 'target'>,
  { name, classes }: Pick<ModelManifest, 'name' | 'classes'>,
  trust?: MapTrust,
): string {
  const of = layer === undefined ? '' : ` of ${layer}`
  const tested = trust ? ` · ${trustNames[trust.level]}` : ''
  return `${methodNames[method]}${of} · ${spoken(classes[target] ?? '')} · ${name}${tested}`
}
