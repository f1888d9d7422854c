/** How is the dashboard built, and served while it is worked on? */
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { messages } from './compile-messages.ts';

const runtime = process.env.RUNTIME_URL ?? 'http://127.0.0.1:8787';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [messages(), react(), tailwind()],
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What screens have in common is one file: many small ones compress worse, and each is a request.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', test: /\/(web|shared)\/.*\.tsx?$/, minShareCount: 2 }] } },
    },
  },
  // `npm run web` serves the sources with hot reload; everything that is no source comes from a running `npm start`.
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: Object.fromEntries(['/v1', '/issuer', '/config.json'].map((path) => [path, { target: runtime, changeOrigin: true }])),
  },
});
