/** Who is on which generated film, and how the files are called. */
import { below, randomStream, type Random } from '../data/random.ts'
import { kindsOf, type OpacityKind } from './opacity.ts'

export interface PlannedFilm {
  readonly className: 'NORMAL' | 'PNEUMONIA'
  /** As `data/patient.ts` reads it. */
  readonly fileName: string
  /** Streams of chance: films of one patient share the first. */
  readonly patientStream: string
  readonly filmStream: string
  /** Empty on a normal film. */
  readonly opacities: readonly OpacityKind[]
}

/** Half of the films (the odd one included) are normal. Patients have one to four films, of one class. */
export function planFilms(count: number, seed: number): PlannedFilm[] {
  const sick = Math.floor(count / 2)
  return [...plan('NORMAL', count - sick, seed), ...plan('PNEUMONIA', sick, seed)]
}

function plan(className: PlannedFilm['className'], count: number, seed: number): PlannedFilm[] {
  const random = randomStream(seed, `plan/${className}`)
  const films: PlannedFilm[] = []
  for (let patient = 1; films.length < count; patient++) {
    const organism = random.next() < 0.6 ? 'bacteria' : 'virus'
    const opacities = className === 'NORMAL' ? [] : drawKinds(organism, random)
    const own = Math.min(filmsOfPatient(random), count - films.length)
    for (let film = 1; film <= own; film++) {
      const number = films.length + 1
      films.push({
        className,
        fileName:
          className === 'NORMAL'
            ? `synthetic-IM-${padded(patient)}-${padded(film)}.jpeg`
            : `synthetic-person${patient}_${organism}_${number}.jpeg`,
        patientStream: `${className}/${patient}`,
        filmStream: `${className}/${patient}/${film}`,
        opacities,
      })
    }
  }
  return films
}

/** Most patients have one film. */
const filmsOfPatient = (random: Random) => (random.next() < 0.6 ? 1 : 2 + below(random, 3))

function drawKinds(organism: 'bacteria' | 'virus', random: Random): OpacityKind[] {
  const kinds: readonly OpacityKind[] = kindsOf[organism]
  const first = kinds[below(random, kinds.length)]!
  const second = kinds[below(random, kinds.length)]!
  return random.next() < 0.5 && second !== first ? [first, second] : [first]
}

const padded = (number: number) => String(number).padStart(4, '0')
