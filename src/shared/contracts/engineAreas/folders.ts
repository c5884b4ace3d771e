/** Files and folders, before a pixel is decoded. */
import { z } from 'zod'
import { FolderSurvey, Refusal } from '../../domain/film.ts'
import { LabelOrder } from '../../domain/labelTable.ts'
import { CheckFilesOrder, CheckedFile } from '../../domain/original.ts'
import { procedure } from '../../rpc/contract.ts'
import { Count } from './count.ts'

export const foldersContract = {
  /** Unpacks those of the paths that are zip archives into folders below `folder`, and names these in their place. */
  unpackArchives: procedure({
    input: z.object({ paths: z.array(z.string()).min(1), folder: z.string() }),
    progress: Count,
    output: z.object({ paths: z.array(z.string()), refused: z.array(Refusal) }),
  }),
  /** Walks a folder, or takes single files, and says how it understands them, with what a table says of them. Reads no pixels. */
  surveyFolder: procedure({
    input: z.object({ paths: z.array(z.string()).min(1), labels: LabelOrder.optional() }),
    progress: z.object({ filesSeen: z.int() }),
    output: FolderSurvey,
  }),
  /** Tells whether files are what they were when they were read. */
  checkFiles: procedure({
    input: CheckFilesOrder,
    progress: Count.extend({ files: z.array(CheckedFile) }),
    output: z.void(),
  }),
}
