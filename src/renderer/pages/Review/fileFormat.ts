const names: Readonly<Record<string, string>> = {
  jpg: 'JPEG',
  jpeg: 'JPEG',
  dcm: 'DICOM',
  dicom: 'DICOM',
  tif: 'TIFF',
  webp: 'WebP',
}

/** What a file's name says of its format; without an ending it is most likely DICOM, but nobody knows. */
export function fileFormat(fileName: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]
  if (ending === undefined) return 'Unknown format'
  return names[ending.toLowerCase()] ?? ending.toUpperCase()
}
