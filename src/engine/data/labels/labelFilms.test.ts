import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LabelOrder } from '../../../shared/domain/labelTable.ts'
import { surveyFolder } from '../survey.ts'

const jpegHead = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])
let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'labels-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(...paths: string[]) {
  for (const path of paths) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), jpegHead)
  }
}

/** The survey of the folder with this table; the table lies in it. */
async function label(text: string | Buffer, order: Partial<LabelOrder> = {}) {
  const file = join(root, 'labels.csv')
  await writeFile(file, text)
  const survey = await surveyFolder(
    { paths: [root], labels: { file, ...order } },
    { signal: new AbortController().signal, report: () => undefined },
  )
  return {
    ...survey,
    roles: survey.labels!.columns.map(({ role }) => role),
    taken: survey.films.map(({ path, className }) => [path.slice(root.length + 1), className]),
    reasons: survey.refused.map(({ line, reason }) => [line, reason]),
  }
}

test('a table names films by path, by name or without extension, in any capitals', async () => {
  await put('a/one.jpg', 'a/two.jpg', 'b/Three.JPG', 'b/left.jpg')
  const { taken, roles, classes, labels, layout } = await label(
    'File,Finding\na/one.jpg,normal\ntwo,PNEUMONIA\nB\\three.jpg,Normal\n',
  )
  expect([roles, layout, classes]).toEqual([['film', 'label'], 'table', ['normal', 'PNEUMONIA']])
  expect(taken).toEqual([
    ['a/one.jpg', 'normal'],
    ['a/two.jpg', 'PNEUMONIA'],
    ['b/Three.JPG', 'normal'],
  ])
  expect(labels).toMatchObject({ rows: 3, unlisted: 1, header: true, delimiter: ',' })
})

test('part, patient, age and view are taken from columns of known names', async () => {
  await put('1.jpg', '2.jpg')
  const { films, roles, patientRule, labels } = await label(
    'X_ray_image_name;Label;Dataset_type;Patient ID;Age;View Position\n1.jpg;Normal;TRAIN;p1;045Y;PA\n2.jpg;Pnemonia;test;p1;?;AP\n',
  )
  expect(roles).toEqual(['film', 'label', 'part', 'patient', 'age', 'view'])
  expect(films).toMatchObject([
    { className: 'Normal', part: 'train', patient: 'p1', age: 45, view: 'PA', line: 2 },
    { className: 'Pnemonia', part: 'test', patient: 'p1', view: 'AP', line: 3 },
  ])
  expect(films[1]).not.toHaveProperty('age')
  expect(patientRule).toContain('Patient ID')
  expect(labels?.agesUnread).toBe(0)
})

test('of several columns of 0 and 1, exactly one is to be set', async () => {
  await put('1.png', '2.png', '3.png', '4.png', '5.png')
  const { taken, roles, reasons } = await label(
    'image,Normal,Pneumonia\n1.png,1,0\n2.png,0.0,1.0\n3.png,1,1\n4.png,0,0\n5.png,0,-1\n',
  )
  expect(roles).toEqual(['film', 'flag', 'flag'])
  expect(taken).toEqual([
    ['1.png', 'Normal'],
    ['2.png', 'Pneumonia'],
  ])
  expect(reasons).toEqual([
    [
      4,
      'line 4: several classes are set (Normal, Pneumonia): a film is of one class, so take fewer',
    ],
    [5, 'line 5: no class is set'],
    [6, 'line 6: «Pneumonia» is said to be uncertain (-1)'],
  ])
})

