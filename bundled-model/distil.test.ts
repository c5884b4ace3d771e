import { expect, test } from 'vitest'
import { withDoubts } from './distil.ts'

const film = (name: string, label: number) => ({
  path: `/films/${name}`,
  label,
  patient: name,
})
const said = (name: string, label: number, plain: number, ...stressed: number[]) => ({
  ...{ film: name, patient: name, label, plain, stressed },
})

test('half of a doubt is what teachers say on average against the label; films that none saw have none', () => {
  const films = [film('NORMAL/a', 0), film('PNEUMONIA/b', 1), film('PNEUMONIA/c', 1)]
  const taught = withDoubts(films, [
    [said('NORMAL/a', 0, 0.25, 0.5), said('PNEUMONIA/b', 1, 1, 0.75)],
    [said('NORMAL/a', 0, 0.75, 0.5), said('PNEUMONIA/b', 1, 0.5, 0.75)],
  ])
  expect(taught.map(({ doubt }) => doubt)).toEqual([0.25, 0.125, undefined])
  expect(taught.map(({ label }) => label)).toEqual([0, 1, 1])
})
