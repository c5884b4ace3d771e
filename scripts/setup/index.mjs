import { runEntry, SetupError } from './messages.mjs'
import { setUp } from './setUp.mjs'

const usage = `npm run setup -- [--gpu | --cpu]
  --gpu  TensorFlow with NVIDIA's CUDA libraries
  --cpu  TensorFlow without them`

const devices = { '--gpu': 'cuda', '--cpu': 'cpu' }

await runEntry(async () => {
  const [flag, ...more] = process.argv.slice(2)
  if (flag === undefined) await setUp()
  else if (more.length > 0 || !(flag in devices)) throw new SetupError(`Usage: ${usage}`)
  else await setUp({ device: devices[flag] })
  return 0
})
