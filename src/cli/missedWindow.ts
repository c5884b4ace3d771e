/** What a person should know of a film that is shown and scored otherwise than its file asks for. */
export const missedWindow =
  'the file’s window shows nothing of the film; its own range is used instead'
