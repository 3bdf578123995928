/** Strangers' bytes: what is a picture is drawn anew, and nothing else of it is left. */
import { toBase64url } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { Refusal } from '@answerable/protocol/refusal';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import * as pictures from '../testing/hostile-pictures.ts';
import { decodePicture, pictureBytesMax } from './decode-picture.ts';

const refusalOf = async (bytes: Buffer): Promise<string> => {
  const answer = await decodePicture(bytes).catch((error) => error);
  return answer instanceof Refusal ? `${answer.code} ${answer.pointer ?? ''}`.trim() : 'taken';
};

describe('a picture', () => {
  it.each([
    ['JPEG', pictures.jpeg],
    ['PNG', pictures.png],
    ['WebP', pictures.webp],
    ['GIF that moves', pictures.moving],
  ])(
    '%s becomes a JPEG of ours, named by its bytes, with a small grey one to be seen first',
    async (_, make) => {
      const made = await make();
      const kept = await decodePicture(made);
      expect(await sharp(kept.picture).metadata()).toMatchObject({
        format: 'jpeg',
        width: kept.width,
        height: kept.height,
      });
      expect(kept.hash).toBe(toBase64url(sha256(kept.picture)));
      expect(kept.source).toBe(toBase64url(sha256(made)));
      const { channels, isOpaque } = await sharp(kept.preview)
        .stats()
        .then((s) => ({ channels: s.channels, isOpaque: s.isOpaque }));
      expect(isOpaque).toBe(true);
      expect(new Set(channels.map((one) => Math.round(one.mean))).size).toBe(1);
      expect((await decodePicture(made)).hash).toBe(kept.hash);
    },
  );

  it('that moves is its first frame', async () => {
    const { picture, width, height } = await decodePicture(await pictures.moving());
    expect([width, height]).toEqual([20, 20]);
    const { channels } = await sharp(picture).stats();
    const [r = 0, g = 0] = channels.map((one) => one.mean);
    expect(r).toBeGreaterThan(150);
    expect(g).toBeLessThan(80);
  });

  it('loses where it was taken, by whom and with what', async () => {
    const made = await pictures.withPlace();
    expect(made.includes('canary-maker')).toBe(true);
    expect((await sharp(made).metadata()).exif).toBeDefined();
    const { picture, preview } = await decodePicture(made);
    for (const bytes of [picture, preview]) {
      const { exif, icc, iptc, xmp } = await sharp(bytes).metadata();
      expect([exif, icc, iptc, xmp]).toEqual([undefined, undefined, undefined, undefined]);
      expect(bytes.includes('canary')).toBe(false);
    }
  });

  it('that lies on its side is put upright before it forgets that it does', async () => {
    const lying = await sharp(await pictures.png(60, 20))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await decodePicture(lying)).toMatchObject({ width: 20, height: 60 });
  });

  it('larger than anybody needs is kept smaller', async () => {
    const { width, height } = await decodePicture(await pictures.jpeg(6000, 4000));
    expect(width * height).toBeLessThanOrEqual(6_000_000);
    expect(width / height).toBeCloseTo(1.5, 2);
  });
});

describe('a picture that is something else too', () => {
  it.each([
    ['a page', pictures.jpegAndPage],
    ['a script', pictures.pngAndScript],
    ['an archive', pictures.gifAndArchive],
  ])('leaves %s behind', async (_, make) => {
    const made = await make();
    expect(made.includes('canary')).toBe(true);
    const { picture, preview } = await decodePicture(made);
    for (const bytes of [picture, preview])
      for (const trace of ['canary', '<script', 'PK\u0003\u0004']) expect(bytes.includes(trace)).toBe(false);
  });
});

describe('what is refused', () => {
  it.each(Object.entries(pictures.notPictures))('%s', async (_, bytes) => {
    expect(await refusalOf(bytes)).toMatch(/^picture_refused (kind|damaged)$/);
  });

  it('a picture cut short', async () => {
    for (const make of [pictures.jpeg, pictures.webp, pictures.png]) {
      const whole = await make(400, 300);
      expect(await refusalOf(whole.subarray(0, Math.floor(whole.length / 2)))).toBe(
        'picture_refused damaged',
      );
    }
  });

  it('a few bytes that unpack to a hall full', async () => {
    expect(await refusalOf(pictures.pngOfSide(60_000))).toBe('picture_refused pixels');
    expect(await refusalOf(pictures.pngOfSide(5_000))).toBe('picture_refused pixels');
    expect(await refusalOf(await pictures.jpeg(16_001, 8))).toBe('picture_refused pixels');
  });

  it.each(Object.entries(pictures.wholeInMemory))(
    '%s that fills the memory while it is read',
    async (_, make) => {
      expect(await refusalOf(await make(3_600))).toBe('picture_refused pixels');
    },
  );

  it('none of as many pixels that is read line by line', async () => {
    expect(await decodePicture(await pictures.jpeg(3_600, 3_600))).toMatchObject({ width: 2449 });
  });

  it('a file larger than a picture needs, whatever is in it', async () => {
    expect(await refusalOf(Buffer.alloc(pictureBytesMax + 1))).toBe('body_too_large');
  });
});

it('a remark that unpacks to far more than it is costs nothing', async () => {
  const megabytes = 64;
  const made = await pictures.withPackedRemark(megabytes);
  await refusalOf(await pictures.png());
  const before = process.memoryUsage.rss();
  await refusalOf(made);
  expect(process.memoryUsage.rss() - before).toBeLessThan((megabytes / 2) << 20);
});

it('too many at once are asked to come again, and the next is drawn', async () => {
  const made = await pictures.png();
  const answers = await Promise.all(Array.from({ length: 40 }, () => refusalOf(made)));
  expect(new Set(answers)).toEqual(new Set(['taken', 'too_many_requests']));
  expect(await refusalOf(made)).toBe('taken');
});
