// Builds src/ into dist/. The result is committed and must be the same bytes
// everywhere, so names carry a hash of their content and nothing of the
// machine or the time.
import { build, transform } from "esbuild";
import { cpSync, readFileSync, rmSync, statSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";

rmSync("dist", { recursive: true, force: true });

const shared = {
  bundle: true,
  minify: true,
  target: ["es2022"],
  outdir: "dist",
  charset: "utf8",
  legalComments: "linked",
  logLevel: "warning",
};

await build({
  ...shared,
  entryPoints: { chapter: "src/chapter.ts", index: "src/index.ts" },
  format: "esm",
  splitting: true,
  chunkNames: "chunk-[hash]",
});
await build({ ...shared, entryPoints: { theme: "src/theme.ts" }, format: "iife" });
// The script for other notebooks brings its style along.
const styleAsText = {
  name: "style as text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};
await build({ ...shared, entryPoints: { live: "src/live.ts" }, format: "iife", globalName: "lanebookLive", plugins: [styleAsText] });
await build({ ...shared, entryPoints: { page: "src/style/page.css" } });
cpSync("icon.svg", "dist/icon.svg");

for (const name of readdirSync("dist").sort()) {
  const size = statSync(`dist/${name}`).size;
  const zipped = gzipSync(readFileSync(`dist/${name}`)).length;
  console.log(`${name.padEnd(34)} ${(size / 1024).toFixed(1).padStart(7)} KB ${(zipped / 1024).toFixed(1).padStart(7)} KB gzip`);
}
