/** Set-up speaks on stderr alone: stdout belongs to the command that called it. */
export const say = (text) => {
  process.stderr.write(`[setup] ${text}\n`)
}

/** Something that the user can put right; its message says how. Shown without a stack. */
export class SetupError extends Error {}

/** Runs an entry script; ends the process with the number that it returns, or 1 after an error. */
export async function runEntry(entry) {
  try {
    process.exitCode = await entry()
  } catch (error) {
    if (error instanceof SetupError) say(error.message)
    else console.error(error)
    process.exitCode = 1
  }
}
