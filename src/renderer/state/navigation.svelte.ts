/** Which place the window shows, and what is selected there. */
export const places = ['review', 'datasets', 'experiments', 'models', 'activity'] as const
export type Place = (typeof places)[number]

export class Navigation {
  place = $state<Place>('review')
  /** What the place shows: a data set's, run's or model's id. */
  subject = $state<string | undefined>(undefined)

  go(place: Place, subject?: string) {
    this.place = place
    this.subject = subject
  }
}
