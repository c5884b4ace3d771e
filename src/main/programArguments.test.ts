import { expect, test } from 'vitest'
import { filmArguments, libraryOption } from './programArguments.ts'

test('the library is named by the option, in either form', () => {
  expect(libraryOption(['electron', '.', '--library', '/a b'])).toBe('/a b')
  expect(libraryOption(['electron', '.', '--library=/c=d'])).toBe('/c=d')
  expect(libraryOption(['electron', '.'])).toBeUndefined()
})

test('films are the words that are no options, from the folder of the call', () => {
  const argv = ['/opt/pneumoscope/pneumoscope-window', 'a b.dcm', '--library', '/lib', '/x/c.png']
  expect(filmArguments(argv, '/home/ada', '/opt/app.asar')).toEqual([
    '/home/ada/a b.dcm',
    '/x/c.png',
  ])
  expect(filmArguments(['electron', '--no-sandbox'], '/', '/opt/app.asar')).toEqual([])
})

test('in a checkout the folder of the program is not a film', () => {
  expect(
    filmArguments(['electron', '--no-sandbox', '.', 'film.png'], '/home/ada', '/home/ada/'),
  ).toEqual(['/home/ada/film.png'])
})
