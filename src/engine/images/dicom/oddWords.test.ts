import { expect, test } from 'vitest'
import { openImage } from './image.ts'
import { inspectDicom } from './inspectDicom.ts'
import { openDicom } from './openDicom.ts'
import { quoted } from './quoted.ts'
import { renderDicom } from './renderDicom.ts'
import { dicomFile, imageElements, type Written } from './testing/writeDicom.ts'
import { EXPLICIT, IMPLICIT } from './transferSyntaxes.ts'

const pixels: Written = [0x7fe0_0010, 'OW', Uint8Array.of(1, 2, 3, 4)]
const square = { rows: 2, columns: 2 }

test('what a file says is quoted in one short line, signs that cannot be seen as dots', () => {
  expect(quoted('1.2\n3\u001b[31m\u2028\u202e4')).toBe('1.2·3·[31m··4')
  expect(quoted('x'.repeat(41))).toBe(`${'x'.repeat(40)}…`)
})

test('a transfer syntax, a class or a number of unseemly signs is refused in one line', async () => {
  const strange = dicomFile(`${EXPLICIT}\n\u0007`, imageElements(square, pixels))
  expect(() => openImage(strange).frames).toThrow(
    /^its pixels are coded as 1\.2\.840\.10008\.1\.2\.1··, .+$/,
  )
  const object = dicomFile(EXPLICIT, [[0x0008_0016, 'UI', '1.2\t3']])
  expect(await inspectDicom('a', object)).toMatchObject({
    object: 'a DICOM object of the class 1.2·3',
  })
  const frames = imageElements(square, pixels).filter(([tag]) => tag !== 0x0028_0008)
  frames.splice(3, 0, [0x0028_0008, 'IS', 'one\r\ntwo'])
  expect(() => openImage(dicomFile(EXPLICIT, frames)).frames).toThrow(
    /«one··two», which is no number/,
  )
})

test('words that every object of the program has mean nothing in a file', async () => {
  const { transferSyntax } = openDicom(
    dicomFile(`${IMPLICIT}constructor`, imageElements(square, pixels)),
  )
  expect(transferSyntax.packing).toBeUndefined()
  expect(transferSyntax.name).toContain('of one maker')
  const object = dicomFile(EXPLICIT, [[0x0008_0016, 'UI', 'toString']])
  expect(await inspectDicom('a', object)).toMatchObject({
    object: 'a DICOM object of the class toString',
  })
  const more: Written[] = [
    [0x0008_0005, 'CS', 'constructor'],
    [0x0010_0010, 'PN', 'Doe^Jane'],
    [0x0028_1050, 'DS', '2'],
    [0x0028_1051, 'DS', '4'],
    [0x0028_1056, 'CS', 'constructor'],
  ]
  const film = await renderDicom(dicomFile(EXPLICIT, imageElements({ ...square, more }, pixels)), 1)
  expect(film.windows).toEqual([
    { kind: 'window', label: '', centre: 2, width: 4, shape: 'linear' },
  ])
})
