import { z } from 'zod'
import { adaptSpec } from '../../shared/domain/adaptSpec.ts'
import { InputShape } from '../../shared/domain/modelSpec.ts'
import { DONE } from '../exitStatus.ts'
import { read, refuseOperands, wholeNumber } from '../parse.ts'
import { recipeOf, recipeOptions } from '../recipe.ts'
import { grouped, table } from '../table.ts'
import { UsageError } from '../usageError.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  preset: z.string().optional(),
  spec: z.string().optional(),
  input: z.string().optional(),
  classes: wholeNumber(2, 1000).optional(),
})

export const summary: Verb = {
  name: 'summary',
  usage: '--preset NAME [--input HxWxC] [--classes N] [--json]',
  summary: 'Shows the table of a network: layers, shapes, parameters',
  options: {
    ...recipeOptions,
    input: { type: 'string', value: 'HxWxC', help: 'another input size, such as 224x224x3' },
    classes: { type: 'string', value: 'N', help: 'another number of classes' },
  },
  async run(args, { output, engine }) {
    refuseOperands(args)
    const options = read(Options, args)
    const recipe = await recipeOf(options, engine)
    const spec = adaptSpec(recipe.spec, {
      ...(options.input !== undefined && { input: inputShape(options.input) }),
      ...(options.classes !== undefined && { classes: options.classes }),
    })
    const { layers, totalParams, trainableParams } = await engine.summarise({ spec })
    output.record({
      layers: layers.map(({ name, type, outputShape, params }) => ({
        ...{ name, type, outputShape, params },
      })),
      totalParams,
      trainableParams,
    })
    output.print(
      table(
        ['Layer', 'Type', 'Output shape', 'Parameters'],
        layers.map(({ name, type, outputShape, params }) => [
          ...[name, type, outputShape.join(' × '), grouped(params)],
        ]),
      ),
    )
    output.print(`\n${grouped(totalParams)} parameters, ${grouped(trainableParams)} trainable`)
    return DONE
  },
}

function inputShape(text: string): InputShape {
  const [height, width, channels] = text.toLowerCase().split('x').map(Number)
  const shape = InputShape.safeParse({ height, width, channels })
  if (shape.success && /^\d+x\d+x\d+$/i.test(text)) return shape.data
  throw new UsageError(
    `--input ${text}: HEIGHTxWIDTHxCHANNELS is expected, up to 2048 pixels a side, 1 or 3 channels`,
  )
}
