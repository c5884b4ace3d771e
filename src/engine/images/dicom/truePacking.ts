/** How pixels are packed as they lie there, where the transfer syntax says otherwise. */
import { damaged, unsupported } from '../header.ts'
import { codestreamKind, isRleHeader } from './codestreamKind.ts'
import type { Element } from './element.ts'
import type { DicomFile } from './openDicom.ts'
import { isPlain, type PixelModule } from './pixelModule.ts'
import { EXPLICIT, type Packing } from './transferSyntaxes.ts'

interface TruePacking {
  readonly packing: Packing
  /** The module's, with fragments where the codestream lies in the value as it is. */
  readonly element: Element
}

/**
 * Some archives repack pixels and leave the meta group as it was, or lose it, and makers' own transfer syntaxes hold well-known
 * codestreams. Throws DAMAGED for what fits nothing, UNSUPPORTED for a coding that nothing here unpacks.
 */
export function truePacking(
  { bytes, transferSyntax, transferSyntaxUid }: DicomFile,
  module: PixelModule,
): TruePacking {
  const { element } = module
  const first = element.fragments ? element.fragments[1] : element.value
  const found = first && codestreamKind(bytes, first)
  const named = transferSyntax.packing ?? found
  if (named === undefined) {
    throw unsupported(`its pixels are coded as ${transferSyntax.name}, which cannot be read`)
  }
  if (element.fragments) {
    const packing = found ?? named
    if (packing !== 'native' || transferSyntaxUid === `${EXPLICIT}.98`) return { element, packing }
    if (first && isRleHeader(bytes, first)) return { element, packing: 'rle' }
    throw damaged('the pixels lie in fragments, though the file says that they are not compressed')
  }
  if (named === 'native' || isPlain(module, module.frames)) return { element, packing: 'native' }
  if (found === undefined) throw damaged('the compressed pixels are not divided into fragments')
  const table = { start: element.value.start, end: element.value.start }
  return { element: { ...element, fragments: [table, element.value] }, packing: found }
}