test('of columns of 0 and 1 only those of the classes taken are asked, as CheXpert needs it', async () => {
  await put('1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg', '6.jpg')
  const table = [
    'Path,Sex,No Finding,Edema,Pneumonia,Support Devices',
    '1.jpg,Male,1.0,,,1.0',
    '2.jpg,Male,,1.0,1.0,',
    '3.jpg,Female,,-1.0,1.0,',
    '4.jpg,Female,,,-1.0,1.0',
    '5.jpg,Female,,,-1.0,',
    '6.jpg,Female,,1.0,,1.0',
  ].join('\n')
  const all = await label(table)
  expect(all.roles).toEqual(['film', 'none', 'flag', 'flag', 'flag', 'flag'])
  expect(all.taken).toEqual([])
  const { taken, reasons } = await label(table, { classes: ['No Finding', 'Pneumonia'] })
  expect(taken).toEqual([
    ['1.jpg', 'No Finding'],
    ['2.jpg', 'Pneumonia'],
    ['3.jpg', 'Pneumonia'],
  ])
  expect(reasons).toEqual([
    [5, 'line 5: «Pneumonia» is said to be uncertain (-1.0)'],
    [6, 'line 6: «Pneumonia» is said to be uncertain (-1.0)'],
    [7, 'line 7: no class that is taken is set'],
  ])
})

test('of a cell with several labels only those that are taken count, as NIH’s table needs it', async () => {
  await put('1.png', '2.png', '3.png', '4.png', '5.png')
  const table =
    'Image Index,Finding Labels\n1.png,No Finding\n2.png,Mass|Pneumonia\n3.png,Mass\n4.png,Pneumonia\n5.png,Mass|Nodule\n'
  const all = await label(table)
  expect(all.taken).toEqual([
    ['1.png', 'No Finding'],
    ['3.png', 'Mass'],
    ['4.png', 'Pneumonia'],
  ])
  expect(all.labels?.labels).toEqual([
    { name: 'Mass', rows: 3, taken: true },
    { name: 'Pneumonia', rows: 2, taken: true },
    { name: 'No Finding', rows: 1, taken: true },
    { name: 'Nodule', rows: 1, taken: true },
  ])
  expect(all.reasons).toEqual([
    [3, 'line 3: it has several labels («Mass|Pneumonia»): a film is of one class, so take fewer'],
    [6, 'line 6: it has several labels («Mass|Nodule»): a film is of one class, so take fewer'],
  ])
  await put('6.png')
  const { taken, labels } = await label(table, { classes: ['No Finding', 'Pneumonia'] })
  expect(taken).toEqual([
    ['1.png', 'No Finding'],
    ['2.png', 'Pneumonia'],
    ['4.png', 'Pneumonia'],
  ])
  // Films of refused rows stand in a row all the same.
  expect(labels?.unlisted).toBe(1)
})

test('lists as Python writes them are labels, as PadChest has them', async () => {
  await put('1.png', '2.png', '3.png', '4.png')
  const { taken, reasons } = await label(
    `ImageID,Labels\n1.png,['normal']\n2.png,"['pneumonia', 'normal']"\n3.png,"[""pneumonia""]"\n4.png,[]\n`,
  )
  expect(taken).toEqual([
    ['1.png', 'normal'],
    ['3.png', 'pneumonia'],
  ])
  expect(reasons.map(([line]) => line)).toEqual([3, 5])
})

test('a column of file names is believed before one of numbers that happen to be names', async () => {
  await put(...Array.from({ length: 9 }, (_, at) => `${at}.png`))
  const rows = Array.from({ length: 8 }, (_, at) => `${at},/drive/imgs/${(at + 3) % 9}.png,${at % 2 ? 'A' : 'B'}`) // prettier-ignore
  const { roles, taken } = await label(`,path,label\n${rows.join('\n')}\n`)
  expect(roles).toEqual(['none', 'film', 'label'])
  expect(taken.find(([path]) => path === '3.png')).toEqual(['3.png', 'B'])
  expect((await label(`number,what,label\n${rows.join('\n')}\n`)).roles[1]).toBe('film')
})

test('«y» beside «x» is a place on the film and no class', async () => {
  const names = Array.from({ length: 12 }, (_, at) => `${at}.png`)
  await put(...names)
  const rows = names.map((name, at) => (at % 4 ? `${name},1.0,${at % 2}.0,1` : `${name},,,0`))
  const { roles } = await label(`patientId,x,y,Target\n${rows.join('\n')}`)
  expect(roles).toEqual(['film', 'none', 'none', 'label'])
})

