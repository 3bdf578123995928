/**
 * Bytes that somebody says are a picture become a picture of ours, or are refused: decoded by what they are and
 * never by what they are called, drawn anew, so that metadata, hidden tails and scripts stay behind.
 * The decoder is loaded with the first picture, knows four formats and no others, and draws one at a time.
 * Must never: keep or serve a byte that was sent.
 */
import { toBase64url } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { Refusal } from '@answerable/protocol/refusal';
import type { Sharp, SharpOptions } from 'sharp';

export const pictureBytesMax = 8 * 1024 * 1024;
/** A phone's largest photograph, and its longest screen: what is read line by line, so that little of it is held. */
const jpegPixelsMax = 64_000_000;
const pngPixelsMax = 24_000_000;
/** What can only be read whole (progressive, interlaced, WebP, GIF) takes up to 7 bytes a pixel meanwhile. */
const wholePixelsMax = 12_500_000;
/** of what is kept: a screen of text can still be read */
const keptPixelsMax = 6_000_000;
const sideMax = 16_000;
type Format = keyof typeof pixelsMax;
const pixelsMax = { jpeg: jpegPixelsMax, png: pngPixelsMax, whole: wholePixelsMax };
const previewSide = 320;
const previewBlur = 14;
const drawSecondsMax = 10;
const waitingMax = 24;

export interface Picture {
  hash: string;
  source: string;
  width: number;
  height: number;
  picture: Buffer;
  /** small, grey and blurred: what is seen first */
  preview: Buffer;
}

const loaders = ['JpegBuffer', 'PngBuffer', 'WebpBuffer', 'NsgifBuffer'].map(
  (one) => `VipsForeignLoad${one}`,
);
let loading: Promise<typeof import('sharp').default> | undefined;

function load() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: loaders });
    return sharp;
  });
  return loading;
}

let drawing: Promise<unknown> = Promise.resolve();
let waiting = 0;

/** Throws Refusal: picture_refused (with what is wrong with it), body_too_large, too_many_requests. */
export async function decodePicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length > pictureBytesMax) throw new Refusal('body_too_large');
  const format = formatOf(bytes);
  if (waiting >= waitingMax) throw new Refusal('too_many_requests');
  waiting += 1;
  const drawn = drawing
    .then(() => draw(bytes, format))
    .finally(() => {
      waiting -= 1;
    });
  drawing = drawn.catch(() => {});
  return drawn;
}

async function draw(bytes: Buffer, format: Format): Promise<Picture> {
  const sharp = await load();
  // The first frame of what moves. A picture that is cut short, or goes on after its end wrongly, is refused.
  const options: SharpOptions = {
    failOn: 'error',
    limitInputPixels: pixelsMax[format],
    sequentialRead: true,
    pages: 1,
  };
  try {
    // Only the header is read here; what it says is compared with our limit and not with the decoder's.
    const header = await sharp(bytes, { ...options, limitInputPixels: false }).metadata();
    const { width, height, isProgressive } = header;
    const most = isProgressive ? wholePixelsMax : pixelsMax[format];
    if (width > sideMax || height > sideMax || width * height > most)
      throw new Refusal('picture_refused', 'pixels');
    const scale = Math.min(1, Math.sqrt(keptPixelsMax / (width * height)));
    const box = Math.max(1, Math.floor(Math.max(width, height) * scale));
    const kept = await encoded(
      sharp(bytes, options)
        .autoOrient()
        .resize({ width: box, height: box, fit: 'inside', withoutEnlargement: true })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        // A seventh larger than with the best codes, for which all of it would be held a second time.
        .jpeg({ quality: 82, chromaSubsampling: '4:4:4', optimiseCoding: false }),
    );
    const preview = await encoded(
      sharp(kept.data, { limitInputPixels: jpegPixelsMax })
        .resize({ width: previewSide, height: previewSide, fit: 'inside' })
        .greyscale()
        .blur(previewBlur)
        .jpeg({ quality: 60 }),
    );
    return {
      hash: toBase64url(sha256(kept.data)),
      source: toBase64url(sha256(bytes)),
      width: kept.info.width,
      height: kept.info.height,
      picture: kept.data,
      preview: preview.data,
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Whatever a decoder says about a stranger's bytes is about those bytes.
    throw new Refusal('picture_refused', 'damaged');
  }
}

const encoded = (image: Sharp) =>
  image.timeout({ seconds: drawSecondsMax }).toBuffer({ resolveWithObject: true });

/** By its first bytes; everything else (SVG, HTML, PDF, video) is refused before a decoder sees it. */
function formatOf(bytes: Buffer): Format {
  const begins = (hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex;
  if (begins('ffd8ff')) return 'jpeg';
  const gif = begins('474946383761') || begins('474946383961');
  const webp = begins('52494646') && bytes.subarray(8, 12).toString('latin1') === 'WEBP';
  if (begins('89504e470d0a1a0a')) return 'png';
  if (gif || webp) return 'whole';
  throw new Refusal('picture_refused', 'kind');
}
