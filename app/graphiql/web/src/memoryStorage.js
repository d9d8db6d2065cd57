/**
 * A Storage that ends with the page. Queries name patients and headers carry tokens: neither may stay in the
 * browser of a shared desk, so GraphiQL is kept away from localStorage.
 */
export function createMemoryStorage() {
  const items = new Map();
  return {
    get length() {
      return items.size;
    },
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, String(value)),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}
