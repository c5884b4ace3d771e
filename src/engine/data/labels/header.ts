/** Names that columns of tables of labels have, in any spelling: capitals, blanks, dashes and underscores do not count. */
import type { ColumnRole } from '../../../shared/domain/labelTable.ts'
import type { TableRow } from './parseTable.ts'

const names: readonly (readonly [ColumnRole, RegExp])[] = [
  ['sop', /^(?:sop|sopinstance|instance)(?:uid|instanceuid|id)$|^sopinstanceuid$/],
  ['study', /^study(?:instance)?(?:uid|id)$|^study$/],
  ['film', /^(?:(?:image|img|film|picture|photo|xray|radiograph|dicom|scan)?(?:file)?(?:path|name|file|index)|(?:xray)?imagename|imageid|image|img|film|filmid|radiograph|scan|scanid|dicomid|(?:bild)?datei(?:name|pfad)?|pfad|bild(?:name|pfad)?)$/], // prettier-ignore
  ['label', /^(?:(?:class|true|ground|image|target)?labels?|class(?:es|name)?|diagnos(?:is|e|es)|findings?(?:labels?)?|target|categor(?:y|ies)|y|patholog(?:y|ies)|diseases?|conditions?|groundtruth|truth|dx|klasse|befund|result|outcome)$/], // prettier-ignore
  [
    'part',
    /^(?:split|part|set|subset|partition|phase|usage|(?:data)?settype|dataset(?:type|split)?|fold)$/,
  ],
  ['patient', /^(?:deid(?:entified)?|anon(?:ymi[sz]ed)?)?(?:patient(?:en)?|subject|case|person|proband|participant|paciente)(?:id|key|no|nr|nummer|num(?:ber)?|name|uid)?$|^(?:pat|pt)(?:id|no|nr|nummer|num)$|^id(?:patient|paciente)$|^(?:pid|mrn)$/], // prettier-ignore
  ['age', /^(?:patient)?age(?:years|inyears|y)?$|^alter$/],
  ['view', /^(?:view(?:position)?|projection|position|appa|frontallateral|ansicht)$/],
]

/** What a name of a column says of it; `none` where it says nothing. */
export function roleOfName(name: string): ColumnRole {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') // prettier-ignore
  return names.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'none'
}

const isFileName = (cell: string) => /\.[a-z]{2,5}\d?$/i.test(cell.trim())
const isNumber = (cell: string) => /^[-+]?\d+(?:[.,]\d+)?$/.test(cell.trim())

/** Whether the first row names the columns: by a known name, or because it alone is no file name or number. */
export function isHeader(first: readonly string[], rest: readonly TableRow[]): boolean {
  if (first.some(isFileName)) return false
  if (first.some((name) => roleOfName(name) !== 'none')) return true
  return first.some((name, column) => {
    const below = rest.map(({ cells }) => cells[column] ?? '')
    const share = (test: (cell: string) => boolean) => below.filter(test).length / below.length
    return share(isFileName) > 0.5 || (!isNumber(name) && share(isNumber) > 0.5)
  })
}
