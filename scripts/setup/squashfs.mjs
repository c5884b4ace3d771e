import { chmodSync, closeSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'

/**
 * Reads a SquashFS 4.0 image (gzip, without fragments): as much of the format as the pinned Electron image
 * uses, so that unpacking it takes neither FUSE nor a package. Format: Linux, Documentation/filesystems/squashfs.
 */
const inodeKinds = { directory: 1, file: 2, symlink: 3, longDirectory: 8, longFile: 9 }
const noFragment = 0xffffffff
const uncompressedBlock = 1 << 24
const uncompressedMetadata = 1 << 15

/** Unpacks the image into `folder`; `isWanted(path)` is asked about every entry, folders first. */
export function unpackSquashfs(image, folder, isWanted) {
  const superblock = readSuperblock(image)
  const inodes = metadataTable(image, superblock.inodeTable)
  const directories = metadataTable(image, superblock.directoryTable)
  unpackFolder(superblock.rootInode, '')

  function unpackFolder(reference, path) {
    mkdirSync(join(folder, path), { recursive: true })
    for (const child of childrenOf(readInode(inodes, superblock, reference), directories)) {
      const childPath = path === '' ? child.name : `${path}/${child.name}`
      if (isWanted(childPath)) unpackEntry(child.reference, childPath)
    }
  }

  function unpackEntry(reference, path) {
    const inode = readInode(inodes, superblock, reference)
    if (inode.kind === 'directory') unpackFolder(reference, path)
    else if (inode.kind === 'symlink') symlinkSync(inode.target, join(folder, path))
    else writeFile(image, superblock.blockSize, inode, join(folder, path))
  }
}

function readSuperblock(image) {
  const compression = image.readUInt16LE(20)
  if (image.toString('latin1', 0, 4) !== 'hsqs' || image.readUInt16LE(28) !== 4) {
    throw new Error('This is not a SquashFS 4 image')
  }
  if (compression !== 1) throw new Error('This SquashFS image is not compressed with gzip')
  return {
    blockSize: image.readUInt32LE(12),
    rootInode: splitReference(image.readBigUInt64LE(32)),
    inodeTable: Number(image.readBigUInt64LE(64)),
    directoryTable: Number(image.readBigUInt64LE(72)),
  }
}

const splitReference = (reference) => ({
  block: Number(reference >> 16n),
  offset: Number(reference & 0xffffn),
})

/** Bytes of a table of compressed blocks, addressed by a block's place in the file and an offset inside it. */
function metadataTable(image, start) {
  const blocks = new Map()
  const blockAt = (position) => {
    let block = blocks.get(position)
    if (block === undefined) {
      const header = image.readUInt16LE(start + position)
      const size = header & (uncompressedMetadata - 1)
      const stored = image.subarray(start + position + 2, start + position + 2 + size)
      const bytes = (header & uncompressedMetadata) === 0 ? inflateSync(stored) : stored
      block = { bytes, next: position + 2 + size }
      blocks.set(position, block)
    }
    return block
  }
  return {
    read({ block, offset }, length) {
      const parts = []
      let { bytes, next } = blockAt(block)
      let from = offset
      for (let missing = length; missing > 0;) {
        const part = bytes.subarray(from, from + missing)
        parts.push(part)
        missing -= part.length
        from = 0
        if (missing > 0) ({ bytes, next } = blockAt(next))
      }
      return Buffer.concat(parts)
    },
  }
}

function readInode(inodes, { blockSize }, reference) {
  const kind = inodes.read(reference, 2).readUInt16LE(0)
  if (kind === inodeKinds.directory) {
    const inode = inodes.read(reference, 32)
    const start = { block: inode.readUInt32LE(16), offset: inode.readUInt16LE(26) }
    return { kind: 'directory', start, size: inode.readUInt16LE(24) }
  }
  if (kind === inodeKinds.longDirectory) {
    const inode = inodes.read(reference, 40)
    const start = { block: inode.readUInt32LE(24), offset: inode.readUInt16LE(34) }
    return { kind: 'directory', start, size: inode.readUInt32LE(20) }
  }
  if (kind === inodeKinds.symlink) {
    const length = inodes.read(reference, 24).readUInt32LE(20)
    return { kind: 'symlink', target: inodes.read(reference, 24 + length).toString('utf8', 24) }
  }
  if (kind === inodeKinds.file) {
    const inode = inodes.read(reference, 32)
    return fileInode(inodes, reference, blockSize, {
      mode: inode.readUInt16LE(2),
      start: inode.readUInt32LE(16),
      fragment: inode.readUInt32LE(20),
      size: inode.readUInt32LE(28),
      headerLength: 32,
    })
  }
  if (kind === inodeKinds.longFile) {
    const inode = inodes.read(reference, 56)
    return fileInode(inodes, reference, blockSize, {
      mode: inode.readUInt16LE(2),
      start: Number(inode.readBigUInt64LE(16)),
      fragment: inode.readUInt32LE(44),
      size: Number(inode.readBigUInt64LE(24)),
      headerLength: 56,
    })
  }
  throw new Error(`This SquashFS image holds an entry of an unknown kind (${kind})`)
}

function fileInode(inodes, reference, blockSize, { mode, start, fragment, size, headerLength }) {
  if (fragment !== noFragment) throw new Error('This SquashFS image uses fragments')
  const count = Math.ceil(size / blockSize)
  const sizes = inodes.read(reference, headerLength + 4 * count).subarray(headerLength)
  const blockSizes = Array.from({ length: count }, (_, index) => sizes.readUInt32LE(4 * index))
  return { kind: 'file', mode, start, size, blockSizes }
}

function childrenOf({ start, size }, directories) {
  // The recorded size counts "." and "..", which are not stored, as three bytes.
  const listing = directories.read(start, size - 3)
  const children = []
  for (let at = 0; at < listing.length;) {
    const count = listing.readUInt32LE(at) + 1
    const block = listing.readUInt32LE(at + 4)
    at += 12
    for (let entry = 0; entry < count; entry++) {
      const nameEnd = at + 8 + listing.readUInt16LE(at + 6) + 1
      const name = listing.toString('utf8', at + 8, nameEnd)
      children.push({ name, reference: { block, offset: listing.readUInt16LE(at) } })
      at = nameEnd
    }
  }
  return children
}

function writeFile(image, blockSize, { mode, start, size, blockSizes }, path) {
  const file = openSync(path, 'w')
  try {
    let position = start
    let missing = size
    for (const stored of blockSizes) {
      const length = stored & (uncompressedBlock - 1)
      const bytes = image.subarray(position, position + length)
      const isPlain = (stored & uncompressedBlock) !== 0
      const zeros = () => Buffer.alloc(Math.min(blockSize, missing))
      const block = length === 0 ? zeros() : isPlain ? bytes : inflateSync(bytes)
      writeSync(file, block)
      position += length
      missing -= block.length
    }
  } finally {
    closeSync(file)
  }
  chmodSync(path, mode & 0o777)
}
