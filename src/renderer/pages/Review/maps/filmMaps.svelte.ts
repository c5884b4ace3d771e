import { z } from 'zod'
import { isCancelled, toAppError } from '../../../../shared/errors.ts'
import {
  ExplanationMethod,
  type MapChoice,
  type MapTrust,
} from '../../../../shared/domain/explanation.ts'
import type { ModelSpec } from '../../../../shared/domain/modelSpec.ts'
import type { Palette } from '../../../../shared/heatColours.ts'
import type { Api } from '../../../api.ts'
import { loadMapValues, type FilmMap } from './filmMap.ts'

type MapsApi = Pick<Api, 'explain' | 'mapTrust' | 'summarise' | 'readSetting' | 'writeSetting'>

/** The film whose map may be shown, and the model that scored it. */
export interface MapSubject {
  readonly imageId: string
  readonly modelId: string
  readonly spec: ModelSpec
}

interface Known {
  readonly map: FilmMap
  readonly trust?: MapTrust
}

const setting = 'review.map'
const Kept = z.object({
  method: ExplanationMethod,
  palette: z.enum(['inferno', 'viridis']),
  opacity: z.number().min(0).max(1),
})
/** A key held longer than this was a look, not a switch. */
const peekMs = 350
const remembered = 12
const opacityStep = 0.1

/** The heat map over the film that is read: off until asked for, given up when another film comes. */
export class FilmMaps {
  #subject: MapSubject | undefined
  #choice = $state.raw<MapChoice>({ method: 'grad-cam' })
  #layers = $state.raw<readonly string[]>([])
  #on = $state(false)
  #known = $state.raw<Known | undefined>()
  #problem = $state<string | undefined>()
  #trustProblem = $state<string | undefined>()
  #working = $state(false)
  #tested = $state<number | undefined>()
  #opacity = $state(0.6)
  #palette = $state<Palette>('inferno')
  #controller = new AbortController()
  #layersOf: string | undefined
  #switchedAt = 0
  readonly #memory = new Map<string, Known>()

