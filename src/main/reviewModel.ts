/** The model that Review uses: the chosen one, else the newest that was trained or imported here, else the one that shipped. */
import { AppError } from '../shared/errors.ts'
import type { StoredModel } from '../store/model.ts'
import type { Store } from '../store/store.ts'
import { isBundled } from '../workflows/bundledId.ts'

const key = 'main.reviewModel'

export function reviewModel({ settings, models }: Pick<Store, 'settings' | 'models'>) {
  const find = (): StoredModel | undefined => {
    const chosen = settings.read(key)
    const kept = chosen === undefined ? undefined : models.find(chosen)
    const all = models.all()
    return kept ?? all.find((model) => !isBundled(model)) ?? all[0]
  }
  return {
    find,
    /** Throws NOT_FOUND while the library has no model. */
    get(): StoredModel {
      const model = find()
      if (!model) {
        throw new AppError('NOT_FOUND', 'There is no model yet: train one, or import one in Models')
      }
      return model
    },
    choose: (modelId: string) => settings.write(key, models.get(modelId).id),
  }
}
