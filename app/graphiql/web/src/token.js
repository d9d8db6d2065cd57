/**
 * The token of whoever uses the page. It is held in this variable and nowhere else: not in storage, cookies or the
 * address, so that it is gone with the page.
 */
export function createTokenKeeper() {
  let token = '';
  return {
    /** Take a token as people paste it, with or without its scheme; an empty one forgets the last. */
    keep(pasted) {
      token = pasted.trim().replace(/^bearer\s+/i, '');
    },
    /** `fetch` with the token, unless the headers editor has one of its own. */
    fetch(input, init) {
      const headers = new Headers(init?.headers);
      if (token && !headers.has('Authorization')) {
        headers.set('Authorization', `Bearer ${token}`);
      }
      return fetch(input, { ...init, headers, credentials: 'omit', referrerPolicy: 'no-referrer' });
    },
  };
}
