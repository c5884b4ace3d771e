/** How fast this machine scores and explains films with a package. */
import { cpus, loadavg } from 'node:os'
import { timing } from '../bench/measure.ts'
import { explainFilm } from '../src/engine/explain/explain.ts'
import { mapTrust } from '../src/engine/explain/trust/mapTrust.ts'
import { loadedModels } from '../src/engine/predict/loadModel.ts'
import { networkInput, packFilms, readForNetwork } from '../src/engine/predict/readForNetwork.ts'
import { screen } from '../src/engine/predict/screen.ts'

/** Films of which each is scored or explained alone, and calls for all of them. */
const [ALONE, CALLS] = [20, 5]

const quiet = { signal: new AbortController().signal, report: () => undefined }

/** A table as Markdown: median, least and most, after one call that is not counted. Of twenty films at least. */
export async function speed(modelFolder: string, paths: readonly string[]): Promise<string> {
  const load = loadavg()[0]!
  const alone = paths.slice(0, ALONE)
  const order = (path: string) => ({ modelFolder, path, method: 'grad-cam' as const })
  const perSecond: number[] = []
  for (let call = 0; call <= CALLS; call++) {
    const { scored, seconds } = await screen({ modelFolder, paths }, quiet)
    perSecond.push(scored / seconds)
  }
  const rows = [
    row('network alone, a film by itself', 'ms', await networkAlone(modelFolder, alone)),
    row('file to score, a film by itself', 'ms', await milliseconds(alone, (path) => screen({ modelFolder, paths: [path] }, quiet))), // prettier-ignore
    row('Grad-CAM, from the file', 'ms', await milliseconds(alone, (path) => explainFilm(order(path), quiet))), // prettier-ignore
    row('how far a Grad-CAM can be believed', 'ms', await milliseconds(alone, (path) => mapTrust(order(path), quiet))), // prettier-ignore
    row(`${paths.length} films, file to score`, 'films/s', perSecond.slice(1)),
  ]
  const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} threads; load before: ${load.toFixed(1)}`
  return ['| what | median | from | to |', '| --- | --- | --- | --- |', ...rows, '', machine].join('\n') // prettier-ignore
}

const networkAlone = (modelFolder: string, paths: readonly string[]): Promise<number[]> =>
  loadedModels.use(modelFolder, async ({ manifest, network }) => {
    const films = new Map<string, ReturnType<typeof packFilms>>()
    for (const path of paths)
      films.set(path, packFilms([await readForNetwork(path, networkInput(manifest))]))
    return milliseconds(paths, (path) => network.predict(films.get(path)!))
  })

/** For each path but the first, which warms up. */
async function milliseconds(
  paths: readonly string[],
  work: (path: string) => unknown,
): Promise<number[]> {
  const taken: number[] = []
  for (const path of paths) {
    const begun = performance.now()
    await work(path)
    taken.push(performance.now() - begun)
  }
  return taken.slice(1)
}

function row(what: string, unit: 'ms' | 'films/s', values: readonly number[]): string {
  const { median, least, most } = timing(values)
  const told = [median, least, most].map((value) => `${value.toFixed(0)} ${unit}`)
  return `| ${[what, ...told].join(' | ')} |`
}
