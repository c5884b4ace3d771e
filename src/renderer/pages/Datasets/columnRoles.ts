import { keyRoles, type ColumnRole } from '../../../shared/domain/labelTable.ts'

const isKey = (role: ColumnRole) => keyRoles.some((key) => key === role)

/** The roles with one changed: whoever had a role that only one column can have gives it up. */
export function withRole(
  roles: readonly ColumnRole[],
  column: number,
  role: ColumnRole,
): ColumnRole[] {
  const isGivenUp = (other: ColumnRole) =>
    role !== 'none' &&
    ((other === role && role !== 'flag') ||
      (isKey(role) && isKey(other)) ||
      (role === 'flag' && other === 'label') ||
      (role === 'label' && other === 'flag'))
  return roles.map((other, at) => (at === column ? role : isGivenUp(other) ? 'none' : other))
}
