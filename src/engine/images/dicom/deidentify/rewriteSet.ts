/** A data set with every attribute treated as the profile has it; what is kept is copied byte by byte. */
import { DataSet } from '../dataSet.ts'
import { type Element, type Encoding, tags } from '../element.ts'
import { encodeElement, encodeSequence } from '../encodeElement.ts'
import { encodingOfItems, walkItems } from '../walk.ts'
import { type Action, actionOn, type ProfileOptions, vrInTable } from './actions.ts'
import { dummyValue } from './dummyValue.ts'
import { repeats } from './identifyingWords.ts'
import { earlier, type Pseudonyms } from './pseudonyms.ts'

export interface Rewriting {
  readonly options: ProfileOptions
  readonly pseudonyms: Pseudonyms
  /** By how many days this patient's dates go back. */
  readonly days: number
  readonly words: readonly string[]
  /** What was done, counted in all levels. */
  readonly done: { removed: number; replaced: number; privates: number }
  /** Attributes that the profile keeps, but that repeated a name or an id, or could not be read. */
  readonly suspicious: Set<number>
}

/** Elements by tag, encoded; the caller adds its own and joins them in the order of tags. */
export function rewriteSet(
  { bytes, elements }: DataSet,
  rewriting: Rewriting,
  forced?: Action,
): Map<number, Uint8Array> {
  const rewritten = new Map<number, Uint8Array>()
  for (const element of elements.values()) {
    const action = forced ?? actionOn(element.tag, rewriting.options)
    const encoded = rewriteElement(bytes, element, action, rewriting)
    if (encoded) rewritten.set(element.tag, encoded)
    count(element.tag, action, rewriting.done)
  }
  return rewritten
}

function count(tag: number, action: Action, done: Rewriting['done']): void {
  if (action === 'keep' || action === 'items') return
  if ((tag >>> 16) % 2 === 1) done.privates++
  else if (action === 'remove') done.removed++
  else done.replaced++
}

/** In the order of tags, as a data set must be. */
export const joined = (elements: ReadonlyMap<number, Uint8Array>): Buffer =>
  Buffer.concat([...elements].sort(([a], [b]) => a - b).map(([, bytes]) => bytes))

function rewriteElement(
  bytes: Uint8Array,
  element: Element,
  action: Action,
  rewriting: Rewriting,
): Uint8Array | undefined {
  const { tag, encoding, value } = element
  const vr = element.vr ?? vrInTable(tag)
  const written = bytes.subarray(value.start, value.end)
  const replaced = (by: Uint8Array | string) => encodeElement(tag, element.vr, by, encoding)
  switch (action) {
    case 'remove':
      return undefined
    case 'empty':
      return replaced('')
    case 'uid':
      return replaced(rewriting.pseudonyms.uid(textOf(written)))
    case 'shift':
      return replaced(earlier(textOf(written), rewriting.days))
    case 'dummy': {
      if (isSequence(element, written)) return rewriteItems(bytes, element, rewriting, 'dummy')
      if (vr === 'UI') return replaced(rewriting.pseudonyms.uid(textOf(written)))
      const dummy = written.length === 0 ? '' : dummyValue(vr)
      return dummy === undefined ? undefined : replaced(dummy)
    }
    case 'items':
    case 'keep':
      if (isSequence(element, written)) return rewriteItems(bytes, element, rewriting)
      if (repeats(rewriting.words, element, written)) {
        rewriting.suspicious.add(tag)
        return undefined
      }
      return isOddPixels(element) ? replaced(written) : bytes.subarray(element.start, element.end)
  }
}

/** The byte that makes their number even may be missing from the file; in the copy it is there. */
const isOddPixels = ({ tag, fragments, value }: Element): boolean =>
  tag === tags.pixels && !fragments && (value.end - value.start) % 2 === 1

/** Items are data sets of their own. A sequence that cannot be read cannot be vouched for, and goes. */
function rewriteItems(
  bytes: Uint8Array,
  element: Element,
  rewriting: Rewriting,
  forced?: Action,
): Uint8Array | undefined {
  let items
  try {
    items = walkItems(bytes, element)
  } catch {
    // Tables may begin with the numbers that begin an item.
    if (element.tag >>> 16 === 0x0028) return bytes.subarray(element.start, element.end)
    rewriting.suspicious.add(element.tag)
    return undefined
  }
  const inner: Encoding = encodingOfItems(element)
  const encoded = items.map((elements) =>
    joined(rewriteSet(new DataSet(bytes, elements), rewriting, forced)),
  )
  return encodeSequence(element.tag, element.vr, encoded, element.encoding, inner)
}

/** Without a representation a sequence is known by its first item, or by the end of one that has none. */
function isSequence({ tag, vr, encoding }: Element, value: Uint8Array): boolean {
  if (vr === 'SQ') return true
  if ((vr !== undefined && vr !== 'UN') || tag >>> 16 >= 0x7fe0 || value.length < 8) return false
  const view = new DataView(value.buffer, value.byteOffset, value.length)
  const little = vr === 'UN' || encoding.littleEndian
  const mark = view.getUint16(0, little) * 0x1_0000 + view.getUint16(2, little)
  return mark === tags.item || mark === tags.sequenceEnd
}

const textOf = (value: Uint8Array): string =>
  Buffer.from(value.buffer, value.byteOffset, value.length)
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
