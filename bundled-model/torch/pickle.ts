/**
 * Python's pickle, protocol 2, as far as PyTorch's `save` uses it. Nothing that a pickle names is ever run: a class is
 * looked up in the caller's list, and one that is not there is refused.
 */
import { AppError } from '../../src/shared/errors.ts'

/** What a pickle may name, by `module name`; called with the arguments that the pickle gives it. */
export type Callables = ReadonlyMap<string, (...args: readonly unknown[]) => unknown>

export interface PickleOptions {
  readonly callables: Callables
  /** What a persistent id stands for. */
  readonly persistent: (id: readonly unknown[]) => unknown
}

/** A dictionary of a pickle, ordered or not. */
export type Dictionary = Map<unknown, unknown>

const MARK = Symbol('mark')

/** The value that begins at `start`, and where the next one would begin. Throws BAD_MODEL. */
export function unpickle(
  bytes: Buffer,
  start: number,
  options: PickleOptions,
): { readonly value: unknown; readonly end: number } {
  const machine = new Machine(bytes, start, options)
  while (!machine.step());
  return { value: machine.result(), end: machine.at }
}

class Machine {
  readonly #stack: unknown[] = []
  readonly #memo = new Map<number, unknown>()

  constructor(
    private readonly bytes: Buffer,
    public at: number,
    private readonly options: PickleOptions,
  ) {}

  result(): unknown {
    if (this.#stack.length !== 1) throw refused('it does not end with one value')
    return this.#stack[0]
  }

  /** Carries out one instruction; true at the end. */
  step(): boolean {
    if (this.at >= this.bytes.length) throw refused('it ends too early')
    const code = this.bytes[this.at++]!
    const instruction = instructions.get(String.fromCharCode(code))
    if (!instruction) throw refused(`instruction ${code} is not one that weights need`)
    return instruction(this) === 'stop'
  }

  push(value: unknown): void {
    this.#stack.push(value)
  }
  pop(): unknown {
    if (this.#stack.length === 0) throw refused('it takes more than it gave')
    return this.#stack.pop()
  }
  top(): unknown {
    return this.#stack.at(-1)
  }
  popToMark(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK)
    if (mark < 0) throw refused('a mark is missing')
    const values = this.#stack.splice(mark)
    return values.slice(1)
  }
  remember(place: number): void {
    this.#memo.set(place, this.top())
  }
  recall(place: number): void {
    if (!this.#memo.has(place)) throw refused(`it recalls ${place}, which it never gave`)
    this.push(this.#memo.get(place))
  }
  /** An unsigned number of so many bytes. */
  number(length: 1 | 2 | 4): number {
    this.at += length
    if (this.at > this.bytes.length) throw refused('it ends too early')
    return this.bytes.readUIntLE(this.at - length, length)
  }
  text(length: number): string {
    this.at += length
    if (this.at > this.bytes.length) throw refused('it ends too early')
    return this.bytes.toString('utf8', this.at - length, this.at)
  }
  line(): string {
    const end = this.bytes.indexOf('\n', this.at)
    if (end < 0) throw refused('a name does not end')
    const text = this.bytes.toString('utf8', this.at, end)
    this.at = end + 1
    return text
  }
  call(): void {
    const args = this.pop()
    const callable = this.pop()
    if (!Array.isArray(args) || typeof callable !== 'function')
      throw refused('it calls no function')
    this.push((callable as (...args: readonly unknown[]) => unknown)(...(args as unknown[])))
  }
  look(): void {
    const name = `${this.line()} ${this.line()}`
    const callable = this.options.callables.get(name)
    if (!callable) throw refused(`it names ${name}, which weights do not need`)
    this.push(callable)
  }
  persistent(): void {
    const id = this.pop()
    if (!Array.isArray(id)) throw refused('a persistent id is no tuple')
    this.push(this.options.persistent(id as unknown[]))
  }
  setItems(items: readonly unknown[]): void {
    const dictionary = this.top()
    if (!(dictionary instanceof Map)) throw refused('it sets items of what is no dictionary')
    for (let at = 0; at + 1 < items.length; at += 2) dictionary.set(items[at], items[at + 1])
  }
  append(items: readonly unknown[]): void {
    const list = this.top()
    if (!Array.isArray(list)) throw refused('it appends to what is no list')
    list.push(...items)
  }
}

/** By opcode, as Python's `pickletools` names and describes them. */
const instructions = new Map<string, (machine: Machine) => unknown>([
  // PROTO, STOP, MARK
  ['\x80', (m) => m.number(1)],
  ['.', () => 'stop'],
  ['(', (m) => m.push(MARK)],
  // NONE, NEWTRUE, NEWFALSE
  ['N', (m) => m.push(undefined)],
  ['\x88', (m) => m.push(true)],
  ['\x89', (m) => m.push(false)],
  // BININT1, BININT2, BININT (signed), LONG1 (its digits do not matter to weights)
  ['K', (m) => m.push(m.number(1))],
  ['M', (m) => m.push(m.number(2))],
  ['J', (m) => m.push(m.number(4) | 0)],
  ['\x8a', (m) => m.push(m.text(m.number(1)))],
  // BINUNICODE
  ['X', (m) => m.push(m.text(m.number(4)))],
  // EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3, TUPLE
  [')', (m) => m.push([])],
  ['\x85', (m) => m.push([m.pop()])],
  ['\x86', (m) => m.push([m.pop(), m.pop()].reverse())],
  ['\x87', (m) => m.push([m.pop(), m.pop(), m.pop()].reverse())],
  ['t', (m) => m.push(m.popToMark())],
  // EMPTY_LIST, APPEND, APPENDS
  [']', (m) => m.push([])],
  ['a', (m) => m.append([m.pop()])],
  ['e', (m) => m.append(m.popToMark())],
  // EMPTY_DICT, SETITEM, SETITEMS
  ['}', (m) => m.push(new Map())],
  ['s', (m) => m.setItems([m.pop(), m.pop()].reverse())],
  ['u', (m) => m.setItems(m.popToMark())],
  // BINPUT, LONG_BINPUT, BINGET, LONG_BINGET
  ['q', (m) => m.remember(m.number(1))],
  ['r', (m) => m.remember(m.number(4))],
  ['h', (m) => m.recall(m.number(1))],
  ['j', (m) => m.recall(m.number(4))],
  // GLOBAL, REDUCE, BINPERSID, BUILD (attributes of a dictionary do not matter to weights)
  ['c', (m) => m.look()],
  ['R', (m) => m.call()],
  ['Q', (m) => m.persistent()],
  ['b', (m) => void m.pop()],
])

const refused = (reason: string) =>
  new AppError('BAD_MODEL', `The weights are not a pickle that can be read: ${reason}`)
