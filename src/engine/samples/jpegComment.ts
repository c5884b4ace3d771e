/** A JPEG file with a comment segment (ITU-T T.81, B.2.4.5) right after its start mark. */
export function withComment(jpeg: Uint8Array, comment: string): Uint8Array {
  const text = Buffer.from(comment, 'latin1')
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 0])
  head.writeUInt16BE(text.length + 2, 4)
  return Buffer.concat([head, text, jpeg.subarray(2)])
}
