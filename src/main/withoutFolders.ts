/**
 * Words for the window, which never sees where an original lies: every absolute path is cut down to its
 * last name. A slash between words («and / or») stays; folders may hold spaces.
 */
export function withoutFolders(text: string): string {
  return text.replace(
    /(?<=^|[\s'"(«])(?:[A-Za-z]:|\\)?[\\/](?=[^\s\\/])(?:[^\\/\n'":»]+[\\/])*/g,
    '',
  )
}

/** Words for the log, which never sees a file's name either: paths, and names that end as films do. */
export function withoutPaths(text: string): string {
  return text
    .replace(/(?<=^|[\s'"(«:=])(?:[A-Za-z]:|\\)?[\\/](?=[^\s\\/])[^\n'":,;»)]*/g, '<file>')
    .replace(/[^\s'"«(]+\.(?:jpe?g|png|bmp|gif|webp|tiff?|dcm|dicom|csv|zip)\b/gi, '<file>')
}
