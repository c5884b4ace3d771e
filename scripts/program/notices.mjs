/** The licences of all parts as one text: a line for each, then each text with the parts that it belongs to. */
export function noticesOf({ productName, version }, parts) {
  const list = parts.map((part) => `${part.name} ${part.version}: ${part.licence}`)
  const users = new Map()
  for (const part of parts) {
    for (const text of part.texts) {
      users.set(text, [...(users.get(text) ?? []), `${part.name} ${part.version}`])
    }
  }
  const texts = [...users].map(([text, names]) => `${names.join(', ')}\n\n${text}`)
  const rule = `\n\n${'-'.repeat(80)}\n\n`
  return `${[`${productName} ${version} is made of these parts.\n\n${list.join('\n')}`, ...texts].join(rule)}\n`
}
