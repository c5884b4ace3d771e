import { expect, test } from 'vitest'
import { parseImageAddress } from './imageScheme.ts'

const id = '0123456789abcdef0123456789'

test('a film has two pictures', () => {
  expect(parseImageAddress(`image://image/${id}/thumbnail`)).toEqual({
    imageId: id,
    picture: 'thumbnail',
  })
  expect(parseImageAddress(`image://image/${id}/pixels`)).toEqual({
    imageId: id,
    picture: 'pixels',
    frame: 1,
    halvings: 0,
  })
  expect(parseImageAddress(`image://image/${id}/pixels/12`)).toMatchObject({ frame: 12 })
  const small = parseImageAddress(`image://image/${id}/pixels/12/halved/2`)
  expect(small).toMatchObject({ frame: 12, halvings: 2 })
})

test('an augmented film has a number in its preview', () => {
  expect(parseImageAddress(`image://augmented/${id}/7`)).toEqual({
    picture: 'augmented',
    previewId: id,
    number: 7,
  })
})

test('a heat map has an id of its own', () => {
  expect(parseImageAddress(`image://map/${id}`)).toEqual({ picture: 'map', mapId: id })
  expect(parseImageAddress(`image://map/${id}/0`)).toBeUndefined()
})

test('a look at a film that is being read has an id of its own', () => {
  expect(parseImageAddress(`image://look/${id}`)).toEqual({ picture: 'look', lookId: id })
  expect(parseImageAddress(`image://look/${id}/0`)).toBeUndefined()
})

test('any other address is refused', () => {
  const others = [
    `image://image/${id}/pixels?x`,
    `image://image/${id}/pixels/..`,
    `image://image/${id}/pixels/0`,
    `image://image/${id}/pixels/-1`,
    `image://image/${id}/pixels/1/halved/0`,
    `image://image/${id}/pixels/1/halved/7`,
    `image://image/${id}/pixels/halved/1`,
    `image://image/../${id}/pixels`,
    `image://image/${id.slice(1)}/pixels`,
    `image://image/..%2f..%2fetc%2fpasswd/thumbnail`,
    `image://other/${id}/thumbnail`,
    `image://image/${id.toUpperCase()}/thumbnail`,
    `image://image/${id}/thumbnail\n`,
    `image://augmented/${id}/-1`,
    `image://augmented/${id}/100`,
    '',
  ]
  for (const address of others) expect(parseImageAddress(address)).toBeUndefined()
})
