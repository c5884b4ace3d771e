/** Weights as `torch.save` wrote them until PyTorch 1.5: five pickles, then the numbers. */
import { AppError } from '../../src/shared/errors.ts'
import { unpickle, type Callables, type Dictionary, type PickleOptions } from './pickle.ts'

/** `torch.save` begins with this number, as a Python integer of ten bytes. */
const MAGIC = Buffer.from('80028a0a6cfc9c46f9206aa850192e', 'hex')
/** Number of elements before each storage, int64. */
const COUNT_BYTES = 8

/** One tensor in row-major order; only floats are kept. */
export interface TorchTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

interface Storage {
  readonly type: 'float32' | 'int64'
  values: Float32Array | undefined
}
interface View {
  readonly storage: Storage
  readonly offset: number
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

const bytesPerElement = { float32: 4, int64: 8 } as const

/** Float tensors by name. Throws BAD_MODEL for a file of another kind, or one that names anything but tensors. */
export function readTorch(file: Buffer): ReadonlyMap<string, TorchTensor> {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new AppError('BAD_MODEL', 'This is not a file of weights in the older format of PyTorch')
  const storages = new Map<string, Storage>()
  const options: PickleOptions = { callables, persistent: (id) => storageOf(id, storages) }
  // Magic, version and machine.
  let at = 0
  for (let pickle = 0; pickle < 3; pickle++) at = unpickle(file, at, options).end
  const state = unpickle(file, at, options)
  const keys = unpickle(file, state.end, options)
  readStorages(file, keys.end, keys.value as string[], storages)
  const tensors = new Map<string, TorchTensor>()
  for (const [name, view] of state.value as Dictionary) {
    const { storage, shape } = view as View
    if (storage.type === 'float32')
      tensors.set(name as string, { shape, values: valuesOf(view as View) })
  }
  return tensors
}

const callables: Callables = new Map<string, (...args: readonly unknown[]) => unknown>([
  ['collections OrderedDict', () => new Map()],
  ['torch FloatStorage', () => 'float32'],
  ['torch LongStorage', () => 'int64'],
  [
    'torch._utils _rebuild_tensor_v2',
    (storage, offset, shape, strides) => ({ storage, offset, shape, strides }),
  ],
])

/** ('storage', type, key, device, elements, view). The type is one of the names above. */
function storageOf([, type, key]: readonly unknown[], storages: Map<string, Storage>): Storage {
  const known = storages.get(key as string)
  if (known) return known
  const name = typeof type === 'function' ? (type as () => Storage['type'])() : undefined
  if (name === undefined) throw new AppError('BAD_MODEL', 'A tensor has no storage')
  const made: Storage = { type: name, values: undefined }
  storages.set(key as string, made)
  return made
}

function readStorages(
  file: Buffer,
  start: number,
  keys: readonly string[],
  storages: ReadonlyMap<string, Storage>,
): void {
  let at = start
  for (const key of keys) {
    const storage = storages.get(key)
    if (!storage) throw new AppError('BAD_MODEL', `There are numbers for no tensor (${key})`)
    if (at + COUNT_BYTES > file.length) throw tooShort()
    const count = Number(file.readBigInt64LE(at))
    at += COUNT_BYTES
    const end = at + count * bytesPerElement[storage.type]
    if (!(end <= file.length)) throw tooShort()
    // A copy, because a storage need not begin at a multiple of four.
    if (storage.type === 'float32')
      storage.values = new Float32Array(new Uint8Array(file.subarray(at, end)).buffer)
    at = end
  }
}

const tooShort = () => new AppError('BAD_MODEL', 'The file of weights ends too early')

/** In row-major order, whatever the order in memory: weights that were turned once keep their strides. */
function valuesOf({ storage, offset, shape, strides }: View): Float32Array {
  const stored = storage.values ?? new Float32Array()
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1))
  const place = shape.map(() => 0)
  let from = offset
  for (let at = 0; at < values.length; at++) {
    const value = stored[from]
    if (value === undefined) throw new AppError('BAD_MODEL', 'A tensor is larger than its numbers')
    values[at] = value
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      place[axis]!++
      if (place[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      place[axis] = 0
    }
  }
  return values
}
