/** Lets timers and messages be served between two pieces of a work: a cancel is read, others are answered. */
export const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
