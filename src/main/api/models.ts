import type { modelsContract } from '../../shared/contracts/appAreas/models.ts'
import type { Handlers } from '../../shared/rpc/contract.ts'
import { deleteModel, exportModel, importModelFrom } from '../../workflows/modelPackages.ts'
import { chooseToOpen } from '../chooseFiles.ts'
import type { Context } from '../context.ts'
import { reviewModel } from '../reviewModel.ts'

export function modelsApi({ desk, window }: Context): Handlers<typeof modelsContract> {
  const { store } = desk
  const inReview = reviewModel(store)
  return {
    listModels: () => {
      const defaultId = inReview.find()?.id
      return store.models.all().map((model) => ({ ...model, isDefault: model.id === defaultId }))
    },
    setDefaultModel: ({ modelId }) => inReview.choose(modelId),
    renameModel: ({ modelId, name }) => store.models.rename(modelId, name),
    deleteModel: ({ modelId }) => deleteModel(desk, modelId),
    exportModel: async ({ modelId, format }) => {
      const chosen = await chooseToOpen(window(), {
        title: 'Choose where to put the model',
        buttonLabel: 'Export here',
        properties: ['openDirectory', 'createDirectory'],
      })
      if (!chosen) return false
      await exportModel(desk, { modelId, into: chosen[0]!, format })
      return true
    },
    importModel: async ({ kind }) => {
      const chosen = await chooseToOpen(
        window(),
        kind === 'zip'
          ? {
              title: 'Choose the zip file of a model',
              properties: ['openFile'],
              filters: [{ name: 'ZIP', extensions: ['zip'] }],
            }
          : { title: 'Choose the folder of a model', properties: ['openDirectory'] },
      )
      if (!chosen) return null
      const { id } = await importModelFrom(desk, chosen[0]!)
      return { modelId: id }
    },
  }
}
