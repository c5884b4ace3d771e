import { expect, test } from 'vitest'
import { unanswered, withoutFinding } from './compare.mjs'

const table = `issue, severity, confidence, filename, location, sample, description, url
CSP_GLOBAL_CHECK,"MEDIUM","CERTAIN","N/A","0:0",N/A,"No CSP",https://example.org
PRELOAD_JS_CHECK,"MEDIUM","FIRM","main/window.ts","35:6","preload: x,","Review",https://example.org
PRELOAD_JS_CHECK,"MEDIUM","FIRM","main/window.ts","70:6","preload: y,","Review",https://example.org
`
const csp = { check: 'CSP_GLOBAL_CHECK', file: 'N/A', answer: 'a header' }
const preload = { check: 'PRELOAD_JS_CHECK', file: 'main/window.ts', answer: 'small' }

test('a finding without an answer is told once, an answered one not', () => {
  expect(unanswered(table, [csp])).toEqual(['PRELOAD_JS_CHECK in main/window.ts'])
  expect(unanswered(table, [csp, preload])).toEqual([])
})

test('an answer to what is found no more is told', () => {
  const gone = { ...preload, file: 'main/other.ts' }
  expect(withoutFinding(table, [csp, preload, gone])).toEqual(['PRELOAD_JS_CHECK in main/other.ts'])
})
