/** Values of node attributes: TensorFlow's `AttrValue`, `TensorProto` and `TensorShapeProto`. */
import { delimited, float, integer, message } from './protobuf.ts'

/** Numbers of `tensorflow.DataType`. */
const dataTypes = { float: 1, int32: 3, uint8: 4, bool: 10, bfloat16: 14, resource: 20 } as const
export type DataType = keyof typeof dataTypes

/** An encoded `AttrValue`. */
export type Attribute = Buffer

export const text = (value: string): Attribute => delimited(2, value)
export const int = (value: number): Attribute => integer(3, value)
export const real = (value: number): Attribute => float(4, value)
export const flag = (value: boolean): Attribute => integer(5, value ? 1 : 0)
export const type = (value: DataType): Attribute => integer(6, dataTypes[value])
/** −1 is a side that is known only when the graph runs. */
export const shape = (sides: readonly number[]): Attribute => delimited(7, shapeMessage(sides))
export const ints = (values: readonly number[]): Attribute =>
  delimited(1, message(...values.map((value) => integer(3, value))))

/** A constant's value. */
export function tensor(
  of: 'float' | 'int32',
  sides: readonly number[],
  values: readonly number[],
): Attribute {
  const typed = of === 'float' ? Float32Array.from(values) : Int32Array.from(values)
  return delimited(
    8,
    message(
      integer(1, dataTypes[of]),
      delimited(2, shapeMessage(sides)),
      delimited(4, new Uint8Array(typed.buffer)),
    ),
  )
}

const shapeMessage = (sides: readonly number[]): Buffer =>
  message(...sides.map((side) => delimited(2, integer(1, side))))
