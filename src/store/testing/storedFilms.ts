/** A library of its own with made-up rows, for tests of what works on rows alone. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StoredDataset } from '../dataset.ts'
import type { StoredImage } from '../image.ts'
import { openLibraryFolder } from '../libraryFolder.ts'
import { openStore } from '../store.ts'

/** Opens a new library; `remove` closes it and takes its folder away. */
export function temporaryStore() {
  const root = mkdtempSync(join(tmpdir(), 'pneumoscope-rows-'))
  const store = openStore(openLibraryFolder(root), 'test')
  const remove = () => {
    store.close()
    rmSync(root, { recursive: true, force: true })
  }
  return { store, remove }
}

export const storedDataset = (id: string): StoredDataset => ({
  ...{ id, name: 'Films', createdAt: '2024-01-01T00:00:00.000Z', root: '/films' },
  ...{ layout: 'classes', classes: ['NORMAL', 'PNEUMONIA'], images: 0, patients: 0 },
  ...{ refused: 0, duplicates: 0, synthetic: false, counts: [] },
})

/** A film of the data set «d» whose id, file and pixels are named by `name`. */
export const storedImage = (name: string, more: Partial<StoredImage> = {}): StoredImage => ({
  ...{ id: name, datasetId: 'd', path: `/films/${name}.png`, fileName: `${name}.png` },
  ...{ patient: name, thumbnail: `${name}.jpg`, format: 'png', rows: 4, columns: 3 },
  ...{ samplesPerPixel: 1, bytes: 100, fileHash: `file ${name}`, pixelHash: `pixels ${name}` },
  ...{ synthetic: true, className: 'NORMAL' },
  ...more,
})
