import type { Plugin } from 'vite'

export function namedParts(options: { readonly isWhole: boolean }): Plugin
