/** Fields as views of a sweep's YAML: what is typed in one is changed there, and all else stays as written. */
import { isCollection, isScalar, parse, parseDocument, type Document } from 'yaml'
import type { SweepField } from './sweepFields.ts'

/**
 * What a field shows of the text, empty where it is not set. Undefined where the text is no YAML, or holds there what
 * the field cannot show.
 */
export function fieldText(text: string, field: SweepField): string | undefined {
  const document = readable(text)
  if (!document) return undefined
  const found = document.getIn(field.path)
  if (found === undefined || found === null) return ''
  const plain: unknown = isCollection(found) ? found.toJS(document) : found
  if (field.kind === 'lines') return linesOf(plain)
  if (!Array.isArray(plain)) return flow(plain)
  const entries = plain.map(flow).join(', ')
  return field.kind === 'list' || field.kind === 'choices' ? entries : `[${entries}]`
}

/** The text with one field set, or taken out when it is left empty; as it was where it cannot be. */
export function withFieldText(text: string, field: SweepField, typed: string): string {
  const document = readable(text)
  if (!document) return text
  try {
    if (typed.trim() === '') remove(document, field)
    else set(document, field, typed)
  } catch {
    // Something else than a group of options stands where the field belongs; the check of the whole says so.
    return text
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function readable(text: string): Document | undefined {
  const document = parseDocument(text)
  return document.errors.length > 0 ? undefined : document
}

function remove(document: Document, { path }: SweepField): void {
  document.deleteIn(path)
  const [parent, ...inner] = path
  const rest: unknown = document.get(parent)
  const isEmpty = isCollection(rest) && rest.items.length === 0
  if (inner.length > 0 && isEmpty) document.delete(parent)
}

function set(document: Document, { path, kind }: SweepField, typed: string): void {
  const node = document.createNode(valueOf(kind, typed))
  if (isCollection(node) && kind !== 'lines') node.flow = true
  const before: unknown = document.getIn(path, true)
  if (isScalar(before) && isScalar(node)) {
    before.value = node.value
    // As a person would write it; the old quotes need not fit the new words.
    delete before.type
    delete before.source
  } else document.setIn(path, node)
}

/** What is no YAML stays a text, so that the check of the whole says what is wrong with it. */
function valueOf(kind: SweepField['kind'], typed: string): unknown {
  if (kind === 'lines') return typed.split('\n').flatMap((line) => line.trim() || [])
  try {
    if (kind === 'list' || kind === 'choices') return parse(`[${typed}]`) as unknown
    const value: unknown = parse(typed)
    // A notation has colons in it, but is no group of options.
    return isGroup(value) && !typed.trim().startsWith('{') ? typed.trim() : value
  } catch {
    return typed.trim()
  }
}

const isGroup = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined where a configuration says more than its network. */
function linesOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'string')) return undefined
  return value.join('\n')
}

/** As a person writes it in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${flow(inner)}`)
  return `{ ${entries.join(', ')} }`
}