test('of films of one name, those in the folder of the table are meant', async () => {
  await put('a/img/1.png', 'a/img/2.png', 'b/img/1.png', 'b/img/2.png')
  const file = join(root, 'b', 'labels.csv')
  await writeFile(file, 'id,diagnosis\n1,sick\n2,well\n')
  const { films, refused } = await surveyFolder(
    { paths: [root], labels: { file } },
    { signal: new AbortController().signal, report: () => undefined },
  )
  expect(films.map(({ path }) => path.slice(root.length + 1))).toEqual(['b/img/1.png', 'b/img/2.png']) // prettier-ignore
  expect(refused).toEqual([])
})

test('rows of a study or a patient find the films in the folder of that number, as MIMIC-CXR has them', async () => {
  await put(
    'files/p10/p10000032/s50414267/aa.jpg',
    'files/p10/p10000032/s50414267/bb.jpg',
    'files/p10/p10000032/s53189527/cc.jpg',
    'files/p10/p10000048/s50000000/dd.jpg',
  )
  const { roles, taken, films } = await label(
    'subject_id,study_id,No Finding,Pneumonia\n10000032,50414267,1.0,\n10000032,53189527,,1.0\n10000048,50000000,,-1.0\n',
  )
  expect(roles).toEqual(['patient', 'study', 'flag', 'flag'])
  expect(taken.map(([path, name]) => [path?.slice(-6), name])).toEqual([
    ['aa.jpg', 'No Finding'],
    ['bb.jpg', 'No Finding'],
    ['cc.jpg', 'Pneumonia'],
  ])
  expect(films[0]?.patient).toBe('10000032')
  const byPatient = await label('PatientID,Diagnosis\n10000032,A\n10000048,B\n')
  expect(byPatient.roles).toEqual(['patientId', 'label'])
  expect(byPatient.taken.map(([, name]) => name)).toEqual(['A', 'A', 'A', 'B'])
})

test.each([
  ['Patientennummer'],
  ['Patienten-ID'],
  ['Pat.-Nr.'],
  ['patient_nr'],
  ['pt_id'],
  ['deid_patient_id'],
  ['id_paciente'],
])('«%s» is the column of the patient', async (name) => {
  await put('1.png', '2.png')
  const { roles } = await label(`Datei;Befund;${name}\n1.png;a;7\n2.png;b;7\n`)
  expect(roles).toEqual(['film', 'label', 'patient'])
})

test('every row that cannot be followed is named with its line and its reason', async () => {
  await put('in/1.png', 'in/2.png', 'in/3.png', 'in/4.png', 'x/same.png', 'y/same.png')
  const outside = join(dirname(root), 'secret.png')
  const { taken, reasons } = await label(
    [
      'path,label,__proto__',
      'in/1.png,A,1',
      'in/2.png,B,1',
      'in/1.png,A,1',
      'in/1.png,B,1',
      'gone.png,A,1',
      '../secret.png,A,1',
      `${outside},A,1`,
      'in/../../secret.png,A,1',
      'C:\\films\\1.png,A,1',
      'in/3.png,,1',
      'in/3.png,n/a,1',
      '"in/4.png,A,1',
      'in/"4".png,A,1',
      'same.png,A,1',
      'in/3.png,A|B,1',
      'in/4.png,B,1,more',
      '"in/4.png","B","a ""quote"" elsewhere"',
      'x/same.png,A,in "no" column that matters',
    ].join('\r\n'),
  )
  expect(taken).toEqual([
    ['in/1.png', 'A'],
    ['in/2.png', 'B'],
    ['in/4.png', 'B'],
    ['x/same.png', 'A'],
  ])
  expect(reasons).toEqual([
    [4, 'line 4: its film is named on line 2 already'],
    [5, 'line 5: its film is «A» on line 2 and «B» here; the first counts'],
    [6, 'line 6: «gone.png» is not in the folder'],
    [7, expect.stringContaining('leads outside the folder')],
    [8, expect.stringContaining('leads outside the folder')],
    [9, expect.stringContaining('leads outside the folder')],
    [10, expect.stringContaining('leads outside the folder')],
    [11, 'line 11: it has no label'],
    [12, 'line 12: its label «n/a» says nothing'],
    [13, expect.stringContaining('a quote is opened and not closed')],
    [14, expect.stringContaining('a quote stands inside')],
    [15, expect.stringContaining('2 files of the folder are called «same.png»')],
    [16, expect.stringContaining('several labels')],
    [17, expect.stringContaining('it has 4 cells, the table 3 columns')],
  ])
})

