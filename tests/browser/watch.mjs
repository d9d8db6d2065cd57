/** Note everything a page does that it should not; requests that leave `origin` are blocked as well as noted. */
export async function watch(context, origin) {
  const seen = { outside: [], failed: [], console: [], violations: [] };
  const isInside = (url) => new URL(url).origin === origin || /^(data|blob):/.test(url);

  await context.route('**/*', (route) => {
    const url = route.request().url();
    if (isInside(url)) {
      return route.continue();
    }
    seen.outside.push(url);
    return route.abort();
  });
  await context.routeWebSocket(/.*/, (socket) => {
    seen.outside.push(socket.url());
    return socket.close();
  });
  context.on('requestfailed', (request) => seen.failed.push(`${request.failure()?.errorText} ${request.url()}`));
  context.on('response', (response) => {
    if (response.status() >= 400) {
      seen.failed.push(`${response.status()} ${response.url()}`);
    }
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      seen.console.push(`${message.type()}: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => seen.console.push(String(error.error())));
  await context.exposeFunction('noteViolation', (text) => seen.violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.noteViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return seen;
}
