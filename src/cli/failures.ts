/** Inputs that could not be used, each said once. */
import type { Refusal } from '../shared/domain/film.ts'
import type { Output } from './output.ts'

/** Reports each: `{"file","error"}` with --json, a line for a person. */
export function reportRefusals(output: Output, refusals: readonly Refusal[]): void {
  for (const { path, code, reason } of refusals) {
    output.record({ file: path, error: { code, message: reason } })
    output.note(reason.includes(path) ? reason : `${path}: ${reason}`)
  }
}
