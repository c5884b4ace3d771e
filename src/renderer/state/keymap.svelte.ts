import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import {
  isCommand,
  keyName,
  shortcutOf,
  shortcuts,
  type Command,
  type KeyPress,
} from './shortcuts.ts'

/** A command as a key asks for it: `times` its step. */
export interface Order {
  readonly command: Command
  readonly times: number
}

/** Keys by command; commands that keep their usual keys are left out. */
const KeymapFile = z.object({
  format: z.literal('pneumoscope-keys'),
  version: z.literal(1),
  keys: z.record(z.string(), z.array(z.string().min(1).max(40)).max(4)),
})

/** Keys that the system, a form or the program itself needs. */
const reserved = new Set([
  'Tab',
  'Shift+Tab',
  'F11',
  'Ctrl+C',
  'Ctrl+V',
  'Ctrl+A',
  'Ctrl+Q',
  'Alt+F4',
])
const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead'])

/** Which key stands for which command: the usual ones, and those that a person has chosen. */
export class Keymap {
  #own = $state.raw<ReadonlyMap<Command, readonly string[]>>(new Map())
  readonly isOwn = $derived(this.#own.size > 0)
  readonly #byKey = $derived(
    new Map(shortcuts.flatMap(({ command }) => this.keysOf(command).map((key) => [key, command]))),
  )

  keysOf(command: Command): readonly string[] {
    return this.#own.get(command) ?? shortcutOf(command).keys
  }

  /** What a key press asks for; with Shift a stepped command goes ten steps, with Ctrl a hundred. */
  orderOf(press: KeyPress): Order | undefined {
    const command = this.#byKey.get(keyName(press))
    if (command) return { command, times: 1 }
    // A KeyboardEvent's properties are its class's: they cannot be spread.
    const { key, altKey, ctrlKey, metaKey } = press
    const held = { altKey, ctrlKey: false, metaKey: false, shiftKey: false }
    const plain = this.#byKey.get(keyName({ key, ...held }))
    if (!plain || !shortcutOf(plain).stepped) return undefined
    return { command: plain, times: ctrlKey || metaKey ? 100 : 10 }
  }

  /** Who has a key already, beside the command that wants it. */
  holderOf(key: string, wanted: Command): Command | undefined {
    const holder = this.#byKey.get(key)
    return holder === wanted ? undefined : holder
  }

  /** Gives a command one key of its own, taken from whoever had it. Throws BAD_INPUT for a key that is not free to give. */
  give(command: Command, key: string) {
    if (!isGivable(key))
      throw new AppError('BAD_INPUT', `${key} is needed otherwise: choose another`)
    const next = new Map(this.#own)
    const holder = this.holderOf(key, command)
    if (holder)
      next.set(
        holder,
        this.keysOf(holder).filter((other) => other !== key),
      )
    next.set(command, [key])
    this.#own = next
  }

  /** Gives one command, or all of them, the usual keys back, unless another command holds them now. */
  reset(command?: Command) {
    if (!command) {
      this.#own = new Map()
      return
    }
    const next = new Map(this.#own)
    const free = shortcutOf(command).keys.filter((key) => !this.holderOf(key, command))
    if (free.length === shortcutOf(command).keys.length) next.delete(command)
    else next.set(command, free)
    this.#own = next
  }

  toText(): string {
    const keys = Object.fromEntries(this.#own)
    return JSON.stringify({ format: 'pneumoscope-keys', version: 1, keys })
  }

  /** Takes over what `toText` gave. Throws BAD_INPUT, with nothing changed, when it is something else or in conflict. */
  useText(text: string) {
    const next = new Map<Command, readonly string[]>()
    for (const [name, keys] of Object.entries(readFile(text))) {
      if (!isCommand(name)) throw bad(`it names a command that is unknown: ${name}`)
      const wrong = keys.find((key) => !isGivable(key))
      if (wrong !== undefined) throw bad(`${wrong} cannot be given`)
      next.set(name, keys)
    }
    const seen = new Map<string, Command>()
    for (const { command, keys: usual } of shortcuts) {
      for (const key of next.get(command) ?? usual) {
        const other = seen.get(key)
        if (other) {
          throw bad(
            `${key} stands for «${shortcutOf(other).label}» and «${shortcutOf(command).label}»`,
          )
        }
        seen.set(key, command)
      }
    }
    this.#own = next
  }
}

/** The one of the window. */
export const keymap = new Keymap()

/** «Reset the view (Space)». */
export function tip(command: Command): string {
  const { label } = shortcutOf(command)
  const [key] = keymap.keysOf(command)
  return key === undefined ? label : `${label} (${key})`
}

/** Whether a person may give a command this key. */
export function isGivable(key: string): boolean {
  const last = key === '+' || key.endsWith('++') ? '+' : key.split('+').at(-1)!
  return !reserved.has(key) && !modifiers.has(last) && last !== ''
}

function readFile(text: string): Readonly<Record<string, readonly string[]>> {
  try {
    return KeymapFile.parse(JSON.parse(text)).keys
  } catch (cause) {
    throw new AppError('BAD_INPUT', 'This is no file of keys: choose one that was exported here', {
      cause,
    })
  }
}

const bad = (reason: string) =>
  new AppError('BAD_INPUT', `These keys cannot be used: ${reason}. Nothing was changed.`)
