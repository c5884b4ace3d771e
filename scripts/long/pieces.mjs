/**
 * What the long runs are, and how they are cut. A piece is one call of a test file with a seed of its own, so that a stop
 * loses one piece at most.
 */
export const longRuns = [
  {
    run: 'Damaged DICOM files',
    file: 'tests/integration/dicomFuzz.test.ts',
    unit: 'files',
    goal: 20_000,
    piece: 1000,
    variable: 'PNEUMOSCOPE_FUZZ',
  },
  {
    run: 'Damaged JPEG, PNG, CSV and zip files, model packages and capsules',
    file: 'tests/integration/fuzz.test.ts',
    unit: 'files of each kind',
    goal: 20_000,
    piece: 1000,
    variable: 'PNEUMOSCOPE_FUZZ',
  },
  {
    run: 'Calls of the window by chance',
    file: 'tests/e2e/ipcFuzz.spec.ts',
    unit: 'calls',
    goal: 20_000,
    piece: 2000,
    variable: 'PNEUMOSCOPE_FUZZ',
  },
  {
    run: 'Killed imports',
    file: 'tests/integration/importCrash.test.ts',
    unit: 'kills',
    goal: 200,
    piece: 20,
    variable: 'PNEUMOSCOPE_KILLS',
  },
  {
    run: 'Killed exports, migrations, trainings and screenings',
    file: 'tests/integration/kills.test.ts',
    unit: 'kills of each',
    goal: 200,
    piece: 20,
    variable: 'PNEUMOSCOPE_KILLS',
  },
  {
    run: 'A training on a disk that fails at every operation',
    file: 'tests/integration/trainingFaults.test.ts',
    unit: 'run',
    goal: 1,
    piece: 1,
    variable: 'PNEUMOSCOPE_FAULTS',
    value: 'all',
  },
  {
    run: 'A disk that fails at every operation, with every error',
    file: 'tests/integration/fileFaults.test.ts',
    unit: 'run',
    goal: 1,
    piece: 1,
    variable: 'PNEUMOSCOPE_FAULTS',
    value: 'all',
  },
]

/** Round after round for as long as the caller says. */
export const soak = {
  run: 'Import, training and screening round after round',
  file: 'tests/integration/soak.test.ts',
  unit: 'minutes',
  goal: 480,
  variable: 'PNEUMOSCOPE_SOAK_MINUTES',
}

/** The pieces that have no result yet, the runs by turns, so that a short time gives something of each. */
export function piecesLeft(results, soakMinutes) {
  const runs = [...longRuns, { ...soak, goal: soakMinutes, piece: soakMinutes }]
  const all = runs.flatMap(({ goal, piece, ...of }) =>
    Array.from({ length: Math.ceil(goal / piece) }, (_, turn) => ({
      ...{ ...of, turn },
      amount: Math.min(piece, goal - turn * piece),
      // Kills draw other moments by another seed; damaged files are numbered through.
      seed: of.variable === 'PNEUMOSCOPE_FUZZ' ? 1 + turn * piece : 1 + turn,
    })),
  )
  const key = ({ run, seed, amount }) => `${run} ${seed} ${amount}`
  const done = new Set(results.map(key))
  return all.filter((piece) => !done.has(key(piece))).sort((a, b) => a.turn - b.turn)
}
