/** Content items of structured reports (PS3.3 C.17.3), written by keyword. */
import type { Natural } from './writeObject.ts'

export interface Code {
  /** At most 16 signs. */
  readonly value: string
  readonly scheme: 'DCM' | 'SCT' | 'UCUM' | 'RFC5646' | '99PNEUMOSCOPE'
  readonly meaning: string
}
export type ContentItem = Natural
/** How an item belongs to the one that holds it. */
type Relation = 'CONTAINS' | 'HAS CONCEPT MOD' | 'HAS OBS CONTEXT' | 'HAS ACQ CONTEXT' | 'HAS PROPERTIES' | 'INFERRED FROM' // prettier-ignore

export const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning })
export const own = (value: string, meaning: string): Code => ({
  ...{ value: value.slice(0, 16), scheme: '99PNEUMOSCOPE', meaning: meaning.slice(0, 64) },
})

const sequence = ({ value, scheme, meaning }: Code): Natural[] => [
  { CodeValue: value, CodingSchemeDesignator: scheme, CodeMeaning: meaning },
]

const item = (
  RelationshipType: Relation,
  ValueType: string,
  concept: Code | undefined,
  rest: Natural,
  content: readonly ContentItem[] = [],
): ContentItem => ({
  ...{ RelationshipType, ValueType },
  ...(concept && { ConceptNameCodeSequence: sequence(concept) }),
  ...rest,
  ...(content.length > 0 && { ContentSequence: content }),
})

export const textItem = (relation: Relation, concept: Code, text: string): ContentItem =>
  item(relation, 'TEXT', concept, { TextValue: text })

export const codeItem = (
  relation: Relation,
  concept: Code,
  value: Code,
  content?: readonly ContentItem[],
): ContentItem => item(relation, 'CODE', concept, { ConceptCodeSequence: sequence(value) }, content)

export const uidItem = (relation: Relation, concept: Code, uid: string): ContentItem =>
  item(relation, 'UIDREF', concept, { UID: uid })

/** A number without a dimension (UCUM «1»). */
export const numberItem = (
  concept: Code,
  value: number,
  content?: readonly ContentItem[],
): ContentItem =>
  item(
    'CONTAINS',
    'NUM',
    concept,
    {
      MeasuredValueSequence: [
        {
          NumericValue: decimal(value),
          MeasurementUnitsCodeSequence: sequence({
            ...{ value: '1', scheme: 'UCUM', meaning: 'no units' },
          }),
        },
      ],
    },
    content,
  )

/** At most 16 signs (PS3.5 6.2, DS). */
const decimal = (value: number): string => String(Number(value.toPrecision(8)))

export interface Instance {
  readonly sopClass: string
  readonly sopInstance: string
}

export const imageItem = (
  relation: Relation,
  { sopClass, sopInstance }: Instance,
  content?: readonly ContentItem[],
): ContentItem =>
  item(
    relation,
    'IMAGE',
    undefined,
    {
      ReferencedSOPSequence: [
        { ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstance },
      ],
    },
    content,
  )

/** `template`: the number of its template in PS3.16. */
export const containerItem = (
  relation: Relation | undefined,
  concept: Code,
  content: readonly ContentItem[],
  template?: string,
): ContentItem => ({
  ...(relation && { RelationshipType: relation }),
  ...{ ValueType: 'CONTAINER', ConceptNameCodeSequence: sequence(concept) },
  ContinuityOfContent: 'SEPARATE',
  ...(template !== undefined && {
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }],
  }),
  ContentSequence: content,
})
