/** What a batch must be before it reaches the graph, where a mistake would read past the end of an array. */
import type { ModelSpec } from '../../shared/domain/modelSpec.ts'
import { AppError } from '../../shared/errors.ts'
import type { FilmBatch, TrainBatch } from './network.ts'

/** Throws BAD_INPUT for films that are not of the network's size, or colour for a grey network. */
export function checkFilms({ input, name }: ModelSpec, films: FilmBatch): void {
  if (films.channels > input.channels)
    throw new AppError('BAD_INPUT', `${name} takes grey films, and these are in colour`)
  const wanted = films.count * input.height * input.width * films.channels
  if (films.pixels.length !== wanted)
    throw new AppError(
      'BAD_INPUT',
      `${films.count} films of ${input.height}×${input.width}×${films.channels} are ${wanted} bytes, but there are ${films.pixels.length}`,
    )
}

/** As `checkFilms`, and labels, weights and changes for every film. */
export function checkTrainBatch(spec: ModelSpec, batch: TrainBatch): void {
  const { films, labels, weights, augmentation } = batch
  checkFilms(spec, films)
  if (films.count === 0) throw new AppError('BAD_INPUT', 'A training step needs at least one film')
  checkLength('labels', labels.length, films.count)
  if (weights) checkLength('weights', weights.length, films.count)
  if (augmentation) {
    checkLength('transforms', augmentation.transforms.length, films.count * 8)
    if (augmentation.photometric)
      checkLength('photometric changes', augmentation.photometric.length, films.count * 4)
    if (augmentation.cutout) checkLength('cut-outs', augmentation.cutout.length, films.count * 4)
    if (augmentation.ownShares)
      checkLength('shares of mixed films', augmentation.ownShares.length, films.count)
  }
  const wrong = labels.find((label) => label < 0 || label >= spec.classes)
  if (wrong !== undefined)
    throw new AppError('BAD_INPUT', `Label ${wrong} is not one of ${spec.classes} classes`)
}

function checkLength(what: string, length: number, wanted: number): void {
  if (length !== wanted)
    throw new AppError(
      'BAD_INPUT',
      `${what}: ${wanted} numbers are needed, but there are ${length}`,
    )
}
