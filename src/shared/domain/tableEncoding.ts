/** How the text of a table may be encoded. */
import { z } from 'zod'

/** Labels of the Encoding Standard, as people write them and in the order in which they are offered; UTF-32 is no part of it. */
export const TableEncoding = z.enum([
  'UTF-8',
  'UTF-16 LE',
  'UTF-16 BE',
  'UTF-32 LE',
  'UTF-32 BE',
  'Windows-1252',
  'Macintosh',
  'Windows-1250',
  'ISO-8859-2',
  'Windows-1251',
  'KOI8-R',
  'KOI8-U',
  'IBM866',
  'ISO-8859-5',
  'x-mac-cyrillic',
  'Windows-1253',
  'ISO-8859-7',
  'Windows-1254',
  'Windows-1255',
  'Windows-1256',
  'Windows-1257',
  'Windows-1258',
  'Windows-874',
  'Shift_JIS',
  'EUC-JP',
  'ISO-2022-JP',
  'GB18030',
  'Big5',
  'EUC-KR',
])
export type TableEncoding = z.infer<typeof TableEncoding>
