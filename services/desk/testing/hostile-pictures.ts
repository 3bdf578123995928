/** Pictures that are also something else, or hide something, or are far larger than they look: for tests only. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

const red = { r: 200, g: 30, b: 30 };
const plain = (width = 64, height = 48) => sharp({ create: { width, height, channels: 3, background: red } });

export const png = (width?: number, height?: number): Promise<Buffer> =>
  plain(width, height).png().toBuffer();
export const jpeg = (width?: number, height?: number): Promise<Buffer> =>
  plain(width, height).jpeg().toBuffer();
export const webp = (): Promise<Buffer> => plain().webp().toBuffer();

/** A photograph that says where it was taken, and by whose telephone. */
export const withPlace = (): Promise<Buffer> =>
  plain()
    .withExif({
      IFD0: { Make: 'canary-maker', Artist: 'canary-name' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '51/1 30/1 0/1',
        GPSLongitudeRef: 'W',
        GPSLongitude: '0/1 7/1 0/1',
      },
    })
    .jpeg()
    .toBuffer();

/** Three frames, of which the first is red. */
export async function moving(): Promise<Buffer> {
  const frame = (background: typeof red) =>
    sharp({ create: { width: 20, height: 20, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all([red, { ...red, g: 200 }, { ...red, b: 200 }].map(frame));
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

export const script = '<script>fetch("//canary.example")</script>';

export const jpegAndPage = async (): Promise<Buffer> =>
  Buffer.concat([await jpeg(80, 40), Buffer.from(`<!doctype html><html><body>${script}</body></html>`)]);
/** As a script this assigns a string, and then runs. */
export const pngAndScript = async (): Promise<Buffer> =>
  withChunk(await png(30, 40), 'tEXt', Buffer.from('x\0*/=1;alert("canary");/*', 'latin1'));
export const gifAndArchive = async (): Promise<Buffer> =>
  Buffer.concat([
    await plain(40, 30).gif().toBuffer(),
    Buffer.from('504b0304', 'hex'),
    Buffer.from('canary.exe'),
  ]);

const vector = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`;
export const notPictures: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from([0xff]),
  'a vector drawing': Buffer.from(vector),
  'a vector drawing with a byte order mark': Buffer.from(`\uFEFF<?xml version="1.0"?>${vector}`),
  'a web page': Buffer.from(`<!doctype html>${script}`),
  'a document': Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>endobj'),
  'a video': Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypmp42mp42isom')]),
  'a picture of a kind that few can show': Buffer.from('49492a0008000000', 'hex'),
  'only the beginning of a JPEG': Buffer.from('ffd8ffe000104a46494600', 'hex'),
  'only the beginning of a PNG': Buffer.from('89504e470d0a1a0a', 'hex'),
  'a RIFF that is music': Buffer.from('RIFF\x10\0\0\0WAVEfmt ', 'latin1'),
};

/** Pictures that a decoder must hold whole, however little of them is kept: a side of `side` pixels. */
export const wholeInMemory: Record<string, (side: number) => Promise<Buffer>> = {
  'a progressive JPEG': (side) => plain(side, side).jpeg({ progressive: true }).toBuffer(),
  'an interlaced PNG': (side) => plain(side, side).png({ progressive: true }).toBuffer(),
  'a WebP': (side) => plain(side, side).webp({ effort: 0 }).toBuffer(),
  'a GIF': (side) => plain(side, side).gif({ effort: 1 }).toBuffer(),
};

/** A few bytes that say they are `side` by `side`. */
export function pngOfSide(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc(1 << 20));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A small picture with a remark that unpacks to `megabytes`. */
export const withPackedRemark = async (megabytes: number): Promise<Buffer> =>
  withChunk(
    await png(),
    'zTXt',
    Buffer.concat([Buffer.from('x\0\0', 'latin1'), deflateSync(Buffer.alloc(megabytes << 20))]),
  );

/** After the header, where decoders read it. */
function withChunk(picture: Buffer, type: string, data: Buffer): Buffer {
  const afterHeader = 33;
  return Buffer.concat([picture.subarray(0, afterHeader), chunk(type, data), picture.subarray(afterHeader)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
