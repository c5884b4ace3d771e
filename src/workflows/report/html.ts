/** Pages that need nothing but themselves: no script, no request, every picture inside. */

/** Text as it may stand in HTML, in an attribute too. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const notice = 'Research use only. Not a medical device. Not a diagnosis.'

const style = `body{font:14px/1.45 system-ui,sans-serif;color:#111;background:#fff;max-width:960px;margin:24px auto;padding:0 24px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:24px 0 8px;break-after:avoid}
table{border-collapse:collapse;margin:8px 0}tr{break-inside:avoid}th,td{border-bottom:1px solid #ccc;padding:3px 14px 3px 0;text-align:left;vertical-align:top}
th[scope=row],.figure{white-space:nowrap}th[scope=row]{font-weight:500;color:#333}.figure{font-variant-numeric:tabular-nums}
td.number{text-align:right;font-variant-numeric:tabular-nums}img{max-width:100%}figure{display:inline-block;margin:0 16px 16px 0;break-inside:avoid}
figure.grey img{filter:grayscale(1)}.beside{display:flex;gap:16px;align-items:flex-start}.beside figure{flex:1;min-width:0;margin:8px 0}.beside img{max-height:420px}
@media print{body{font-size:10.5px;margin:0;padding:0;max-width:none}h1{font-size:18px}h2{font-size:13px;margin:16px 0 6px}.beside img{max-height:290px}figcaption{font-size:9.5px}figure svg{width:216px;height:auto}}
figcaption,.small{color:#555;font-size:12px}.notice{border:1px solid #b26a00;color:#7a4700;padding:6px 10px;margin:12px 0;font-weight:600}`

/** `body` is HTML already. */
export const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="notice">${notice}</p>
${body}
<p class="notice">${notice}</p>
</body>
</html>
`

export type Cell = string | number | undefined

/** Names on the left; what is unknown is a dash. */
export const facts = (rows: readonly (readonly [name: string, value: Cell])[]): string =>
  `<table>${rows.map(([name, value]) => `<tr><th scope="row">${escaped(name)}</th><td>${cell(value)}</td></tr>`).join('')}</table>`

export const table = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  `<table><tr>${header.map((name) => `<th scope="col">${escaped(name)}</th>`).join('')}</tr>${rows
    .map(
      (row) =>
        `<tr>${row.map((value) => `<td${styleOf(value)}>${cell(value)}</td>`).join('')}</tr>`,
    )
    .join('')}</table>`

/** Figures stand on one line; numbers below each other. */
const styleOf = (value: Cell): string =>
  typeof value === 'number'
    ? ' class="number"'
    : value !== undefined && /^[−+-]?\d/.test(value) && value.length < 40
      ? ' class="figure"'
      : ''

const cell = (value: Cell): string =>
  value === undefined ? '–' : typeof value === 'number' ? String(value) : escaped(value)

export const three = (value: number | undefined): string | undefined => value?.toFixed(3)

/** «0.912 (0.870–0.950)» */
export const withInterval = (
  value: number | undefined,
  interval: readonly [number, number] | undefined,
): string | undefined =>
  value === undefined
    ? undefined
    : `${value.toFixed(3)}${interval ? ` (${interval[0].toFixed(3)}–${interval[1].toFixed(3)})` : ''}`

export const picture = (
  bytes: Uint8Array,
  type: 'png' | 'jpeg',
  words: string,
  style?: 'grey',
): string =>
  `<figure${style ? ` class="${style}"` : ''}><img alt="${escaped(words)}" src="data:image/${type};base64,${Buffer.from(bytes).toString('base64')}"><figcaption>${escaped(words)}</figcaption></figure>`
