import { createHash } from 'node:crypto'
import type { DataSet } from './dataSet.ts'

const at = { name: 0x0010_0010, id: 0x0010_0020, issuer: 0x0010_0021, birth: 0x0010_0030 } as const

/**
 * Equal for films of one patient, and tells nothing of them. Ids are unique by issuer; without an id, name and birth
 * date together; undefined where nothing tells people apart.
 */
export function patientKey(dataSet: DataSet): string | undefined {
  const id = dataSet.text(at.id)
  const name = dataSet.text(at.name)
  const birth = dataSet.ascii(at.birth)
  const parts = id
    ? ['id', id, dataSet.text(at.issuer) ?? '']
    : name && birth
      ? ['name', name, birth]
      : undefined
  return parts && createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}
