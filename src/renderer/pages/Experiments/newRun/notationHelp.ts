/** What a person may write, told beside the field. */
export const tokens = [
  {
    token: 'C: …  D: …',
    meaning: 'The convolutions, then the dense layers; the output layer follows from the classes.',
  },
  {
    token: '16',
    meaning: 'After C: a convolution of 16 filters, 3×3, relu. After D: a dense layer of 16 units.',
  },
  { token: '16n', meaning: 'Batch normalisation follows the layer.' },
  { token: '16x5', meaning: 'A kernel of 5×5.' },
  {
    token: 's  v',
    meaning: 'Same or valid padding; in a pair it is same, then valid, unless said.',
  },
  {
    token: 'd¼  d½  d0.2  d20%',
    meaning: 'Dropout; after convolutions it closes the group, behind the pooling.',
  },
  { token: 'p3', meaning: 'A pool of 3×3; without it each pair is closed by a max pool of 2×2.' },
  { token: '16R', meaning: 'Relu on the dense layer.' },
  {
    token: 'L2  L2(0.001)',
    meaning: 'L2 on the dense layers before it; its factor is 0.01 unless said.',
  },
] as const

export const examples = [
  {
    words: '963,914 parameters for 180×180×3 and ten classes',
    notation: 'C: 16n 16n d¼ 32n 32n d¼ D: 16R L2',
  },
  {
    words: '490,554 parameters for 180×180×3 and ten classes',
    notation: 'C: 16n 16n d¼ 32n 32n d¼ D: 8R 8R',
  },
  {
    words: 'Larger kernels behind the first pair',
    notation: 'C: 32 32 d0.2 64x5n 64x5n d0.2 D: 128R 64R',
  },
] as const
