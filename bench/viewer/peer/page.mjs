// Shows uncompressed films in Cornerstone3D. Its page fetches a file itself and cuts the pixels out where it is told that
// they begin: no parser, no check, no other process. `peer` is what the measurement calls.
import * as cornerstone from '@cornerstonejs/core'

const { rows, columns } = { rows: 2048, columns: 2500 }
const window = { centre: 2048, width: 4096 }
const engineId = 'engine'
const viewportId = 'film'

let viewport

function imageOf(imageId, pixels) {
  return {
    ...{ imageId, rows, columns, height: rows, width: columns },
    ...{ slope: 1, intercept: 0, minPixelValue: 0, maxPixelValue: 4095, invert: false },
    ...{ windowCenter: window.centre, windowWidth: window.width, voiLUTFunction: 'LINEAR' },
    ...{ columnPixelSpacing: 0.5, rowPixelSpacing: 0.5, sizeInBytes: pixels.byteLength },
    ...{ color: false, rgba: false, numberOfComponents: 1, dataType: 'Uint16Array' },
    getPixelData: () => pixels,
    getCanvas: () => undefined,
  }
}

const meta = {
  imagePixelModule: {
    ...{ pixelRepresentation: 0, bitsAllocated: 16, bitsStored: 12, highBit: 11 },
    ...{ samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2' },
  },
  generalSeriesModule: { modality: 'DX', seriesInstanceUID: '1' },
  imagePlaneModule: {
    ...{ rows, columns, rowPixelSpacing: 0.5, columnPixelSpacing: 0.5, pixelSpacing: [0.5, 0.5] },
    ...{ rowCosines: [1, 0, 0], columnCosines: [0, 1, 0], imagePositionPatient: [0, 0, 0] },
    ...{ imageOrientationPatient: [1, 0, 0, 0, 1, 0], frameOfReferenceUID: '1' },
  },
  voiLutModule: { windowCenter: [window.centre], windowWidth: [window.width] },
}

async function load(imageId) {
  const [, address, at] = /^film:(.*)#(\d+)$/.exec(imageId)
  const bytes = await (await fetch(address)).arrayBuffer()
  return imageOf(imageId, new Uint16Array(bytes.slice(Number(at)), 0, rows * columns))
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

globalThis.peer = {
  async start(onProcessor) {
    await cornerstone.init()
    cornerstone.setUseCPURendering(onProcessor)
    cornerstone.imageLoader.registerImageLoader('film', (imageId) => ({ promise: load(imageId) }))
    cornerstone.metaData.addProvider((type) => meta[type], 1000)
    const element = document.querySelector('#film')
    const engine = new cornerstone.RenderingEngine(engineId)
    engine.enableElement({ viewportId, type: cornerstone.Enums.ViewportType.STACK, element })
    viewport = engine.getViewport(viewportId)
    let dragged
    element.addEventListener('mousedown', (event) => (dragged = event))
    addEventListener('mouseup', () => (dragged = undefined))
    addEventListener('mousemove', (event) => {
      if (!dragged) return
      // As its own tool: a pixel is 1/1024 of the film's range.
      const width = window.width + (event.clientX - dragged.clientX) * 4
      const centre = window.centre + (event.clientY - dragged.clientY) * 4
      viewport.setProperties({ voiRange: { lower: centre - width / 2, upper: centre + width / 2 } })
      viewport.render()
    })
  },
  /** Milliseconds from asking to the frame after it was drawn. */
  async show(address, pixelsAt) {
    const started = performance.now()
    const element = document.querySelector('#film')
    const drawn = new Promise((resolve) =>
      element.addEventListener(cornerstone.Enums.Events.IMAGE_RENDERED, resolve, { once: true }),
    )
    await viewport.setStack([`film:${address}#${pixelsAt}`])
    viewport.render()
    await drawn
    await nextFrame()
    return performance.now() - started
  },
}
