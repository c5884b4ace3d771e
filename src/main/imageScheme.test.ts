import { expect, test } from 'vitest'
import { parseImageAddress } from './imageScheme.ts'

const id = '0123456789abcdef0123456789'

test('a film has two pictures', () => {
  expect(parseImageAddress(`image://image/${id}/thumbnail`)).toEqual({
    imageId: id,
    picture: 'thumbnail',
  })
  expect(parseImageAddress(`image://image/${id}/pixels`)?.picture).toBe('pixels')
})

test('any other address is refused', () => {
  const others = [
    `image://image/${id}/pixels?x`,
    `image://image/${id}/pixels/..`,
    `image://image/../${id}/pixels`,
    `image://image/${id.slice(1)}/pixels`,
    `image://image/..%2f..%2fetc%2fpasswd/thumbnail`,
    `image://other/${id}/thumbnail`,
    `image://image/${id.toUpperCase()}/thumbnail`,
    `image://image/${id}/thumbnail\n`,
    '',
  ]
  for (const address of others) expect(parseImageAddress(address)).toBeUndefined()
})