test('what Excel exports is read: sep= in the first line, semicolons, CRLF, Windows-1252', async () => {
  await put('Müller.png', '2.png')
  const text =
    'sep=;\r\nDateiname;Befund;Notiz\r\nMüller.png;unauffällig;"3,5; gut"\r\n2.png;Pneumonie;;\r\n'
  const { taken, labels, roles } = await label(Buffer.from(text, 'latin1'))
  expect(labels).toMatchObject({ encoding: 'Windows-1252', delimiter: ';', rows: 2 })
  expect(roles).toEqual(['film', 'label', 'none'])
  expect(taken).toEqual([
    ['2.png', 'Pneumonie'],
    ['Müller.png', 'unauffällig'],
  ])
})

test('letters that no one can guess are those that a person says', async () => {
  await put('снимок.png')
  const bytes = Buffer.from('f4e0e9eb3be4e8e0e3edeee70d0af1ede8eceeea2e706e673befede5e2eceeede8ff', 'hex') // prettier-ignore
  expect((await label(bytes)).taken).toEqual([])
  const { taken, labels } = await label(bytes, { encoding: 'Windows-1251', roles: ['film', 'label'] }) // prettier-ignore
  expect([labels?.encoding, taken]).toEqual(['Windows-1251', [['снимок.png', 'пневмония']]])
})

test('a table without a header, its columns in any order, is understood by its values', async () => {
  await put('1.png', '2.png', '3.png', '4.png')
  const { roles, taken, labels } = await label('A\t1.png\nB\t2.png\nA\t3.png\nB\t4.png\n')
  expect([roles, labels?.header, labels?.delimiter]).toEqual([['label', 'film'], false, '\t'])
  expect(taken).toHaveLength(4)
})

test('a person may say what the columns are and which labels are classes', async () => {
  await put('1.png', '2.png')
  const { taken, reasons } = await label('file,label,second\n1.png,A,no\n2.png,B,maybe\n', {
    roles: ['film', 'none', 'label'],
    classes: ['NO'],
  })
  expect(taken).toEqual([['1.png', 'no']])
  expect(reasons).toEqual([[3, expect.stringContaining('is none of the classes taken')]])
  await expect(label('a,b\n1,2\n', { roles: ['label', 'label'] })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('one column names the films') as string,
  })
})

test('a label on a handful of thousands of rows is a slip until a person says that it is a class', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => `${at}.png`)
  await put(...names)
  const rows = names.map((name, at) => `${name},${at === 7 ? 'PNEUMONIAA' : at % 2 ? 'N' : 'P'}`)
  const text = `file,label\n${rows.join('\n')}`
  const first = await label(text)
  expect([first.classes, first.reasons.length, first.films.length]).toEqual([['N', 'P'], 1, 1199])
  expect(first.labels?.labels.at(-1)).toEqual({ name: 'PNEUMONIAA', rows: 1, taken: false })
  expect((await label(text, { classes: ['N', 'P', 'PNEUMONIAA'] })).films).toHaveLength(1200)
})

test('a row that names a file which is no picture says why it is none', async () => {
  await put('1.png')
  await writeFile(join(root, '2.png'), '')
  const { reasons } = await label('file,label\n1.png,A\n2.png,B\n')
  expect(reasons).toEqual([[3, expect.stringContaining('the file is empty')]])
})

