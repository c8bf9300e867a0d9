/**
 * What pdf.js fetches while it draws: the fonts that every reader is expected to have, the character maps of Chinese, Japanese and
 * Korean text (Adobe's, under a BSD licence that goes with them), and decoders of scanned pictures in plain JavaScript, because the
 * content policy allows no WebAssembly. They keep their names, so they go beside the hashed files.
 */
import { createReadStream, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import type { Plugin } from "vite";

const source = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const FOLDER = "pdfjs";

export function pdfjsFiles(): Plugin {
  const files = [...named("standard_fonts", /./), ...named("wasm", /_nowasm_fallback\.js$|^LICENSE_(OPENJPEG|JBIG2|PDFJS_OPENJPEG|PDFJS_JBIG2)$/), ...named("cmaps", /./, "cmaps/")];
  return {
    name: "pdfjs-files",
    generateBundle() {
      for (const { name, path } of files) this.emitFile({ type: "asset", fileName: `${FOLDER}/${name}`, source: readFileSync(path) });
      this.emitFile({ type: "asset", fileName: `${FOLDER}/LICENSE`, source: readFileSync(join(source, "LICENSE")) });
    },
    configureServer(server) {
      server.middlewares.use(`/${FOLDER}`, (request, response, next) => {
        const file = files.find(({ name }) => `/${name}` === request.url);
        if (!file) return next();
        response.setHeader("Content-Type", file.name.endsWith(".js") ? "text/javascript" : "application/octet-stream");
        createReadStream(file.path).pipe(response);
      });
    },
  };
}

function named(folder: string, wanted: RegExp, under = ""): { name: string; path: string }[] {
  const names = readdirSync(join(source, folder)).filter((name) => wanted.test(name));
  return names.map((name) => ({ name: `${under}${name}`, path: join(source, folder, name) }));
}
