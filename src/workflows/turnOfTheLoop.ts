/** Lets messages and timers be served, so that this process answers others between two pieces of its work. */
export const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
