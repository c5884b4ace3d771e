/** The parts of dcmjs that are used; the package comes without types. */
declare module 'dcmjs' {
  /** By keyword of the data dictionary; sequences are lists, `_vrMap` settles what the dictionary leaves open. */
  type Natural = Readonly<Record<string, unknown>>

  export const data: {
    readonly DicomMetaDictionary: { denaturalizeDataset(dataset: Natural): object }
    readonly DicomDict: new (meta: object) => {
      dict: object
      write(): ArrayBuffer
    }
  }
  export const log: { setLevel(level: 'error'): void }
}