test('of several columns that could be the class, the one counts that says something of most films', async () => {
  const names = Array.from({ length: 60 }, (_, at) => `${at}.png`)
  await put(...names)
  // As the RSNA challenge of 2018 wrote its boxes: x and y stand beside the target.
  const rows = names.map((name, at) => (at % 3 > 0 ? `${name},,,0` : `${name},${at}.5,${at}.0,1`))
  const { roles, classes, films } = await label(`patientId,x,y,Target\n${rows.join('\n')}`)
  expect(roles).toEqual(['film', 'none', 'none', 'label'])
  expect([classes, films.length]).toEqual([['0', '1'], 60])
})

test('titles and remarks above the header are no rows', async () => {
  await put('1.png', '2.png')
  for (const above of [
    'Export of 2020\n\n',
    'Export of 2020,\n,\n',
    '# by a tool\n# date, 2020\n',
  ]) {
    const { taken, reasons, labels } = await label(`${above}file,label,x\n1.png,A,\n2.png,B,\n`)
    expect([taken.length, reasons, labels?.header], above).toEqual([2, [], true])
  }
  // Without a header below, it is a film that nothing is said of.
  const { reasons } = await label('first.png,\n1.png,A\n2.png,B\n')
  expect(reasons).toEqual([[1, 'line 1: «first.png» is not in the folder']])
})

test('folders of another machine, which most names begin with, are left out of them', async () => {
  const names = Array.from({ length: 8 }, (_, at) => `train/p${at}/1.png`)
  await put(...names)
  const table = (before: string, ...more: string[]) =>
    `image,label\n${[...names.map((name, at) => `${before}${name},${at % 2 ? 'A' : 'B'}`), ...more].join('\n')}`
  for (const before of [
    'CheXpert-v1.0-small/',
    '/kaggle/input/xray/',
    'C:/data/',
    '//server/share/',
  ]) {
    const { films, labels } = await label(table(before))
    expect([films.length, labels?.below], before).toEqual([8, before.slice(0, -1)])
  }
  const backslashes = await label(table('C:/data/').replace(/\//g, '\\'))
  expect([backslashes.films.length, backslashes.labels?.below]).toEqual([8, 'C:/data'])
  // What leads elsewhere, or lies in another folder, stays refused.
  const { films, reasons } = await label(
    table(
      '/data/',
      '/data/../train/p1/1.png,A',
      '/secret/train/p2/1.png,A',
      '/data/train/p9/1.png,A',
    ),
  )
  expect([films.length, reasons]).toEqual([
    8,
    [
      [10, expect.stringContaining('leads outside the folder')],
      [11, expect.stringContaining('leads outside the folder')],
      [12, 'line 12: «/data/train/p9/1.png» is not in the folder'],
    ],
  ])
})

test('a few names with folders of elsewhere among many are refused', async () => {
  const names = Array.from({ length: 8 }, (_, at) => `${at}.png`)
  await put(...names)
  const rows = [...names.slice(0, 4).map((name) => `${name},A`), ...names.slice(4).map((name) => `/etc/${name},B`)] // prettier-ignore
  const { films, labels } = await label(`file,label\n${rows.join('\n')}`)
  expect([films.length, labels?.below]).toEqual([4, undefined])
})

test('a film with another extension is named where a row names none', async () => {
  await put('a/1.jpeg', '2.png')
  const { reasons } = await label('file,label\na/1.png,A\n2.png,B\n')
  expect(reasons).toEqual([
    [2, 'line 2: «a/1.png» is not in the folder, but a/1.jpeg is: correct the name'],
  ])
})

test('text that is no table is refused as such, not as an empty one', async () => {
  await expect(label('[{"file": "1.png", "label": "A"}]')).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('no table of text') as string,
  })
})

test.each([
  ['XLSX', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from('a,b,c\n1,2,3\n'.repeat(20))])],
  ['XLS', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
])('a workbook (%s) is refused with what to do, whatever its bytes look like', async (_, bytes) => {
  await expect(label(bytes)).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    message: `${join(root, 'labels.csv')}: a workbook of a spreadsheet program, which is not read; save its sheet as CSV there, and take that file`,
  })
})
