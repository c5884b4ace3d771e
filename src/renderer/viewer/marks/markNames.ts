import type { MarkKind } from '../../../shared/domain/mark.ts'

const names: Readonly<Record<MarkKind, string>> = {
  length: 'Length',
  angle: 'Angle',
  ratio: 'Cardiothoracic ratio',
  rectangle: 'Rectangle',
  arrow: 'Arrow',
}

export const markName = (kind: MarkKind): string => names[kind]
