import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';

const INSTALLED = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PACKAGE = fileURLToPath(new URL('./node_modules/@sparticuz/chromium', import.meta.url));

/** A Chromium to drive: an installed one, else the one npm's @sparticuz/chromium carries. */
export async function findBrowser() {
  const executablePath = findOnPath(INSTALLED);
  return executablePath ? { executablePath, env: process.env } : unpackBrowser();
}

function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function unpackBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No browser: none of ${INSTALLED.join(', ')} is on the path, and npm carries one for linux x64 only.`,
    );
  }
  const home = join(PACKAGE, 'unpacked');
  if (!existsSync(home)) {
    // Renamed when whole, so that an interrupted run leaves no half a browser behind.
    const scratch = await mkdtemp(`${home}-`);
    await Promise.all([unpackFile(scratch, 'chromium'), unpackTar(scratch, 'al2023'), unpackTar(scratch, 'fonts')]);
    await rename(scratch, home).catch(() => rm(scratch, { recursive: true }));
  }
  return { executablePath: join(home, 'chromium'), env: environment(home) };
}

const unpackFile = (home, name) =>
  pipeline(
    createReadStream(join(PACKAGE, 'bin', `${name}.br`)),
    createBrotliDecompress(),
    createWriteStream(join(home, name), { mode: 0o700 }),
  );

const unpackTar = (home, name) =>
  pipeline(
    createReadStream(join(PACKAGE, 'bin', `${name}.tar.br`)),
    createBrotliDecompress(),
    extract(join(home, name)),
  );

/** The packed libraries (NSS) are ones many servers lack; the packed fonts serve where the machine has none. */
function environment(home) {
  const libraries = [join(home, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') };
  return { ...process.env, LD_LIBRARY_PATH: libraries, ...fonts };
}
