/** Pictures as large as people send them, and the largest that a decoder must hold whole: for the bench only. */
import sharp from 'sharp';

/** What a telephone takes: 12 million pixels, some megabytes. */
const [width, height] = [4_032, 3_024];
/** The largest that is taken of those that must be read whole. */
const side = 3_535;

export const photograph = (): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888888',
      noise: { type: 'gaussian', mean: 128, sigma: 12 },
    },
  })
    .jpeg({ quality: 80 })
    .toBuffer();

export const wholeInMemory = (): Promise<Buffer> =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#aa4422' } })
    .jpeg({ progressive: true, chromaSubsampling: '4:4:4' })
    .toBuffer();
