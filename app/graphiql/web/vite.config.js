import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the page works below any path prefix a proxy adds.
  base: './',
  worker: { format: 'es' },
  build: {
    outDir: '../static',
    emptyOutDir: true,
    target: 'es2022',
    // The Monaco editor is one large chunk, loaded once and then kept by the browser.
    chunkSizeWarningLimit: 6000,
    // The polyfill is an inline script, which the page's content security policy forbids.
    modulePreload: { polyfill: false },
    // "use client" in the packages means something to server rendering only.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
