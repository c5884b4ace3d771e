import { z } from 'zod'
import { adaptSpec } from '../../shared/domain/adaptSpec.ts'
import { DONE } from '../exitStatus.ts'
import { read, refuseOperands, wholeNumber } from '../parse.ts'
import { chosenNetwork, recipeOptions } from '../recipe.ts'
import { grouped, table } from '../table.ts'
import type { Verb } from '../verb.ts'

const Options = z.object({
  preset: z.string().optional(),
  spec: z.string().optional(),
  input: z.string().optional(),
  classes: wholeNumber(2, 1000).optional(),
})

/** Of the configurations that the notation was published with. */
const publishedClasses = 10

export const summary: Verb = {
  name: 'summary',
  usage: '--preset NAME|--spec TEXT [--input HxWxC] [--classes N] [--json]',
  summary: 'Shows the table of a network: layers, shapes, parameters',
  options: {
    ...recipeOptions,
    classes: { type: 'string', value: 'N', help: 'another number of classes' },
  },
  async run(args, { output, engine }) {
    refuseOperands(args)
    const options = read(Options, args)
    const { classes } = options
    const network = await chosenNetwork(options, { classes: classes ?? publishedClasses }, engine)
    const spec = adaptSpec(network.spec, { ...(classes !== undefined && { classes }) })
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
