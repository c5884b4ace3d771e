/** View positions that show the chest from its side (PS3.3 C.8.11.5.1.1 and what older files write). */
const lateral = new Set(['LL', 'RL', 'LLD', 'RLD', 'LAT', 'LATERAL', 'ML', 'LM'])
const frontal = new Set(['PA', 'AP', 'FRONTAL'])

export const isLateral = (position: string): boolean => lateral.has(position.trim().toUpperCase())
export const isFrontal = (position: string): boolean => frontal.has(position.trim().toUpperCase())
