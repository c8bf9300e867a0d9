import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { pdfjsFiles } from "./pdfjs.ts";

// Relative addresses, so that the same build is served by the desktop shell and by the local HTTP server.
export default defineConfig({
  base: "./",
  plugins: [react(), pdfjsFiles()],
  server: { port: 5173, strictPort: true, proxy: { "/api": process.env.SIGNWRIGHT_API ?? "http://127.0.0.1:7465" } },
  build: {
    target: ["chrome111", "safari16.4"],
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