  readonly on = $derived(this.#on)
  readonly choice = $derived(this.#choice)
  /** Layers that give an image, the last one last. */
  readonly layers = $derived(this.#layers)
  /** Undefined while it is off, on its way, or cannot be had. */
  readonly map = $derived(this.#on ? this.#known?.map : undefined)
  readonly trust = $derived(this.#known?.trust)
  /** Why there is no map. */
  readonly problem = $derived(this.#problem)
  /** Why the map could not be tested. */
  readonly trustProblem = $derived(this.#trustProblem)
  readonly working = $derived(this.#working)
  /** Share of the map's tests that are done; undefined while none runs. */
  readonly tested = $derived(this.#tested)
  readonly opacity = $derived(this.#opacity)
  readonly palette = $derived(this.#palette)

  constructor(private readonly api: MapsApi) {}

  async load() {
    const text = await this.api.readSetting({ key: setting })
    if (text === null) return
    const { success, data } = Kept.safeParse(JSON.parse(text))
    if (!success) return
    this.#choice = { method: data.method }
    this.#palette = data.palette
    this.#opacity = data.opacity
  }

  /** Another film is read now, or none whose map may be seen. */
  async show(subject: MapSubject | undefined) {
    const before = this.#subject
    if (before?.imageId === subject?.imageId && before?.modelId === subject?.modelId) return
    this.#subject = subject
    // A class of one film, or a layer of one model, says nothing about another.
    const { method, layer } = this.#choice
    const sameModel = before?.modelId === subject?.modelId
    this.#choice = { method, ...(sameModel && layer !== undefined && { layer }) }
    await this.#follow()
  }

  /** The film is read otherwise from now on: its polarity was turned. */
  async forget(imageId: string) {
    for (const [key, { map }] of this.#memory) if (map.imageId === imageId) this.#memory.delete(key)
    if (this.#subject?.imageId === imageId) await this.#follow()
  }

  /** Switches the map on or off; `release` tells a look from a switch. */
  async toggle(at = performance.now()) {
    this.#on = !this.#on
    this.#switchedAt = at
    await this.#follow()
  }

  /** The key is up again: what was only looked at goes. */
  async release(at = performance.now()) {
    if (at - this.#switchedAt < peekMs) return
    this.#on = !this.#on
    await this.#follow()
  }

  async choose(change: { readonly [Name in keyof MapChoice]?: MapChoice[Name] | undefined }) {
    const { method = this.#choice.method, layer, target } = { ...this.#choice, ...change }
    this.#choice = {
      method,
      ...(layer !== undefined && { layer }),
      ...(target !== undefined && { target }),
    }
    await Promise.all([this.#follow(), this.#keep()])
  }

  async nextMethod() {
    const all = ExplanationMethod.options
    await this.choose({ method: all[(all.indexOf(this.#choice.method) + 1) % all.length]! })
  }

  async setOpacity(opacity: number) {
    this.#opacity = Math.round(Math.min(1, Math.max(0.1, opacity)) * 100) / 100
    await this.#keep()
  }

  /** Steps to a stronger (negative: fainter) map. */
  async strengthen(steps: number) {
    await this.setOpacity(this.#opacity + steps * opacityStep)
  }

  async setPalette(palette: Palette) {
    this.#palette = palette
    await this.#keep()
  }

  /** Gives up what is under way, and asks for what is wanted now. */
  async #follow() {
    this.#controller.abort()
    const controller = new AbortController()
    this.#controller = controller
    this.#known = undefined
    this.#problem = undefined
    this.#trustProblem = undefined
    this.#tested = undefined
    this.#working = false
    const subject = this.#subject
    if (!subject || !this.#on) return
    const key = JSON.stringify([subject.modelId, subject.imageId, this.#choice])
    const isCurrent = () => this.#controller === controller
    const known = this.#memory.get(key)
    if (known) this.#known = known
    await this.#findLayers(subject)
    if (isCurrent() && !known) await this.#explain(key, subject, controller.signal, isCurrent)
    if (isCurrent() && this.#known && !this.#known.trust) {
      await this.#test(key, subject, controller.signal, isCurrent)
    }
  }

  async #findLayers({ modelId, spec }: MapSubject) {
    if (this.#layersOf === modelId) return
    this.#layersOf = modelId
    const { layers } = await this.api.summarise({ spec, batchSize: 1 })
    this.#layers = layers.flatMap(({ name, outputShape }) =>
      outputShape.length === 3 ? [name] : [],
    )
  }

  async #explain(key: string, subject: MapSubject, signal: AbortSignal, isCurrent: () => boolean) {
    this.#working = true
    try {
      const { imageId } = subject
      const found = await this.api.explain({ imageId, ...this.#choice }, { signal })
      const { method, layer, target, rows, columns } = found
      const values = await loadMapValues(found.mapId, rows * columns)
      if (!isCurrent()) return
      this.#remember(key, { map: { imageId, method, layer, target, rows, columns, values } })
    } catch (cause) {
      if (isCurrent() && !isCancelled(cause)) this.#problem = toAppError(cause).message
    } finally {
      if (isCurrent()) this.#working = false
    }
  }

  async #test(key: string, subject: MapSubject, signal: AbortSignal, isCurrent: () => boolean) {
    const { imageId } = subject
    this.#tested = 0
    try {
      const onProgress = ({ done, total }: { done: number; total: number }) => {
        if (isCurrent()) this.#tested = done / total
      }
      const trust = await this.api.mapTrust({ imageId, ...this.#choice }, { signal, onProgress })
      if (isCurrent() && this.#known) this.#remember(key, { map: this.#known.map, trust })
    } catch (cause) {
      if (isCurrent() && !isCancelled(cause)) this.#trustProblem = toAppError(cause).message
    } finally {
      if (isCurrent()) this.#tested = undefined
    }
  }

  #remember(key: string, known: Known) {
    this.#known = known
    this.#memory.delete(key)
    this.#memory.set(key, known)
    for (const old of [...this.#memory.keys()].slice(0, -remembered)) this.#memory.delete(old)
  }

  #keep() {
    const kept = { method: this.#choice.method, palette: this.#palette, opacity: this.#opacity }
    return this.api.writeSetting({ key: setting, value: JSON.stringify(kept) })
  }
}
