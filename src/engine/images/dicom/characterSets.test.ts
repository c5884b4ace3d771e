import { expect, test } from 'vitest'
import { decodeText } from './characterSets.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

test('single-byte sets and UTF-8 are decoded by their name', () => {
  expect(decodeText(bytes('Buc^J\xe9r\xf4me'), 'ISO_IR 100')).toBe('Buc^Jérôme')
  expect(decodeText(bytes('\xbb\xee\xda\x63\x65\xdc\xd1yp\xd3'), 'ISO_IR 144')).toBe('Люкceмбypг')
  expect(decodeText(Buffer.from('Διονυσιος'), 'ISO_IR 192')).toBe('Διονυσιος')
  expect(decodeText(Buffer.of(0xcd, 0xf5, 0x5e, 0xd0, 0xa1), 'GB18030')).toBe('王^小')
})

// PS3.5 H.3.1, H.3.2 and I.2 give these bytes.
test('ISO 2022 escapes switch to Japanese and back', () => {
  const name =
    'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B'
  expect(decodeText(bytes(name), '\\ISO 2022 IR 87')).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう')
  const katakana = '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J'
  expect(decodeText(bytes(katakana), 'ISO 2022 IR 13\\ISO 2022 IR 87')).toBe('ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎')
})

test('ISO 2022 escapes switch to Korean within one component', () => {
  const name = 'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7'
  expect(decodeText(bytes(name), '\\ISO 2022 IR 149')).toBe('Hong^Gildong=洪^吉洞')
})

test('without a character set, bytes are UTF-8 where they are that, and Latin-1 otherwise', () => {
  expect(decodeText(Buffer.from('Ω'), '')).toBe('Ω')
  expect(decodeText(bytes('J\xe9r\xf4me'), '')).toBe('Jérôme')
})
