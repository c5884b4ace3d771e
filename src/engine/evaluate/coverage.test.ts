/** Whether 95 % intervals hold the truth as often as they say, over many invented trials. */
import { expect, test } from 'vitest'
import { wilson } from '../../shared/judgement/wilson.ts'
import { normal, randomStream } from '../data/random.ts'
import { rocAuc } from './auc.ts'
import { patientBootstrap } from './bootstrap.ts'

const trials = 500
/** Scores of sick films lie one deviation higher: the area is Φ(1 / √2). */
const trueAuc = 0.7602499389

function trial(number: number, filmsOfPatient: number) {
  const random = randomStream(number, `coverage/${filmsOfPatient}`)
  const scores: number[] = []
  const labels: number[] = []
  const patients: string[] = []
  for (let patient = 0; patient < 120; patient++) {
    const label = Number(random.next() < 0.4)
    const own = normal(random)
    for (let film = 0; film < filmsOfPatient; film++) {
      // Films of one patient resemble each other; together the deviation stays 1.
      const noise = Math.sqrt(0.8) * own + Math.sqrt(0.2) * normal(random)
      scores.push(1 / (1 + Math.exp(-(noise + label))))
      labels.push(label)
      patients.push(`p${patient}`)
    }
  }
  return { scores, labels, patients }
}

function covered(filmsOfPatient: number) {
  let [byDelong, byBootstrap] = [0, 0]
  for (let number = 0; number < trials; number++) {
    const { scores, labels, patients } = trial(number, filmsOfPatient)
    const holds = (interval: readonly [number, number]) =>
      Number(interval[0] <= trueAuc && trueAuc <= interval[1])
    byDelong += holds(rocAuc(scores, labels)!.ci95!)
    byBootstrap += holds(
      patientBootstrap(scores, labels, patients, { draws: 300, seed: number }).auc!,
    )
  }
  return { byDelong: byDelong / trials, byBootstrap: byBootstrap / trials }
}

test('both intervals of the area hold it in 93 % of 500 trials with a film a patient', () => {
  const { byDelong, byBootstrap } = covered(1)
  expect(byDelong).toBeGreaterThanOrEqual(0.93)
  expect(byBootstrap).toBeGreaterThanOrEqual(0.93)
})

test('with three films a patient the draws of patients still do, and DeLong’s falls behind', () => {
  const { byDelong, byBootstrap } = covered(3)
  expect(byBootstrap).toBeGreaterThanOrEqual(0.93)
  expect(byDelong).toBeLessThan(0.93)
})

test.each([0.02, 0.1, 0.5, 0.9])(
  'Wilson’s interval holds a share of %d in 93 % of trials',
  (share) => {
    const random = randomStream(3, `wilson/${share}`)
    let holding = 0
    for (let number = 0; number < trials; number++) {
      let part = 0
      for (let film = 0; film < 120; film++) part += Number(random.next() < share)
      const [low, high] = wilson(part, 120)!
      holding += Number(low <= share && share <= high)
    }
    expect(holding / trials).toBeGreaterThanOrEqual(0.93)
  },
)
