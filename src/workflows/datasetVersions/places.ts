/** Where each film of an exported data set lies. */
import type { StoredImage } from '../../store/image.ts'

type Film = Pick<StoredImage, 'fileName' | 'className' | 'part'>

/**
 * Paths below the folder with / between: part (where any film has one), class, file name; every path once, also where
 * upper and lower case are one.
 */
export function placesOf(films: readonly Film[]): string[] {
  const hasParts = films.some(({ part }) => part !== undefined)
  const taken = new Set<string>()
  return films.map(({ fileName, className, part }) => {
    const folders = [
      ...(hasParts ? [part ?? 'no-part'] : []),
      className === undefined ? 'no-class' : safeName(className),
    ]
    const dot = fileName.lastIndexOf('.')
    const [stem, ending] = dot > 0 ? [fileName.slice(0, dot), fileName.slice(dot)] : [fileName, '']
    for (let number = 1; ; number++) {
      const name = safeName(number === 1 ? fileName : `${stem}-${number}${ending}`)
      const place = [...folders, name].join('/')
      const key = place.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return place
    }
  })
}

/** A name that every file system takes; never one that leads elsewhere. */
const safeName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*]|\p{Cc}/gu, '-')
    .replace(/^\.+/, '-')
    .replace(/[. ]+$/, '')
    .slice(0, 200) || 'film'
